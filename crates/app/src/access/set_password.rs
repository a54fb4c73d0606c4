//! Somebody sets a password of his own.

use super::{
    LONGEST_PASSWORD, Password, Principal, SHORTEST_PASSWORD, Slowing, Through, UserFault,
    change::{Change, ChangeUser},
    sign_in::is_past,
    tries::{self, Limit},
};
use crate::{
    Desk, Failure,
    failure::{DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, Unit, UserId, users};

/// Tries at the old password in a session: whoever finds one open has no more than these.
const PER_USER: Slowing = Slowing { free: 5 };

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
        let turn = self.passwords().turn()?;
        let (user, now) = (principal.user, self.now());
        let found = self.write::<_, SetPasswordError>(|ground| {
            let limit = Limit::on("set-password", &[user.as_bytes()], PER_USER, &ground.secrets);
            Ok(Try { limit: [limit], user, now })
        });
        let was = found.await?;
        if !self.passwords().verify(turn, old, was.clone()).await? {
            return Err(SetPasswordError::WrongOld);
        }
        let hash = self.passwords().hash(new, &mut self.chance().draw()).await?;
        let by = principal.actor().map_err(|error| DeskError::unwritable(&error))?;
        let change = Change::SetPassword { was: was.unwrap_or_default(), hash, kept };
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
        self.write(|ground| {
            Ok(Right([Limit::on("set-password", &[user.as_bytes()], PER_USER, &ground.secrets)]))
        })
        .await
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
    } else {
        Ok(())
    }
}

/// Counts a try, and reads what the old password is compared with.
struct Try {
    limit: [Limit; 1],
    user: UserId,
    now: Timestamp,
}

impl Unit for Try {
    type Output = Option<String>;
    type Error = Failed<SetPasswordError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<String>, Self::Error> {
        if let Some(retry_after) = tries::may(tx, &self.limit, self.now).await? {
            return Err(Failed::Because(SetPasswordError::TooMany { retry_after }));
        }
        let user = users::by_id(tx, self.user).await?;
        if user.as_ref().is_some_and(|user| is_past(user, self.now)) {
            return Err(Failed::Because(SetPasswordError::OneTimeExpired));
        }
        tries::failed(tx, &self.limit, self.now).await?;
        Ok(user.and_then(|user| user.password))
    }
}

/// The old password was right.
struct Right([Limit; 1]);

impl Unit for Right {
    type Output = ();
    type Error = Failed<SetPasswordError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        Ok(tries::succeeded(tx, &self.0).await?)
    }
}
