//! Keeps the index in step: read whole once, or taken from a snapshot of this process's own; then what changed, twice a second.

use super::{
    kept::forgotten_before,
    known::{changed_ranges, of_domain, ranges},
    load::Loading,
    places::{Reach, behind, reach, signed},
    upkeep::Upkeep,
};
use crate::{
    Desk, Worker,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
};
use gate::{Change, Index, Position};
use jiff::{SignedDuration, Timestamp};
use std::{collections::BTreeSet, sync::Arc};
use store::{Tx, Unit, gate_changes, tree};
use tokio::sync::Mutex;

/// How long until it is looked again whether something changed.
const PERIOD: SignedDuration = SignedDuration::from_millis(500);
/// How long until a step that failed is tried again.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_secs(2);
/// Places in the ledger whose changes are looked at together.
const PLACES: i64 = 500;
/// Domains that are looked at together, where these are those of several places.
const MOST_TOGETHER: i64 = 2_000;
/// Changes without a place that are looked at: more than a sequencer that works ever leaves.
const MOST_UNPLACED: i64 = 2_000;

/// The worker that keeps what may be served in step with the desk.
#[derive(Debug)]
pub struct Follower {
    desk: Desk,
    at: Mutex<At>,
}

/// How far it is.
#[derive(Debug, Default)]
struct At {
    /// What is read anew. Meanwhile what was known before goes on to be answered, as old as it is.
    loading: Option<Loading>,
    /// Whether it is known what the snapshot of this process is good for.
    looked: bool,
    upkeep: Upkeep,
}

impl Follower {
    /// Of that desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk, at: Mutex::default() }
    }

    /// Waits for what is done beside following: a snapshot that is being written, say.
    pub async fn finish(&self) {
        self.at.lock().await.upkeep.finish(&self.desk).await;
    }

    /// One piece of work; whether there is more to do at once.
    async fn work(&self, now: Timestamp) -> Result<bool, DeskError> {
        let at = &mut *self.at.lock().await;
        if !at.looked {
            if let Some(own) = self.desk.own_gate_snapshot(now).await? {
                self.desk.hold_at_the_gate(own.index, None);
                at.loading = if own.leads_on { None } else { Some(self.desk.begin_loading(now).await?) };
            }
            at.looked = true;
        }
        let held = self.desk.gate_standing().filter(|_| at.loading.is_none());
        let Some(held) = held else {
            if at.loading.is_none() {
                at.loading = Some(self.desk.begin_loading(now).await?);
            }
            if let Some(index) = self.desk.load_page(&mut at.loading, now).await? {
                self.desk.hold_at_the_gate(index, None);
            }
            return Ok(true);
        };
        let Some(more) = self.desk.follow_gate(held.index.clone(), now).await? else {
            tracing::warn!(event = "gate.begun_anew", position = %held.position());
            at.loading = Some(self.desk.begin_loading(now).await?);
            return Ok(true);
        };
        at.upkeep.step(&self.desk, now).await;
        Ok(more)
    }
}

impl Worker for Follower {
    fn name(&self) -> &'static str {
        "gate.follower"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        match self.work(now).await {
            Ok(true) => Some(now),
            Ok(false) => now.checked_add(PERIOD).ok(),
            Err(error) => {
                tracing::error!(event = "gate.not_followed", %error);
                now.checked_add(AFTER_FAILURE).ok()
            }
        }
    }
}

impl Desk {
    /// Reads what changed since `index`, and holds the one after it; whether more may have changed. `None` where it cannot be followed from
    /// there: all has to be read anew.
    async fn follow_gate(&self, index: Index, now: Timestamp) -> Result<Option<bool>, DeskError> {
        let before = Arc::new(index);
        let read = |ground| Ok(Follow { ground, before: Arc::clone(&before), now });
        let Some(followed) = self.read::<_, DeskError>(read).await? else { return Ok(None) };
        let Followed { upto, changes, unplaced, all, more } = followed;
        // Where not everything was read, what is known is as old as before.
        let as_of = if all { now } else { before.as_of() };
        let next = before.changed(&changes, upto, as_of).map_err(|error| damage(&error))?;
        self.hold_at_the_gate(next, Some(unplaced));
        Ok(Some(more))
    }
}

pub(super) fn damage(error: &dyn std::fmt::Display) -> DeskError {
    Damage::Gate { fault: error.to_string() }.into()
}

/// Up to where it is followed at once, and what changed up to there: fewer places where more domains changed, and one at least.
async fn places_together(
    tx: &mut Tx<'_>,
    from: i64,
    size: i64,
) -> Result<(i64, Vec<Option<String>>), store::StoreError> {
    let mut count = (size - from).min(PLACES);
    loop {
        let most = if count > 1 { MOST_TOGETHER } else { i64::MAX };
        let placed = gate_changes::between(tx, (from, from + count), most).await?;
        if count <= 1 || signed(placed.len() as u64) < most {
            return Ok((from + count, placed));
        }
        count /= 2;
    }
}

/// Reads what changed from a place on.
struct Follow {
    ground: Arc<Ground>,
    before: Arc<Index>,
    now: Timestamp,
}

struct Followed {
    /// The place up to which everything was read.
    upto: Position,
    changes: Vec<Change>,
    /// What changed without a place.
    unplaced: Vec<Option<String>>,
    /// Whether that is all there is.
    all: bool,
    /// Whether there are more places to read at once.
    more: bool,
}

impl Unit for Follow {
    /// `None` where the ledger was never there, or what changed since is forgotten.
    type Output = Option<Followed>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let from = self.before.position();
        if reach(tx, from, forgotten_before(self.now)).await? != Reach::Reached {
            return Ok(None);
        }
        let (size, from) = (tree::size(tx).await?, signed(from.size));
        let (upto, placed) = places_together(tx, from, size).await?;
        let unplaced = gate_changes::unplaced(tx, MOST_UNPLACED).await?;
        let all = upto == size && signed(unplaced.len() as u64) < MOST_UNPLACED;
        let wanted: BTreeSet<Option<&str>> = placed.iter().chain(&unplaced).map(Option::as_deref).collect();
        let mut changes = Vec::new();
        if !wanted.is_empty() {
            self.ground.check::<DeskError>(tx).await?;
        }
        for domain in wanted {
            let Some(domain) = domain else {
                let before = self.before.ranges().map(|(range, _)| range);
                changes.extend(changed_ranges(before, ranges(tx).await?));
                continue;
            };
            let record = of_domain(tx, &self.ground, domain, self.now).await?;
            // What is known already makes no new layer. One that cannot be kept is not served, and keeps no other from it.
            match record.check(domain) {
                Ok(()) if self.before.record(domain) == record => {}
                Ok(()) => changes.push(Change::Domain { domain: domain.to_owned(), record }),
                Err(error) => tracing::error!(event = "gate.left_out", %error),
            }
        }
        let more = upto < size;
        Ok(Some(Followed { upto: behind(tx, upto).await?, changes, unplaced, all, more }))
    }
}
