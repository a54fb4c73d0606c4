//! The second factor: codes of an app on one's phone (TOTP, RFC 6238), and recovery codes for the day on which there is no app.
//!
//! One row a user, with what his app makes codes of, sealed. A code is taken by an `UPDATE` that asks for a later step than the last one
//! that was taken, so that none is good twice, whoever reads it over a shoulder and however many come with it at once.

mod begin;
mod code;
mod own;
mod reset;
mod rule;
mod state;
pub(super) mod step;
mod totp;

pub use code::{Code, RECOVERY_CODES};
pub use rule::SecondFactorRule;
pub use state::{Begun, SecondFactor};
pub use step::PER_SECOND_FACTOR;
pub(crate) use totp::TotpSecret;

use super::{Principal, Through, own_password::OwnPasswordError};
use crate::failure::{Damage, DeskError};
use jiff::SignedDuration;
use store::{SessionId, StoreError};

/// How long a second factor that was begun can be finished: whoever comes back the next day begins anew.
pub const BEGUN_GOOD: SignedDuration = SignedDuration::from_hours(1);

/// Why nothing was done about somebody's own second factor.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    /// The password is wrong.
    #[error("the password is another")]
    WrongPassword,
    /// The code is none of the app now, or was good once.
    #[error("the code is none, or was used")]
    WrongCode,
    /// It was wrong too often.
    #[error("too many tries, the next in {} s", retry_after.as_secs())]
    TooMany {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// There is nothing to confirm: nothing was begun, or so long ago that it has to be begun anew.
    #[error("no second factor was begun")]
    NotBegun,
    /// He has a second factor already.
    #[error("there is a second factor already")]
    IsOn,
    /// He has none.
    #[error("there is no second factor")]
    IsOff,
    /// He signed in with a one-time password and sets one of his own first.
    #[error("a password of his own comes first")]
    PasswordFirst,
    /// Nobody does it with a key: its user has to sign in.
    #[error("a second factor is changed in a session only")]
    NotInSession,
    /// Too many passwords are looked at at this moment.
    #[error("too many passwords are looked at already, try again")]
    Busy,
    /// The desk failed.
    #[error(transparent)]
    Desk(DeskError),
}

impl From<DeskError> for SecondFactorError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Busy => Self::Busy,
            error => Self::Desk(error),
        }
    }
}

impl From<StoreError> for SecondFactorError {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
    }
}

impl From<Damage> for SecondFactorError {
    fn from(damage: Damage) -> Self {
        DeskError::from(damage).into()
    }
}

impl From<OwnPasswordError> for SecondFactorError {
    fn from(error: OwnPasswordError) -> Self {
        match error {
            OwnPasswordError::Wrong => Self::WrongPassword,
            OwnPasswordError::OneTimeExpired => Self::PasswordFirst,
            OwnPasswordError::TooMany { retry_after } => Self::TooMany { retry_after },
            OwnPasswordError::Desk(error) => error.into(),
        }
    }
}

/// The session in which somebody asks who may do something about his second factor.
fn in_session(principal: &Principal) -> Result<SessionId, SecondFactorError> {
    match principal.through() {
        Through::Key(_) => Err(SecondFactorError::NotInSession),
        Through::Session(_) if principal.must_change_password() => Err(SecondFactorError::PasswordFirst),
        Through::Session(session) => Ok(session),
    }
}
