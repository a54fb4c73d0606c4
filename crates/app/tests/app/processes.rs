//! A scheduler for stories of several processes: it steps their workers in an order drawn from a seed, parks them in the
//! middle of a step, ends them there, and moves the clock by hand. Nothing sleeps.

use app::{Clock, Worker};
use futures_util::future::{Either, select};
use jiff::Timestamp;
use std::{future::Future, pin::Pin, sync::Arc};
use tokio::sync::{mpsc, oneshot};

/// Where a step is parked until the scheduler lets it go on. Each process has one.
#[derive(Clone)]
pub(crate) struct Gate(mpsc::UnboundedSender<oneshot::Sender<()>>);

impl Gate {
    /// Hands control to the scheduler; for ever when the process is ended.
    pub(crate) async fn park(&self) {
        let (go_on, gone_on) = oneshot::channel();
        self.0.send(go_on).unwrap();
        let _ = gone_on.await;
    }
}

/// What became of a process when it had its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Its step ended, and named this time.
    Ended(Option<Timestamp>),
    /// It is parked in the middle of a step.
    Parked,
}

/// One process with one worker.
pub(crate) struct Process<W> {
    worker: Arc<W>,
    parked: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
    step: Option<Pin<Box<dyn Future<Output = Option<Timestamp>> + Send>>>,
    /// What lets the parked step go on.
    go_on: Option<oneshot::Sender<()>>,
}

impl<W: Worker> Process<W> {
    /// A process whose worker parks at the gate that it is made with.
    pub(crate) fn new(make: impl FnOnce(Gate) -> W) -> Self {
        let (gate, parked) = mpsc::unbounded_channel();
        Self { worker: Arc::new(make(Gate(gate))), parked, step: None, go_on: None }
    }

    /// Whether it is in the middle of a step.
    pub(crate) fn is_parked(&self) -> bool {
        self.step.is_some()
    }

    /// Lets it run until it parks or its step ends.
    pub(crate) async fn turn(&mut self, clock: &impl Clock) -> Turn {
        let worker = Arc::clone(&self.worker);
        let now = clock.now();
        let step = self.step.take().unwrap_or_else(|| Box::pin(async move { worker.step(now).await }));
        if let Some(go_on) = self.go_on.take() {
            go_on.send(()).unwrap();
        }
        match select(step, Box::pin(self.parked.recv())).await {
            Either::Left((next, _)) => Turn::Ended(next),
            Either::Right((go_on, step)) => {
                self.step = Some(step);
                self.go_on = go_on;
                Turn::Parked
            }
        }
    }

    /// Ends it where it is, as a crash does, and starts it anew.
    pub(crate) fn crash(&mut self) {
        self.step = None;
        self.go_on = None;
    }
}
