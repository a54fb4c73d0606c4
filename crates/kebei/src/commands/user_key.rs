//! `kebei user key …`: the keys with which people and systems call.

use super::{
    Call,
    user::{failed, tell},
};
use crate::{
    cli::user_key::{UserKeyAdd, UserKeyCommands, UserKeyList, UserKeyRevoke},
    desk::{self, place::Place},
    words::{Told, users::UserSay},
};
use anyhow::Result;
use app::{
    Actor, Failure,
    access::{KeyFault, KeysOf, MakeKey, Right},
};
use std::process::ExitCode;

pub(super) fn run(command: &UserKeyCommands, call: Call) -> Result<ExitCode> {
    match command {
        UserKeyCommands::Add(add) => desk::wait(made(add, call)),
        UserKeyCommands::List(list) => desk::wait(listed(list, call)),
        UserKeyCommands::Revoke(revoke) => desk::wait(revoked(revoke, call)),
    }
}

/// The keys of `user`, for whoever works at the command line.
fn keys_of(operator: Option<&str>, user: &str, call: Call) -> Result<KeysOf, Told> {
    Ok(KeysOf::User { by: Actor::Staff(desk::operator(operator, call)?), name: user.to_owned() })
}

fn refused(failure: &Failure<KeyFault>, place: &Place, call: Call) -> Told {
    failed(failure, place, call, |fault| UserSay::KeyFault(fault).to_text(call.lang))
}

async fn made(add: &UserKeyAdd, call: Call) -> Result<ExitCode> {
    let of = keys_of(add.operator.as_deref(), &add.user, call)?;
    let scopes =
        (!add.scope.is_empty()).then(|| add.scope.iter().filter_map(|word| Right::from_word(word)).collect());
    let expires_at = match add.expires.as_deref() {
        None => None,
        text => Some(call.at(text)?),
    };
    let ask = MakeKey { of, label: add.label.clone(), scopes, expires_at };
    desk::with(&add.desk, call, async |place, desk| {
        let made =
            if add.signing { desk.make_signing_key(ask, None).await } else { desk.make_key(ask, None).await };
        let made = made.map_err(|failure| refused(&failure, place, call))?;
        tell(&UserSay::KeyMade(&made.answer), call)
    })
    .await
}

async fn listed(list: &UserKeyList, call: Call) -> Result<ExitCode> {
    let of = keys_of(None, &list.user, call)?;
    desk::with_reading(&list.desk, call, async |place, desk| {
        let keys = desk.my_keys(of).await.map_err(|failure| refused(&failure, place, call))?;
        if keys.is_empty() {
            return tell(&UserSay::NoKeys { user: &list.user }, call);
        }
        for key in &keys {
            tell(&UserSay::Key(key), call)?;
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn revoked(revoke: &UserKeyRevoke, call: Call) -> Result<ExitCode> {
    let of = keys_of(revoke.operator.as_deref(), &revoke.user, call)?;
    let id = revoke.key.parse();
    let id = id.map_err(|_| Told(UserSay::BadKeyId { found: &revoke.key }.to_text(call.lang)))?;
    desk::with(&revoke.desk, call, async |place, desk| {
        desk.revoke_key(of, id, None).await.map_err(|failure| refused(&failure, place, call))?;
        tell(&UserSay::KeyRevoked, call)
    })
    .await
}
