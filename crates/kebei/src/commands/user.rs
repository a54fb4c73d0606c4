//! `kebei user …`: who works at the desk.

use super::{Call, user_key};
use crate::{
    cli::user::{UserAccount, UserAdd, UserChange, UserCommands, UserList, UserNamed},
    desk::{self, place::Place},
    words::{Told, desk::DeskSay, users::UserSay},
};
use anyhow::Result;
use app::{
    Actor, Desk, DeskError, Failure, OpenAccount, OpenAccountError,
    access::{AddUser, ChangeRoles, Email, MOST_USERS_LISTED, RIGHTS, Role, ShownOnce},
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

pub(crate) fn run(command: &UserCommands, call: Call) -> Result<ExitCode> {
    match command {
        UserCommands::Add(add) => desk::wait(added(add, call)),
        UserCommands::List(list) => desk::wait(listed(list, call)),
        UserCommands::Roles => roles(call),
        UserCommands::Change(change) => desk::wait(changed(change, call)),
        UserCommands::Lock(named) => desk::wait(locked(named, true, call)),
        UserCommands::Unlock(named) => desk::wait(locked(named, false, call)),
        UserCommands::Reset(named) => desk::wait(reset(named, call)),
        UserCommands::ResetSecondFactor(named) => desk::wait(reset_second_factor(named, call)),
        UserCommands::Account(account) => desk::wait(opened(account, call)),
        UserCommands::Key(command) => user_key::run(command, call),
    }
}

/// What is said, on standard output.
pub(super) fn tell(say: &UserSay<'_>, call: Call) -> Result<ExitCode> {
    writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
    Ok(ExitCode::SUCCESS)
}

/// Why a use case gave no answer; `because` says what was wrong with what was asked.
pub(super) fn failed<E>(
    failure: &Failure<E>,
    place: &Place,
    call: Call,
    because: impl FnOnce(&E) -> String,
) -> Told {
    match failure {
        Failure::Because(fault) => Told(because(fault)),
        Failure::Desk(error) => of_desk(error, place, call),
        // No key was given.
        Failure::KeyUsed => call.desk(&DeskSay::Other { why: "the request was made before" }),
    }
}

fn of_desk(error: &DeskError, place: &Place, call: Call) -> Told {
    call.desk(&DeskSay::Desk { place, error })
}

fn read_roles(words: &[String]) -> Vec<Role> {
    words.iter().filter_map(|word| Role::from_word(word)).collect()
}

async fn added(add: &UserAdd, call: Call) -> Result<ExitCode> {
    let by = Actor::Staff(desk::operator(add.operator.as_deref(), call)?);
    let email = add.email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|_| Told(UserSay::BadEmail.to_text(call.lang)))?;
    let UserAdd { name, role, account, system, .. } = add;
    let ask = AddUser {
        by,
        name: name.clone(),
        system: *system,
        roles: read_roles(role),
        account: account.clone(),
        email,
    };
    desk::with(&add.desk, call, async |place, desk| {
        let told = desk.add_user(ask, None).await.map_err(|failure| {
            failed(&failure, place, call, |fault| UserSay::NotAdded(fault).to_text(call.lang))
        })?;
        let password = told.answer.one_time_password.as_ref().map(ShownOnce::reveal);
        tell(&UserSay::Added { name, password }, call)
    })
    .await
}

async fn listed(list: &UserList, call: Call) -> Result<ExitCode> {
    desk::with_reading(&list.desk, call, async |place, desk| {
        let mut after: Option<String> = None;
        loop {
            let page = desk.users(after.as_deref(), MOST_USERS_LISTED).await;
            let page = page.map_err(|error| of_desk(&error, place, call))?;
            if page.is_empty() && after.is_none() {
                return tell(&UserSay::NoUsers, call);
            }
            for user in &page {
                tell(&UserSay::User(user), call)?;
            }
            match page.into_iter().last() {
                Some(user) => after = Some(user.name),
                None => return Ok(ExitCode::SUCCESS),
            }
        }
    })
    .await
}

