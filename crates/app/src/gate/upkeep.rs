//! What is done beside following, since it takes seconds where there are many domains: a new base is made, and the snapshot of this process
//! is written. One of them at a time.

use super::Standing;
use crate::Desk;
use gate::{Index, Position};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Domains in the overlay from which on a new base is made; a thousandth part of a large base, and nothing of a small one.
const MOST_OVERLAID: usize = 20_000;
/// How often the snapshot of this process is written anew, where something changed.
const KEPT_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// What is being done, and what was.
#[derive(Debug, Default)]
pub(super) struct Upkeep {
    /// With the new base where one is made.
    busy: Option<JoinHandle<Option<Index>>>,
    /// Position and time of the snapshot that was written last.
    kept: Option<(Position, Timestamp)>,
}

impl Upkeep {
    /// Takes what was done, and begins what is due.
    pub(super) async fn step(&mut self, desk: &Desk, now: Timestamp) {
        if self.busy.as_ref().is_some_and(JoinHandle::is_finished) {
            self.finish(desk).await;
        }
        let Some(held) = desk.gate_standing().filter(|_| self.busy.is_none()) else { return };
        if held.index.overlaid() > MOST_OVERLAID {
            self.busy = Some(tokio::task::spawn_blocking(move || Some(held.index.compacted())));
        } else if self.is_due(&held, now) {
            self.kept = Some((held.position(), now));
            self.busy = Some(tokio::spawn(kept(desk.clone(), held, now)));
        }
    }

    /// Waits for what is being done, and takes it.
    pub(super) async fn finish(&mut self, desk: &Desk) {
        let Some(busy) = self.busy.take() else { return };
        match busy.await {
            Ok(Some(compacted)) => desk.rebase_the_gate(&compacted),
            Ok(None) => {}
            Err(error) => tracing::error!(event = "gate.not_kept", %error),
        }
    }

    fn is_due(&self, held: &Standing, now: Timestamp) -> bool {
        self.kept
            .is_none_or(|(position, at)| position != held.position() && now.duration_since(at) >= KEPT_EVERY)
    }
}

async fn kept(desk: Desk, held: Arc<Standing>, now: Timestamp) -> Option<Index> {
    if let Err(error) = desk.keep_gate_snapshot(held).await {
        tracing::warn!(event = "gate.not_kept", %error);
    }
    if let Err(error) = desk.forget_gate_changes(now).await {
        tracing::warn!(event = "gate.not_kept", %error);
    }
    None
}
