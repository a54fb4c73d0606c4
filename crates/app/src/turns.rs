//! Work that takes much time or memory: a few at once, away from the threads that serve, and not too many who wait for it.

use crate::failure::DeskError;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Does work in turn.
#[derive(Debug)]
pub(crate) struct Turns {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// A place in the queue.
#[derive(Debug)]
pub(crate) struct Turn {
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// So many run at once, and so many run or wait.
    pub(crate) fn new(at_once: usize, most_waiting: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), waiting: Arc::new(Semaphore::new(most_waiting)) }
    }

    /// A place in the queue, before anything else is done; [`DeskError::Busy`] when it is full.
    pub(crate) fn turn(&self) -> Result<Turn, DeskError> {
        let place = Arc::clone(&self.waiting).try_acquire_owned();
        place.map(|place| Turn { _place: place }).map_err(|_| DeskError::Busy)
    }

    /// Does `work` when it is its turn. Its places are given back when it is over, also where nobody waits for it any more.
    pub(crate) async fn take<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DeskError> {
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| DeskError::Busy)?;
        let work = tokio::task::spawn_blocking(move || {
            let _places = (running, turn);
            work()
        });
        work.await.map_err(|error| DeskError::BrokeOff(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_may_wait_is_told_to_come_again() {
        let turns = Turns::new(1, 3);
        let taken: Vec<Turn> = (0..3).map(|_| turns.turn().unwrap()).collect();
        assert!(matches!(turns.turn(), Err(DeskError::Busy)));
        drop(taken);
        assert!(turns.turn().is_ok());
    }
}
