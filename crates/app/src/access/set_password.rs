//! Somebody sets a password of his own.

use super::{
    LONGEST_PASSWORD, Password, Principal, SHORTEST_PASSWORD, Through, UserFault,
    change::{Change, ChangeUser},
    own_password::OwnPasswordError,
};
use crate::{Desk, Failure, failure::DeskError};
use jiff::SignedDuration;

/// Why a password is not set.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// The old one is wrong.
    #[error("the present password is another")]
    WrongOld,
    /// The old one is a one-time password and its time is over, whether or not it is right: an operator gives another.
    #[error("the one-time password has expired")]
    OneTimeExpired,
    /// It was wrong too often.
    #[error("too many tries, the next in {} s", retry_after.as_secs())]
    TooMany {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// The new one is too short or too long.
    #[error("a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")]
    Length,
    /// The new one is the user's name.
    #[error("the password is the user's name")]
    IsName,
    /// The new one is among the first that are tried: a usual password or word, something of the desk or the user, a row of keys.
    #[error("the password is easily guessed")]
    Guessable,
    /// The new one is the old one.
    #[error("the new password is the old one")]
    Same,
    /// A key sets no password: its user has to sign in.
    #[error("a password is set in a session only")]
    NotInSession,
    /// Too many passwords are hashed at this moment.
    #[error("too many passwords are looked at already, try again")]
    Busy,
    /// The desk failed.
    #[error(transparent)]
    Desk(DeskError),
}

impl From<DeskError> for SetPasswordError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Busy => Self::Busy,
            error => Self::Desk(error),
        }
    }
}

impl From<OwnPasswordError> for SetPasswordError {
    fn from(error: OwnPasswordError) -> Self {
        match error {
            OwnPasswordError::Wrong => Self::WrongOld,
            OwnPasswordError::OneTimeExpired => Self::OneTimeExpired,
            OwnPasswordError::TooMany { retry_after } => Self::TooMany { retry_after },
            OwnPasswordError::Desk(error) => error.into(),
        }
    }
}

impl Desk {
    /// Sets the password of whoever is signed in, and ends his other sessions. This one goes on, no longer with a one-time
    /// password.
    pub async fn set_password(
        &self,
        principal: &Principal,
        old: Password,
        new: Password,
    ) -> Result<(), SetPasswordError> {
        let Through::Session(kept) = principal.through() else {
            return Err(SetPasswordError::NotInSession);
        };
        sound(&principal.name, &old, &new)?;
        let was = self.own_password(principal.user, old).await?;
        let hash = self.passwords().hash(new, &mut self.chance().draw()).await?;
        let by = principal.actor().map_err(|error| DeskError::unwritable(&error))?;
        let change = Change::SetPassword { was, hash, kept };
        let done = self
            .once(
                None,
                ChangeUser { by, name: principal.name.clone(), change, since: None, of_others: false },
            )
            .await;
        done.map_err(|failure| match failure {
            Failure::Desk(error) => error.into(),
            Failure::Because(UserFault::Changed) => SetPasswordError::WrongOld,
            failure => SetPasswordError::Desk(DeskError::unwritable(&failure)),
        })?;
        Ok(self.own_password_was_right(principal.user).await?)
    }
}

/// Whether a password may be set to `new`.
fn sound(name: &str, old: &Password, new: &Password) -> Result<(), SetPasswordError> {
    let length = new.text().chars().count();
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        Err(SetPasswordError::Length)
    } else if new.text().trim().eq_ignore_ascii_case(name) {
        Err(SetPasswordError::IsName)
    } else if old.text() == new.text() {
        Err(SetPasswordError::Same)
    } else if is_guessable(name, new) {
        Err(SetPasswordError::Guessable)
    } else {
        Ok(())
    }
}

/// Guesses after which a password is none that is found by trying usual ones first: more than anybody tries while signing in is slowed
/// down, and more than lists of passwords have.
const MOST_USUAL: u64 = 1_000_000;

/// Words that everybody at a desk thinks of first.
const OF_THE_DESK: [&str; 6] = ["kebei", "beian", "icp", "备案", "可备", "miit"];

fn is_guessable(name: &str, new: &Password) -> bool {
    let mut known = vec![name];
    known.extend(OF_THE_DESK);
    zxcvbn::zxcvbn(new.text(), &known).guesses() < MOST_USUAL
}
