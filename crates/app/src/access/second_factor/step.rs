//! The second step: a code is held against the second factor of somebody whose password was right.

use super::{
    SecondFactorError,
    code::{Code, Typed},
};
use crate::{
    Desk,
    access::{
        Slowing,
        tries::{self, Limit},
    },
    failure::{DeskError, Failed},
    ground::{Ground, Secrets},
};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, Unit, UserId, second_factors};

/// Tries at the codes of one user's app, from wherever they come: who gets so far knows his password, so that nobody else is slowed
/// down by it, and from a thousand addresses six digits are guessed no sooner. A recovery code is let through meanwhile: nobody
/// guesses one.
pub const PER_SECOND_FACTOR: Slowing = Slowing { free: 5 };

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::access) enum Step {
    /// It was right, and is good for nothing more.
    Taken,
    /// It was not, or was good once.
    Wrong,
    /// It was not looked at; how long to wait.
    TooMany(SignedDuration),
}

fn limit(user: UserId, secrets: &Secrets) -> [Limit; 1] {
    [Limit::on("second-factor", &[user.as_bytes()], PER_SECOND_FACTOR, secrets)]
}

/// Takes the code of a second factor that counts. A try that was wrong is counted.
pub(in crate::access) async fn take(
    tx: &mut Tx<'_>,
    ground: &Ground,
    factor: &second_factors::SecondFactor,
    code: Code,
    now: Timestamp,
) -> Result<Step, DeskError> {
    let (user, limit) = (factor.user, limit(factor.user, &ground.secrets));
    let taken = match code.0 {
        Typed::OfApp(code) => {
            if let Some(retry_after) = tries::may(tx, &limit, now).await? {
                return Ok(Step::TooMany(retry_after));
            }
            let secret = ground.secrets.open_totp(user, &factor.sealed)?;
            match secret.step_of(code, now, factor.last_step) {
                Some(step) => second_factors::take_step(tx, user, step).await?,
                None => false,
            }
        }
        Typed::Recovery(digest) => {
            second_factors::use_recovery(tx, user, &digest, now.as_microsecond()).await?
        }
        Typed::Neither => return Ok(Step::Wrong),
    };
    if taken {
        tries::succeeded(tx, &limit).await?;
        return Ok(Step::Taken);
    }
    tries::failed(tx, &limit, now).await?;
    Ok(Step::Wrong)
}

/// Counts a try at a code of somebody who sets up his second factor.
pub(super) async fn tried(desk: &Desk, user: UserId) -> Result<(), SecondFactorError> {
    let now = desk.now();
    desk.write(|ground| Ok(Try { limit: limit(user, &ground.secrets), now })).await
}

/// Takes back what [`tried`] counted.
pub(super) async fn was_right(desk: &Desk, user: UserId) -> Result<(), SecondFactorError> {
    desk.write(|ground| Ok(Right(limit(user, &ground.secrets)))).await
}

struct Try {
    limit: [Limit; 1],
    now: Timestamp,
}

impl Unit for Try {
    type Output = ();
    type Error = Failed<SecondFactorError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        if let Some(retry_after) = tries::may(tx, &self.limit, self.now).await? {
            return Err(Failed::Because(SecondFactorError::TooMany { retry_after }));
        }
        Ok(tries::failed(tx, &self.limit, self.now).await?)
    }
}

struct Right([Limit; 1]);

impl Unit for Right {
    type Output = ();
    type Error = Failed<SecondFactorError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        Ok(tries::succeeded(tx, &self.0).await?)
    }
}
