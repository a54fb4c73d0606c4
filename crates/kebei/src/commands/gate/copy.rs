//! The copy of an edge: the snapshot as the desk signed it, and beside it what changed since, one signed delta after another. Nothing in
//! either is believed that the desk's key does not verify.

use gate::{Delta, Index, Limits, ReadError, read_delta, read_snapshot};
use ledger::VerifyingKey;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Write},
    path::{Path, PathBuf},
};

/// Deltas beside a snapshot from which on another snapshot is fetched: they are read one by one at each start.
pub(super) const MOST_DELTAS: usize = 2_000;
/// How the file of deltas ends.
const CHANGES: &str = "changes";
/// How a file ends while it is written.
const PARTIAL: &str = "partial";

/// Where a copy lies, and by what it is verified.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) file: PathBuf,
    pub(super) key: VerifyingKey,
    pub(super) limits: Limits,
}

/// A copy as it is known.
pub(super) struct Known {
    /// The newest.
    pub(super) index: Index,
    /// The same before the last delta, where that changed nothing but time: another takes its place.
    settled: Index,
    /// How many deltas lead to that, and how long the file is up to there.
    pub(super) deltas: usize,
    whole: u64,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub(super) enum CopyFault {
    /// A file cannot be read or written.
    #[error("{}: {error}", file.display())]
    Io {
        /// Which.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// What came or lies there is none of the desk's.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Copy {
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".");
        name.push(ending);
        name.into()
    }

    /// What lies there; `None` where nothing does.
    pub(super) fn read(&self) -> Result<Option<Known>, CopyFault> {
        let Some(file) = opened(&self.file)? else { return Ok(None) };
        let index = read_snapshot(&mut BufReader::new(file), &self.key, &self.limits)?;
        let mut known = Known::fresh(index);
        let Some(file) = opened(&self.beside(CHANGES))? else { return Ok(Some(known)) };
        let mut from = Counting { from: BufReader::new(file), count: 0 };
        // One that was cut short ends what is known, and so does one that belongs elsewhere.
        while let Ok(delta) = read_delta(&mut from, &self.key, &self.limits) {
            let Some(next) = known.after(&delta, from.count) else { break };
            known = next;
        }
        Ok(Some(known))
    }

    /// Puts a snapshot in the place of what was there: whoever reads finds the one or the other.
    pub(super) fn replace(&self, snapshot: &[u8]) -> Result<Index, CopyFault> {
        let index = read_snapshot(&mut &*snapshot, &self.key, &self.limits)?;
        let partial = self.beside(PARTIAL);
        let written = || -> io::Result<()> {
            let mut to = File::create(&partial)?;
            to.write_all(snapshot)?;
            to.sync_all()?;
            fs::rename(&partial, &self.file)?;
            // Deltas that are left over belong to no position of it, or lead on from it.
            match fs::remove_file(self.beside(CHANGES)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        written().map_err(|error| CopyFault::Io { file: self.file.clone(), error })?;
        Ok(index)
    }

    /// Adds a delta to a copy; `None` where it does not lead on from it. One that changed nothing is written over.
    pub(super) fn add(&self, known: &Known, bytes: &[u8]) -> Result<Option<Known>, CopyFault> {
        let delta = read_delta(&mut &*bytes, &self.key, &self.limits)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let Some(next) = known.after(&delta, known.whole.saturating_add(length)) else { return Ok(None) };
        let path = self.beside(CHANGES);
        let written = || -> io::Result<()> {
            let mut to = OpenOptions::new().create(true).append(true).open(&path)?;
            to.set_len(known.whole)?;
            to.write_all(bytes)?;
            to.sync_all()
        };
        written().map_err(|error| CopyFault::Io { file: path.clone(), error })?;
        Ok(Some(next))
    }
}

impl Known {
    /// The copy right after a snapshot.
    pub(super) fn fresh(index: Index) -> Self {
        Self { settled: index.clone(), index, deltas: 0, whole: 0 }
    }

    /// From where on changes are asked for.
    pub(super) fn position(&self) -> u64 {
        self.settled.position()
    }

    /// The copy after a delta that ends at `end` of the file; `None` where it does not lead on.
    fn after(&self, delta: &Delta, end: u64) -> Option<Self> {
        let index = self.settled.applied(delta).ok()?;
        if delta.changes.is_empty() {
            let Self { settled, deltas, whole, .. } = self;
            return Some(Self { index, settled: settled.clone(), deltas: *deltas, whole: *whole });
        }
        Some(Self { settled: index.clone(), index, deltas: self.deltas.saturating_add(1), whole: end })
    }
}

fn opened(path: &Path) -> Result<Option<File>, CopyFault> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CopyFault::Io { file: path.to_owned(), error }),
    }
}

/// Counts what is read.
struct Counting<R> {
    from: R,
    count: u64,
}

impl<R: io::Read> io::Read for Counting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.count = self.count.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}
