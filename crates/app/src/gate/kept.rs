//! Snapshots and deltas: what may be served as signed bytes, for edges that must go on when the desk is away, and for this process when it
//! starts again.

use super::{Standing, follow::signed};
use crate::{
    Desk,
    failure::{Damage, DeskError, Failed},
};
use gate::{Change, Delta, Index, Limits, read_snapshot, write_delta, write_snapshot};
use jiff::{SignedDuration, Timestamp};
use ledger::{Signer, VerifyingKey};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Tx, Unit, entries, gate_changes};

/// The snapshot in its folder.
const FILE: &str = "gate.snapshot";
/// The same while it is written.
const PARTIAL: &str = "gate.snapshot.partial";
/// How long what changed can be asked for: a day less than it is kept.
const CHANGES_FOR: SignedDuration = SignedDuration::from_hours(6 * 24);
/// How long what changed is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Domains that a delta has at most: beyond them a snapshot is the shorter way.
const MOST_CHANGES: usize = 200_000;
/// Places in the ledger that a delta spans at most.
const MOST_PLACES: i64 = 5_000_000;

/// Where a desk keeps its snapshot.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// In that folder, which is there.
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Where the snapshot lies.
    pub fn snapshot(&self) -> PathBuf {
        self.0.join(FILE)
    }

    /// Writes a snapshot in the place of the one before: whoever reads finds the one or the other, whole.
    pub fn write(&self, index: &Index, signer: &Signer) -> Result<(), SnapshotFault> {
        let partial = self.0.join(PARTIAL);
        let mut to = BufWriter::new(File::create(&partial)?);
        write_snapshot(index, signer, &mut to)
            .map_err(|error| SnapshotFault::Unwritten(error.to_string()))?;
        to.flush()?;
        to.get_ref().sync_all()?;
        fs::rename(&partial, self.snapshot())?;
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }

    /// The snapshot that lies there; `None` where there is none.
    pub fn read(path: &Path, key: &VerifyingKey, limits: &Limits) -> Result<Option<Index>, SnapshotFault> {
        match File::open(path) {
            Ok(file) => read_snapshot(&mut BufReader::new(file), key, limits)
                .map(Some)
                .map_err(|error| SnapshotFault::Unreadable(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotFault {
    /// Not everything has been read yet.
    #[error("what may be served has not been read yet")]
    NotReady,
    /// The file system failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It cannot be written.
    #[error("it cannot be written: {0}")]
    Unwritten(String),
    /// What lies there is no snapshot of this desk.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Why there is no delta.
#[derive(Debug, thiserror::Error)]
pub enum DeltaFault {
    /// Not everything has been read yet.
    #[error("what may be served has not been read yet")]
    NotReady,
    /// The desk has not come so far: it was restored from an older copy, or the position is another desk's.
    #[error("the position is {from}, the desk is at {at}")]
    Ahead {
        /// The position that was asked about.
        from: u64,
        /// Where the desk is.
        at: u64,
    },
    /// What changed since then is not kept any longer, or it is too much: a snapshot is needed.
    #[error("what changed since is not kept")]
    TooOld,
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// What may be served, as signed bytes, made now and whole in memory.
    pub async fn gate_snapshot(&self) -> Result<Vec<u8>, SnapshotFault> {
        let held = self.gate_standing().ok_or(SnapshotFault::NotReady)?;
        let signer = self.gate_signer()?;
        beside(move || {
            let mut bytes = Vec::new();
            let written = write_snapshot(&held.index, &signer, &mut bytes);
            written.map_err(|error| SnapshotFault::Unwritten(error.to_string()))?;
            Ok(bytes)
        })
        .await
    }

    /// What changed since a position, as signed bytes.
    pub async fn gate_delta(&self, from: u64) -> Result<Vec<u8>, DeltaFault> {
        let held = self.gate_standing().ok_or(DeltaFault::NotReady)?;
        let upto = held.position();
        if from > upto {
            return Err(DeltaFault::Ahead { from, at: upto });
        }
        let mut changed: BTreeSet<Option<String>> = held.unplaced.iter().cloned().collect();
        if from < upto {
            let since = (self.now() - CHANGES_FOR).as_microsecond();
            let read = |_| Ok(ReadChanges { from: signed(from), upto: signed(upto), since });
            changed.extend(self.read::<_, DeskError>(read).await?.ok_or(DeltaFault::TooOld)?);
        }
        let delta = delta(&held, from, &changed);
        let mut bytes = Vec::new();
        let written = write_delta(&delta, &self.gate_signer()?, &mut bytes);
        written.map_err(|error| DeskError::from(Damage::Gate { fault: error.to_string() }))?;
        Ok(bytes)
    }

    /// Forgets what changed so long ago that no delta begins there; how much that was.
    pub async fn forget_gate_changes(&self, now: Timestamp) -> Result<u64, DeskError> {
        let until = (now - KEPT_FOR).as_microsecond();
        self.write::<_, DeskError>(|_| Ok(Forget(until))).await
    }

    /// Writes the snapshot of this process into its folder, where it has one.
    pub(super) async fn keep_gate_snapshot(&self, held: Arc<Standing>) -> Result<(), SnapshotFault> {
        let Some(folder) = self.gate_setting().folder else { return Ok(()) };
        let signer = self.gate_signer()?;
        beside(move || Folder::new(folder).write(&held.index, &signer)).await
    }

    /// The index of this process's own snapshot, where there is one from which it can go on.
    pub(super) async fn gate_from_snapshot(&self, now: Timestamp) -> Option<Index> {
        let path = Folder::new(self.gate_setting().folder?).snapshot();
        let key = self.gate_key().ok()?;
        let read = beside(move || Folder::read(&path, &key, &Limits::default())).await;
        match read {
            Ok(Some(index)) => {
                let from = signed(index.position());
                let since = (now - CHANGES_FOR).as_microsecond();
                let can = self.read::<_, DeskError>(|_| Ok(CanFollow { from, since })).await.ok()?;
                if !can {
                    tracing::info!(event = "gate.snapshot_too_old", position = index.position());
                }
                can.then_some(index)
            }
            Ok(None) => None,
            Err(error) => {
                tracing::warn!(event = "gate.snapshot_unreadable", %error);
                None
            }
        }
    }
}

/// What has to change in the index of an edge: of ranges all, since there are few, and nobody notes which.
fn delta(held: &Standing, from: u64, changed: &BTreeSet<Option<String>>) -> Delta {
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
    Delta { from_position: from, to_position: held.position(), as_of: held.as_of(), changes: all }
}

async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SnapshotFault> + Send + 'static,
) -> Result<T, SnapshotFault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| SnapshotFault::Desk(DeskError::BrokeOff(error.to_string())))?
}

/// Whether everything that changed since a place is there still.
async fn is_kept(tx: &mut Tx<'_>, from: i64, since: i64) -> Result<bool, store::StoreError> {
    let last = entries::placed(tx, from.saturating_sub(1), from).await?;
    Ok(last.first().is_some_and(|row| row.entry.at >= since))
}

struct Forget(i64);

impl Unit for Forget {
    type Output = u64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, Self::Error> {
        Ok(gate_changes::forget(tx, self.0).await?)
    }
}

struct CanFollow {
    from: i64,
    since: i64,
}

impl Unit for CanFollow {
    type Output = bool;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        Ok(is_kept(tx, self.from, self.since).await?)
    }
}

/// Reads what changed between two places; `None` where it is too much, or not kept.
struct ReadChanges {
    from: i64,
    upto: i64,
    since: i64,
}

impl Unit for ReadChanges {
    type Output = Option<BTreeSet<Option<String>>>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        if self.upto.saturating_sub(self.from) > MOST_PLACES || !is_kept(tx, self.from, self.since).await? {
            return Ok(None);
        }
        let found = gate_changes::between(tx, self.from, self.upto).await?;
        let found: BTreeSet<_> = found.into_iter().map(|changed| changed.domain).collect();
        Ok(Some(found).filter(|found| found.len() <= MOST_CHANGES))
    }
}
