//! Work that is done again and again, as steps: one place loops and sleeps, so that a test can drive it from a clock of its own.

use jiff::Timestamp;
use std::future::Future;

/// Something that the desk does by itself, a step at a time. A step that fails says so in the log and names a later time.
pub trait Worker: Send + Sync + 'static {
    /// Its name in logs, such as `ledger.sequencer`.
    fn name(&self) -> &'static str;

    /// Does what is due at `now`, a bounded piece of it. When to step next at the latest: `now` or before means at once, and
    /// `None` that there is nothing to do until somebody wakes it.
    fn step(&self, now: Timestamp) -> impl Future<Output = Option<Timestamp>> + Send;
}
