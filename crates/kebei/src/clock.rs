//! The one place where the program asks what time it is.

use jiff::Timestamp;

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "the one clock; everything else is handed its time")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The same clock as the desk is handed it.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl app::Clock for SystemClock {
    fn now(&self) -> Timestamp {
        now()
    }
}
