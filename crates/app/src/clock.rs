//! Time as it is handed to the desk.

use crate::failure::DeskError;
use jiff::{SignedDuration, Timestamp};

/// How far the clocks of processes may differ: more than a time service ever leaves, and less than a customer would notice.
pub const MOST_SKEW: SignedDuration = SignedDuration::from_mins(2);

/// Tells the time. The program has one that is real; tests move theirs by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The time of a change: now in whole microseconds, but later than everything that it follows, given in microseconds since
/// 1970. Processes whose clocks differ would otherwise tell a change before its cause, and the ledger is placed in the order
/// of its times. A clock that is behind by more than [`MOST_SKEW`] is an error: what is decided must be decided as of today.
pub(crate) fn following(
    now: Timestamp,
    followed: impl IntoIterator<Item = i64>,
) -> Result<Timestamp, DeskError> {
    let at = followed.into_iter().map(|at| at.saturating_add(1)).fold(now.as_microsecond(), i64::max);
    let at = Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX);
    if at.duration_since(now) > MOST_SKEW {
        Err(DeskError::ClockBehind { now, followed: at })
    } else {
        Ok(at)
    }
}
