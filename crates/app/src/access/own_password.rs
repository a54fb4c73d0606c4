//! The password of whoever is signed in, asked once more: before he sets another, and before he changes what else lets him in.

use super::{
    Password, Slowing,
    sign_in::is_past,
    tries::{self, Limit},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, Unit, UserId, users};

/// Tries at the password in a session: whoever finds one open has no more than these.
const PER_USER: Slowing = Slowing { free: 5 };

/// Why it is not the password.
#[derive(Debug, thiserror::Error)]
pub(super) enum OwnPasswordError {
    /// It is another.
    #[error("the present password is another")]
    Wrong,
    /// It is a one-time password and its time is over, whether or not it is right.
    #[error("the one-time password has expired")]
    OneTimeExpired,
    /// It was wrong too often.
    #[error("too many tries, the next in {} s", retry_after.as_secs())]
    TooMany {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

fn limit(user: UserId, secrets: &crate::ground::Secrets) -> [Limit; 1] {
    [Limit::on("set-password", &[user.as_bytes()], PER_USER, secrets)]
}

impl Desk {
    /// The hash with which the password was compared and found right. The try stays counted until
    /// [`own_password_was_right`](Self::own_password_was_right).
    pub(super) async fn own_password(
        &self,
        user: UserId,
        typed: Password,
    ) -> Result<String, OwnPasswordError> {
        let (turn, now) = (self.passwords().turn()?, self.now());
        let found = self.write::<_, OwnPasswordError>(|ground| {
            Ok(Try { limit: limit(user, &ground.secrets), user, now })
        });
        let was = found.await?;
        if self.passwords().verify(turn, typed, was.clone()).await? {
            Ok(was.unwrap_or_default())
        } else {
            Err(OwnPasswordError::Wrong)
        }
    }

    /// Takes back the try that was right.
    pub(super) async fn own_password_was_right(&self, user: UserId) -> Result<(), DeskError> {
        self.write(|ground| Ok(Right(limit(user, &ground.secrets)))).await
    }
}

/// Counts a try, and reads what the password is compared with.
struct Try {
    limit: [Limit; 1],
    user: UserId,
    now: Timestamp,
}

impl Unit for Try {
    type Output = Option<String>;
    type Error = Failed<OwnPasswordError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<String>, Self::Error> {
        if let Some(retry_after) = tries::may(tx, &self.limit, self.now).await? {
            return Err(Failed::Because(OwnPasswordError::TooMany { retry_after }));
        }
        let user = users::by_id(tx, self.user).await?;
        if user.as_ref().is_some_and(|user| is_past(user, self.now)) {
            return Err(Failed::Because(OwnPasswordError::OneTimeExpired));
        }
        tries::failed(tx, &self.limit, self.now).await?;
        Ok(user.and_then(|user| user.password))
    }
}

/// The password was right.
struct Right([Limit; 1]);

impl Unit for Right {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        Ok(tries::succeeded(tx, &self.0).await?)
    }
}
