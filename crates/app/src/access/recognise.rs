//! Recognising whoever presents a token: one statement, on the way of every request but those of a remembered key.

use super::{
    Credential, IDLE_SESSION, Principal, Through, principal::read_scopes, token::TokenKind, tries::micros,
};
use crate::{
    Desk,
    failure::{Damage, DeskError},
};
use jiff::Timestamp;
use store::{Isolation, StoreError, Tx, Unit, api_keys, sessions};

/// Why somebody is not recognised. All but the last two mean that he has to come with something else.
#[derive(Debug, thiserror::Error)]
pub enum Unrecognised {
    /// No token looks like that.
    #[error("what was presented is no token")]
    Malformed,
    /// There is no such session, and no such key.
    #[error("the token is unknown")]
    Unknown,
    /// The session lasted too long, or nothing was done in it for long; or the key was good until some day that is past.
    #[error("the session or key has expired")]
    Expired,
    /// The key was revoked.
    #[error("the key was revoked")]
    Revoked,
    /// The session was ended: by its user, with a new password, or by an operator.
    #[error("the session was ended")]
    SignedOut,
    /// The user is locked.
    #[error("the user is locked")]
    Locked,
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for Unrecognised {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<Damage> for Unrecognised {
    fn from(damage: Damage) -> Self {
        Self::Desk(damage.into())
    }
}

impl Desk {
    /// Who presents that. When it was last used is noted later and at most once a minute; see [`LastUses`](super::LastUses).
    pub async fn recognise(&self, credential: &Credential) -> Result<Principal, Unrecognised> {
        Ok(self.found(credential, self.now()).await?.principal)
    }

    /// The same, with what else is known of what he presents.
    pub(super) async fn found(&self, credential: &Credential, now: Timestamp) -> Result<Found, Unrecognised> {
        let mut found =
            self.store().read(Find { credential: *credential, now: now.as_microsecond() }).await?;
        found.principal.owes_second_factor =
            found.lacks_second_factor && self.second_factor_rule().asks_of(&found.principal);
        self.used(&found.principal, found.used_at, now);
        Ok(found)
    }
}

/// Who was found.
pub(super) struct Found {
    pub(super) principal: Principal,
    /// When what he presented was last used.
    pub(super) used_at: Option<i64>,
    /// Of a key, the generation of the desk in which it is good, and when it expires.
    pub(super) good: Option<(i64, Option<i64>)>,
    /// Whether he signed in and has no second factor, whoever must have one. A key does not need one.
    lacks_second_factor: bool,
}

struct Find {
    credential: Credential,
    now: i64,
}

impl Unit for Find {
    type Output = Found;
    type Error = Unrecognised;

    const ISOLATION: Isolation = Isolation::EachStatement;
    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Found, Unrecognised> {
        let Self { credential: Credential { kind, digest }, now } = self;
        if *kind == TokenKind::Session {
            let session = sessions::by_digest(tx, digest).await?.ok_or(Unrecognised::Unknown)?;
            session_of(session, *now)
        } else {
            let key = api_keys::by_digest(tx, digest).await?.ok_or(Unrecognised::Unknown)?;
            let (used_at, good) = (key.used_at, Some((key.generation, key.expires_at)));
            let principal = holder_of(key, *now)?;
            Ok(Found { principal, used_at, good, lacks_second_factor: false })
        }
    }
}

fn session_of(session: sessions::Session, now: i64) -> Result<Found, Unrecognised> {
    let sessions::Session { id, used_at, expires_at, ended_at, holder, second_factor } = session;
    if holder.locked {
        return Err(Unrecognised::Locked);
    }
    if ended_at.is_some() {
        return Err(Unrecognised::SignedOut);
    }
    if now >= expires_at || now.saturating_sub(used_at) >= micros(IDLE_SESSION) {
        return Err(Unrecognised::Expired);
    }
    let principal = Principal::read(holder, Through::Session(id), None)?;
    Ok(Found { principal, used_at: Some(used_at), good: None, lacks_second_factor: !second_factor })
}

/// Whose key that is, if it is good.
pub(super) fn holder_of(key: api_keys::Presented, now: i64) -> Result<Principal, Unrecognised> {
    let api_keys::Presented { id, scopes, expires_at, revoked_at, holder, .. } = key;
    if holder.locked {
        return Err(Unrecognised::Locked);
    }
    if revoked_at.is_some() {
        return Err(Unrecognised::Revoked);
    }
    if expires_at.is_some_and(|expires_at| now >= expires_at) {
        return Err(Unrecognised::Expired);
    }
    let scopes = scopes.as_deref().map(read_scopes);
    Ok(Principal::read(holder, Through::Key(id), scopes)?)
}

/// A moment as rows have it.
pub(super) fn moment(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)
}
