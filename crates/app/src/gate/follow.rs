//! Keeps the index in step: read whole once, a piece at a time, or taken from a snapshot of this process's own; then what changed, twice a
//! second.

use super::known::{changed_ranges, of_domain, ranges, standing};
use crate::{
    Desk, Worker,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
};
use gate::{Builder, Change, Index, Record};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::{Arc, Mutex, PoisonError},
};
use store::{
    GateWindowId, Tx, Unit, gate_changes, gate_windows, tree,
    websites::{self, ServedDomain},
};
use uuid::Uuid;

/// How long until it is looked again whether something changed.
const PERIOD: SignedDuration = SignedDuration::from_millis(500);
/// How long until a step that failed is tried again.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_secs(2);
/// Domains of a page when all are read: some milliseconds.
const PAGE: i64 = 2000;
/// Places in the ledger whose changes are looked at together.
const PLACES: i64 = 500;
/// Changes without a place that are looked at: more than a sequencer that works ever leaves.
const MOST_UNPLACED: i64 = 10_000;
/// Windows of a page when all are read.
const WINDOWS: i64 = 500;
/// Domains in the overlay from which on a new base is made; a thousandth part of a large base, and nothing of a small one.
const MOST_OVERLAID: usize = 20_000;
/// How often the snapshot of this process is written anew, where something changed.
const KEPT_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// The worker that keeps what may be served in step with the desk.
#[derive(Debug)]
pub struct Follower {
    desk: Desk,
    at: Mutex<At>,
}

/// How far it is.
#[derive(Debug, Default)]
struct At {
    loading: Option<Loading>,
    /// Whether a snapshot was looked for.
    looked: bool,
    /// Position and time of the snapshot that was written last.
    kept: Option<(u64, Timestamp)>,
}

/// An index that is being read.
struct Loading {
    builder: Builder,
    /// From where on changes have to be followed: the size of the ledger before anything was read.
    from: u64,
    /// When reading began: what is known is no newer, whatever was read later.
    at: Timestamp,
    after: String,
}

impl std::fmt::Debug for Loading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Loading(behind {})", self.after)
    }
}

impl Follower {
    /// Of that desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk, at: Mutex::default() }
    }

    /// One piece of work; whether there is more to do at once.
    async fn work(&self, now: Timestamp) -> Result<bool, DeskError> {
        if let Some(held) = self.desk.gate_standing() {
            let followed = self.desk.follow_gate(held.index.clone(), now).await?;
            self.keep(now).await;
            return Ok(followed);
        }
        let (looked, loading) = {
            let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
            (std::mem::replace(&mut at.looked, true), at.loading.take())
        };
        if !looked && let Some(index) = self.desk.gate_from_snapshot(now).await {
            self.desk.hold_at_the_gate(index, Vec::new());
            return Ok(true);
        }
        let loading = match loading {
            Some(loading) => loading,
            None => self.desk.begin_loading(now).await?,
        };
        if let Some(loading) = self.desk.load_page(loading, now).await? {
            self.at.lock().unwrap_or_else(PoisonError::into_inner).loading = Some(loading);
        }
        Ok(true)
    }

    /// Writes the snapshot of this process, where it is time for it.
    async fn keep(&self, now: Timestamp) {
        let Some(held) = self.desk.gate_standing() else { return };
        let before = self.at.lock().unwrap_or_else(PoisonError::into_inner).kept;
        let is_due = before
            .is_none_or(|(position, at)| position != held.position() && now.duration_since(at) >= KEPT_EVERY);
        if !is_due {
            return;
        }
        self.at.lock().unwrap_or_else(PoisonError::into_inner).kept = Some((held.position(), now));
        if let Err(error) = self.desk.keep_gate_snapshot(held).await {
            tracing::warn!(event = "gate.not_kept", %error);
        }
        if let Err(error) = self.desk.forget_gate_changes(now).await {
            tracing::warn!(event = "gate.not_kept", %error);
        }
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
    /// Reads what changed since `index`, and holds the one after it; whether more may have changed.
    async fn follow_gate(&self, index: Index, now: Timestamp) -> Result<bool, DeskError> {
        let (from, before) = (signed(index.position()), Arc::new(index));
        let read = |ground| Ok(Follow { ground, from, before: Arc::clone(&before), now });
        let Some(followed) = self.read::<_, DeskError>(read).await? else {
            tracing::warn!(event = "gate.begun_anew", position = before.position());
            self.forget_at_the_gate();
            return Ok(true);
        };
        let Followed { upto, changes, unplaced, all, more } = followed;
        // Where not everything was read, what is known is as old as before.
        let as_of = if all { now } else { before.as_of() };
        let next = before.changed(&changes, upto, as_of).map_err(|error| damage(&error))?;
        let next = if next.overlaid() > MOST_OVERLAID { compacted(next).await? } else { next };
        self.hold_at_the_gate(next, unplaced);
        Ok(more)
    }

    async fn begin_loading(&self, at: Timestamp) -> Result<Loading, DeskError> {
        let from = self.read::<_, DeskError>(|_| Ok(Size)).await?;
        let builder = Builder::new(self.random(), 0);
        Ok(Loading { builder, from: unsigned(from), at, after: String::new() })
    }

    /// Reads one page more; `None` once that was the last, and the index is held.
    async fn load_page(&self, loading: Loading, now: Timestamp) -> Result<Option<Loading>, DeskError> {
        let Loading { mut builder, from, at, after } = loading;
        let page = self.read::<_, DeskError>(|_| Ok(ReadPage(after.clone()))).await?;
        for ServedDomain { domain, state, is_listed } in &page {
            let record = Record { standing: standing(*state), listed: *is_listed, windows: Vec::new() };
            builder.put(domain, &record).map_err(|error| damage(&error))?;
        }
        if let Some(last) = page.last() {
            return Ok(Some(Loading { builder, from, at, after: last.domain.clone() }));
        }
        let beside = self.read::<_, DeskError>(|ground| Ok(ReadBeside { ground, now })).await?;
        for (domain, record) in &beside.windowed {
            builder.put(domain, record).map_err(|error| damage(&error))?;
        }
        for change in changed_ranges(std::iter::empty(), beside.ranges) {
            if let Change::Range { range, reason: Some(reason) } = change {
                builder.put_range(range, &reason).map_err(|error| damage(&error))?;
            }
        }
        let index = builder.finish(from, at).map_err(|error| damage(&error))?;
        tracing::info!(event = "gate.loaded", domains = index.based(), position = index.position());
        self.hold_at_the_gate(index, Vec::new());
        Ok(None)
    }
}