/// The table of rights and roles.
fn roles(call: Call) -> Result<ExitCode> {
    let mut to = io::stdout().lock();
    // Two spaces are between the longest word and what follows it.
    let longest = |words: &mut dyn Iterator<Item = &str>| words.map(str::len).max().unwrap_or_default() + 2;
    let wide = longest(&mut RIGHTS.iter().map(|(right, _)| right.word()));
    let narrow = longest(&mut Role::ALL.into_iter().map(Role::word));
    write!(to, "{:<wide$}", UserSay::RightHeading.to_text(call.lang))?;
    for role in Role::ALL {
        write!(to, "{:<narrow$}", role.word())?;
    }
    writeln!(to)?;
    for (right, having) in RIGHTS {
        write!(to, "{:<wide$}", right.word())?;
        for role in Role::ALL {
            write!(to, "{:<narrow$}", if having.contains(&role) { "✓" } else { "-" })?;
        }
        writeln!(to, "{}", UserSay::Right(*right).to_text(call.lang))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn changed(change: &UserChange, call: Call) -> Result<ExitCode> {
    let by = Actor::Staff(desk::operator(change.operator.as_deref(), call)?);
    let name = &change.name;
    let ask = ChangeRoles { by, name: name.clone(), roles: read_roles(&change.role) };
    desk::with(&change.desk, call, async |place, desk| {
        desk.change_roles(ask, None).await.map_err(|failure| {
            failed(&failure, place, call, |fault| UserSay::NotChanged(fault).to_text(call.lang))
        })?;
        tell(&UserSay::Changed { name }, call)
    })
    .await
}

async fn locked(named: &UserNamed, lock: bool, call: Call) -> Result<ExitCode> {
    let by = Actor::Staff(desk::operator(named.operator.as_deref(), call)?);
    let name = &named.name;
    desk::with(&named.desk, call, async |place, desk: &Desk| {
        let done = if lock {
            desk.lock_user(by, name.clone(), None).await
        } else {
            desk.unlock_user(by, name.clone(), None).await
        };
        done.map_err(|failure| {
            failed(&failure, place, call, |fault| UserSay::NotChanged(fault).to_text(call.lang))
        })?;
        tell(&if lock { UserSay::Locked { name } } else { UserSay::Unlocked { name } }, call)
    })
    .await
}

async fn reset(named: &UserNamed, call: Call) -> Result<ExitCode> {
    let by = Actor::Staff(desk::operator(named.operator.as_deref(), call)?);
    let name = &named.name;
    desk::with(&named.desk, call, async |place, desk| {
        let told = desk.reset_password(by, name.clone(), None).await.map_err(|failure| {
            failed(&failure, place, call, |fault| UserSay::NotChanged(fault).to_text(call.lang))
        })?;
        let password = told.answer.as_ref().map(ShownOnce::reveal).unwrap_or_default();
        tell(&UserSay::Reset { name, password }, call)
    })
    .await
}

async fn reset_second_factor(named: &UserNamed, call: Call) -> Result<ExitCode> {
    let by = Actor::Staff(desk::operator(named.operator.as_deref(), call)?);
    let name = &named.name;
    desk::with(&named.desk, call, async |place, desk| {
        desk.reset_second_factor_of_anybody(by, name.clone(), None).await.map_err(|failure| {
            failed(&failure, place, call, |fault| UserSay::NotChanged(fault).to_text(call.lang))
        })?;
        tell(&UserSay::SecondFactorReset { name }, call)
    })
    .await
}

async fn opened(open: &UserAccount, call: Call) -> Result<ExitCode> {
    let UserAccount { name, number, desk } = open;
    desk::with(desk, call, async |place, desk| {
        let opened = desk.open_account(OpenAccount { number: *number, name: name.clone() }).await;
        opened.map_err(|error| match error {
            OpenAccountError::Desk(error) => of_desk(&error, place, call),
            error => Told(UserSay::NotOpened(&error).to_text(call.lang)),
        })?;
        tell(&UserSay::Opened { account: name }, call)
    })
    .await
}
