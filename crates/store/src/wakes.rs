//! Waking workers. A wake-up only shortens the wait: whoever misses one finds the same work when he looks by himself.

use tokio::sync::watch;

/// Rings for the workers of this process.
#[derive(Clone)]
pub(crate) struct Bell(watch::Sender<u64>);

impl Bell {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(crate) fn ring(&self) {
        self.0.send_modify(|rings| *rings = rings.wrapping_add(1));
    }

    pub(crate) fn wakes(&self) -> Wakes {
        Wakes(self.0.subscribe())
    }
}

/// Hears that there may be work. A ring that comes while nobody waits is kept until somebody does.
#[derive(Clone, Debug)]
pub struct Wakes(watch::Receiver<u64>);

impl Wakes {
    /// Forgets the rings so far: called before looking for work, so that only later ones wake.
    pub fn forget(&mut self) {
        self.0.mark_unchanged();
    }

    /// Waits for a ring; for ever when the store is closed.
    pub async fn woken(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