/// The same index with a new base, made beside the threads that serve.
async fn compacted(index: Index) -> Result<Index, DeskError> {
    let made = tokio::task::spawn_blocking(move || index.compacted()).await;
    made.map_err(|error| DeskError::BrokeOff(error.to_string()))
}

fn damage(error: &dyn std::fmt::Display) -> DeskError {
    Damage::Gate { fault: error.to_string() }.into()
}

/// A place as columns have it.
pub(super) fn signed(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn unsigned(place: i64) -> u64 {
    u64::try_from(place).unwrap_or_default()
}

/// The size of the ledger.
struct Size;

impl Unit for Size {
    type Output = i64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, Self::Error> {
        Ok(tree::size(tx).await?)
    }
}

/// A page of what is filed.
struct ReadPage(String);

impl Unit for ReadPage {
    type Output = Vec<ServedDomain>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(websites::served(tx, &self.0, PAGE).await?)
    }
}

/// What stands beside it: domains of the white list, with all that is known of them, and ranges.
struct ReadBeside {
    ground: Arc<Ground>,
    now: Timestamp,
}

struct Beside {
    windowed: BTreeMap<String, Record>,
    ranges: BTreeMap<gate::AddressRange, String>,
}

impl Unit for ReadBeside {
    type Output = Beside;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Beside, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let (mut windowed, mut after) = (BTreeMap::new(), GateWindowId::new(Uuid::nil()));
        loop {
            let found = gate_windows::living(tx, after, self.now.as_microsecond(), WINDOWS).await?;
            let Some(last) = found.last() else { break };
            after = last.id;
            for row in found {
                if let Entry::Vacant(vacant) = windowed.entry(row.domain) {
                    let record = of_domain(tx, &self.ground, vacant.key(), self.now).await?;
                    vacant.insert(record);
                }
            }
        }
        Ok(Beside { windowed, ranges: ranges(tx).await? })
    }
}

/// Reads what changed from a place on.
struct Follow {
    ground: Arc<Ground>,
    from: i64,
    before: Arc<Index>,
    now: Timestamp,
}

struct Followed {
    /// The place up to which everything was read.
    upto: u64,
    changes: Vec<Change>,
    /// What changed without a place.
    unplaced: Vec<Option<String>>,
    /// Whether that is all there is.
    all: bool,
    /// Whether there are more places to read at once.
    more: bool,
}

impl Unit for Follow {
    /// `None` where the ledger has not come so far: the database is an older copy, and all is read anew.
    type Output = Option<Followed>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let size = tree::size(tx).await?;
        if size < self.from {
            return Ok(None);
        }
        let upto = size.min(self.from.saturating_add(PLACES));
        let placed = gate_changes::between(tx, self.from, upto).await?;
        let unplaced = gate_changes::unplaced(tx, MOST_UNPLACED).await?;
        let all = upto == size && signed(unplaced.len() as u64) < MOST_UNPLACED;
        let wanted: BTreeSet<Option<&str>> = placed
            .iter()
            .map(|changed| changed.domain.as_deref())
            .chain(unplaced.iter().map(Option::as_deref))
            .collect();
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
            // What is known already makes no new layer.
            if self.before.record(domain) != record {
                changes.push(Change::Domain { domain: domain.to_owned(), record });
            }
        }
        Ok(Some(Followed { upto: unsigned(upto), changes, unplaced, all, more: upto < size }))
    }
}
