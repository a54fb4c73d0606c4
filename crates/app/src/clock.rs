//! Time as it is handed to the desk.

use jiff::Timestamp;

/// Tells the time. The program has one that is real; tests move theirs by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The time of a change: now in whole microseconds, but later than everything that it follows, given in microseconds since
/// 1970. Processes whose clocks differ would otherwise tell a change before its cause, and the ledger is placed in the order
/// of its times.
pub(crate) fn following(now: Timestamp, followed: impl IntoIterator<Item = i64>) -> Timestamp {
    let at = followed.into_iter().map(|at| at.saturating_add(1)).fold(now.as_microsecond(), i64::max);
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)
}
