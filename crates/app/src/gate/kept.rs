//! What is kept: the snapshot of this process, for when it starts again, and what changed, for as long as deltas begin there.

use super::{
    Standing,
    places::{Reach, reach},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use gate::{Index, Limits, Position, read_snapshot, write_snapshot};
use jiff::{SignedDuration, Timestamp};
use ledger::{Signer, VerifyingKey};
use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Tx, Unit, gate_changes};

/// The snapshot in its folder.
const FILE: &str = "gate.snapshot";
/// The same while it is written.
const PARTIAL: &str = "gate.snapshot.partial";
/// How long what changed can be asked for: a day less than it is kept.
const CHANGES_FOR: SignedDuration = SignedDuration::from_hours(6 * 24);
/// How long what changed is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

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
    /// As many are being handed out as may be.
    #[error("as many snapshots are being fetched as may be at a time")]
    Busy,
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

/// Before when what changed may be forgotten, in microseconds since 1970.
pub(super) fn forgotten_before(now: Timestamp) -> i64 {
    (now - CHANGES_FOR).as_microsecond()
}

/// The snapshot of this process.
pub(super) struct Own {
    pub(super) index: Index,
    /// Whether it can be followed from there.
    pub(super) leads_on: bool,
}

impl Desk {
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

    /// This process's own snapshot, where there is one: it answers at once, and where it cannot be followed, as long as it may be that old.
    pub(super) async fn own_gate_snapshot(&self, now: Timestamp) -> Result<Option<Own>, DeskError> {
        let Some(folder) = self.gate_setting().folder else { return Ok(None) };
        let (path, key) = (Folder::new(folder).snapshot(), self.gate_key()?);
        let index = match beside(move || Folder::read(&path, &key, &Limits::default())).await {
            Ok(Some(index)) => index,
            Ok(None) => return Ok(None),
            Err(error) => {
                tracing::warn!(event = "gate.snapshot_unreadable", %error);
                return Ok(None);
            }
        };
        let (from, since) = (index.position(), forgotten_before(now));
        let reach = self.read::<_, DeskError>(|_| Ok(ReachOf { from, since })).await?;
        match reach {
            Reach::Reached => Ok(Some(Own { index, leads_on: true })),
            Reach::TooOld => {
                tracing::info!(event = "gate.snapshot_too_old", position = %from);
                Ok(Some(Own { index, leads_on: false }))
            }
            // What another ledger says may be of another desk.
            Reach::Elsewhere => {
                tracing::warn!(event = "gate.snapshot_of_elsewhere", position = %from);
                Ok(None)
            }
        }
    }
}

pub(super) async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SnapshotFault> + Send + 'static,
) -> Result<T, SnapshotFault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| SnapshotFault::Desk(DeskError::BrokeOff(error.to_string())))?
}

struct Forget(i64);

impl Unit for Forget {
    type Output = u64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, Self::Error> {
        Ok(gate_changes::forget(tx, self.0).await?)
    }
}

struct ReachOf {
    from: Position,
    since: i64,
}

impl Unit for ReachOf {
    type Output = Reach;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Reach, Self::Error> {
        Ok(reach(tx, self.from, self.since).await?)
    }
}
