//! The one place that loops and sleeps.

use crate::{Desk, Worker};
use futures_util::FutureExt;
use std::{future::Future, panic::AssertUnwindSafe, time::Duration};
use tokio::{sync::watch, task::JoinSet};

/// A worker is stepped at least this often, whatever it said: waking may be switched off, and a wake-up may be lost.
const LOOK: Duration = Duration::from_secs(5);
/// How long a worker whose step panicked is left alone.
const AFTER_PANIC: Duration = Duration::from_secs(10);

/// Workers that run side by side, each in a task of its own.
pub struct Workers {
    desk: Desk,
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Workers {
    /// None yet.
    pub fn new(desk: Desk) -> Self {
        Self { desk, stop: watch::Sender::new(false), running: JoinSet::new() }
    }

    /// Starts one more: it is stepped at the times that it names, and whenever there may be work.
    #[must_use]
    pub fn with(mut self, worker: impl Worker) -> Self {
        self.running.spawn(steps(worker, self.desk.clone(), self.stop.subscribe()));
        self
    }

    /// Lets them run until `stop`; then each finishes the step that it is in.
    pub async fn run_until(mut self, stop: impl Future<Output = ()>) {
        stop.await;
        self.stop.send_replace(true);
        while self.running.join_next().await.is_some() {}
    }
}

async fn steps(worker: impl Worker, desk: Desk, mut stop: watch::Receiver<bool>) {
    let mut wakes = desk.store().wakes();
    while !*stop.borrow() {
        wakes.forget();
        let ended = AssertUnwindSafe(worker.step(desk.now())).catch_unwind().await;
        let Ok(next) = ended else {
            tracing::error!(event = "workers.panicked", worker = worker.name());
            let _ = tokio::time::timeout(AFTER_PANIC, stop.wait_for(|stop| *stop)).await;
            continue;
        };
        let now = desk.now();
        let wait = next.map_or(LOOK, |next| next.duration_since(now).try_into().unwrap_or(Duration::ZERO));
        if wait.is_zero() {
            tokio::task::yield_now().await;
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(wait.min(LOOK)) => {}
            () = wakes.woken() => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}
