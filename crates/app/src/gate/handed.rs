//! What is handed out to edges: snapshots and deltas, as signed bytes.

use super::{
    Standing,
    follow::damage,
    kept::{SnapshotFault, beside, forgotten_before},
    places::{Reach, behind, reach, signed},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use gate::{Change, Delta, Position, write_delta, write_snapshot};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeSet,
    sync::{Arc, Weak},
};
use store::{Tx, Unit, gate_changes};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

/// Domains that a delta has at most: beyond them a snapshot is the shorter way.
const MOST_CHANGES: i64 = 200_000;
/// Places in the ledger that a delta spans at most.
const MOST_PLACES: u64 = 1_000_000;
/// Snapshots in memory at most: each is as large as the index.
const MOST_COPIES: usize = 3;
/// How long one that is being handed out is handed to others as well: what changed since is a delta away.
const SHARED_FOR: SignedDuration = SignedDuration::from_secs(60);

/// Snapshots that are being handed out.
#[derive(Debug)]
pub(crate) struct Copies {
    last: Mutex<Weak<Copy>>,
    room: Arc<Semaphore>,
}

impl Default for Copies {
    fn default() -> Self {
        Self { last: Mutex::default(), room: Arc::new(Semaphore::new(MOST_COPIES)) }
    }
}

#[derive(Debug)]
struct Copy {
    bytes: Vec<u8>,
    as_of: Timestamp,
    _room: OwnedSemaphorePermit,
}

/// A snapshot as signed bytes, which several may be reading.
#[derive(Clone, Debug)]
pub struct SnapshotBytes(Arc<Copy>);

impl AsRef<[u8]> for SnapshotBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// Why there is no delta.
#[derive(Debug, thiserror::Error)]
pub enum DeltaFault {
    /// Not everything has been read yet.
    #[error("what may be served has not been read yet")]
    NotReady,
    /// The ledger has come so far, and this process has not read it yet: asking again in a moment helps.
    #[error("this process has not come so far yet")]
    Behind,
    /// The ledger was never there: it was restored from an older copy, or the position is another desk's. A snapshot is needed.
    #[error("the ledger was never at {from}")]
    Elsewhere {
        /// The position that was asked about.
        from: Position,
    },
    /// What changed since then is not kept any longer, or it is too much: a snapshot is needed.
    #[error("what changed since is not kept")]
    TooOld,
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// What may be served, as signed bytes: made now, or a moment ago for somebody who reads it still.
    pub async fn gate_snapshot(&self) -> Result<SnapshotBytes, SnapshotFault> {
        let copies = &self.gate().copies;
        // Whoever comes while one is made waits for it, and takes it.
        let mut last = copies.last.lock().await;
        let held = self.gate_standing().ok_or(SnapshotFault::NotReady)?;
        let is_new = |copy: &Arc<Copy>| held.as_of().duration_since(copy.as_of) < SHARED_FOR;
        let before = last.upgrade();
        if let Some(copy) = before.clone().filter(is_new) {
            return Ok(SnapshotBytes(copy));
        }
        let Ok(room) = Arc::clone(&copies.room).try_acquire_owned() else {
            // An older one is better than none: what changed since is a delta away.
            return before.map(SnapshotBytes).ok_or(SnapshotFault::Busy);
        };
        let signer = self.gate_signer()?;
        let made = beside(move || {
            let mut bytes = Vec::new();
            let written = write_snapshot(&held.index, &signer, &mut bytes);
            written.map_err(|error| SnapshotFault::Unwritten(error.to_string()))?;
            Ok(Copy { bytes, as_of: held.as_of(), _room: room })
        });
        let copy = Arc::new(made.await?);
        *last = Arc::downgrade(&copy);
        Ok(SnapshotBytes(copy))
    }

    /// What changed since a position, as signed bytes.
    pub async fn gate_delta(&self, from: Position) -> Result<Vec<u8>, DeltaFault> {
        let held = self.gate_standing().ok_or(DeltaFault::NotReady)?;
        // Until it was followed once, nobody knows what of it has no place.
        let unplaced = held.unplaced.as_ref().ok_or(DeltaFault::Behind)?;
        let mut changed: BTreeSet<Option<String>> = unplaced.iter().cloned().collect();
        if from != held.position() {
            let since = forgotten_before(self.now());
            let read = |_| Ok(ReadChanges { from, upto: held.position(), since });
            changed.extend(match self.read::<_, DeskError>(read).await? {
                Since::Changed(changed) => changed,
                Since::Behind => return Err(DeltaFault::Behind),
                Since::Elsewhere => return Err(DeltaFault::Elsewhere { from }),
                Since::TooOld => return Err(DeltaFault::TooOld),
            });
        }
        let signer = self.gate_signer()?;
        let written = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            write_delta(&delta(&held, from, &changed), &signer, &mut bytes).map(|()| bytes)
        });
        let written = written.await.map_err(|error| DeskError::BrokeOff(error.to_string()))?;
        Ok(written.map_err(|error| damage(&error))?)
    }
}

/// What has to change in the index of an edge: of ranges all, since there are few, and nobody notes which.
fn delta(held: &Standing, from: Position, changed: &BTreeSet<Option<String>>) -> Delta {
    let mut all = Vec::with_capacity(changed.len());
    if changed.contains(&None) {
        all.push(Change::NoRanges);
        let there = held.index.ranges();
        all.extend(there.map(|(range, reason)| Change::Range { range, reason: Some(reason.to_owned()) }));
    }
    let domains = changed.iter().flatten();
    all.extend(
        domains.map(|domain| Change::Domain { domain: domain.clone(), record: held.index.record(domain) }),
    );
    Delta { from, to: held.position(), as_of: held.as_of(), changes: all }
}

/// Reads what changed between two positions.
struct ReadChanges {
    from: Position,
    upto: Position,
    since: i64,
}

enum Since {
    Changed(BTreeSet<Option<String>>),
    Behind,
    Elsewhere,
    TooOld,
}

impl Unit for ReadChanges {
    type Output = Since;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Since, Self::Error> {
        let (from, upto) = (signed(self.from.size), signed(self.upto.size));
        match reach(tx, self.from, self.since).await? {
            Reach::Reached => {}
            Reach::TooOld => return Ok(Since::TooOld),
            Reach::Elsewhere => return Ok(Since::Elsewhere),
        }
        // What this process holds may be of another ledger still: it is about to notice.
        if from >= upto || behind(tx, upto).await? != self.upto {
            return Ok(Since::Behind);
        }
        if self.upto.size - self.from.size > MOST_PLACES {
            return Ok(Since::TooOld);
        }
        let found = gate_changes::between(tx, (from, upto), MOST_CHANGES.saturating_add(1)).await?;
        let few = signed(found.len() as u64) <= MOST_CHANGES;
        Ok(if few { Since::Changed(found.into_iter().collect()) } else { Since::TooOld })
    }
}
