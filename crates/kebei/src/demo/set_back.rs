//! The clock of a demo while it is filled.

use crate::clock;
use app::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The clock of the program, set back, so that some orders have been waiting for days when the demo begins. It only ever comes
/// nearer to the present.
#[derive(Clone, Debug)]
pub(crate) struct SetBack(Arc<AtomicI64>);

impl SetBack {
    /// Set back by so much.
    pub(crate) fn by(ago: SignedDuration) -> Self {
        Self(Arc::new(AtomicI64::new(ago.as_secs())))
    }

    /// Comes nearer, to so much before the present.
    pub(crate) fn come_to(&self, ago: SignedDuration) {
        self.0.fetch_min(ago.as_secs(), Ordering::SeqCst);
    }
}

impl Clock for SetBack {
    fn now(&self) -> Timestamp {
        let (now, ago) = (clock::now(), SignedDuration::from_secs(self.0.load(Ordering::SeqCst)));
        now.saturating_sub(ago).unwrap_or(now)
    }
}
