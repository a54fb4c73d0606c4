//! The copy of an edge: the snapshot as the desk signed it, and beside it what changed since, one signed delta after another. Nothing in
//! either is believed that the desk's key does not verify.

use gate::{Delta, Index, Limits, Position, ReadError, read_delta, read_snapshot};
use jiff::{SignedDuration, Timestamp};
use ledger::VerifyingKey;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Write},
    path::{Path, PathBuf},
};

/// Deltas beside a snapshot from which on another snapshot is fetched: they are read one by one at each start.
pub(super) const MOST_DELTAS: usize = 2_000;
/// How long a delta that changed nothing may stand for those before it. From then on it stays, and the next begins behind it: the desk keeps
/// what changed for days, and not for ever.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(24);
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
    /// The same before the last delta, where that changed nothing but time and position: another takes its place.
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
    /// What came is older than what is known: one of several processes was asked that is behind another.
    #[error("what came is of {came}, what is known is of {known}")]
    Older {
        /// When what came was right.
        came: Timestamp,
        /// When what is known was.
        known: Timestamp,
    },
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
        // First what belongs to it: where another snapshot takes its place meanwhile, these do not lead on from that, and harm nothing.
        let changes = opened(&self.beside(CHANGES))?;
        let Some(file) = opened(&self.file)? else { return Ok(None) };
        let index = read_snapshot(&mut BufReader::new(file), &self.key, &self.limits)?;
        let mut known = Known::fresh(index);
        let Some(file) = changes else { return Ok(Some(known)) };
        let mut from = Counting { from: BufReader::new(file), count: 0 };
        // One that was cut short ends what is known, and so does one that belongs elsewhere.
        while let Ok(delta) = read_delta(&mut from, &self.key, &self.limits) {
            let Some(next) = known.after(&delta, from.count) else { break };
            known = next;
        }
        Ok(Some(known))
    }

    /// Puts a snapshot in the place of what was there, which is `known` and is not older: whoever reads finds the one or the other.
    pub(super) fn replace(&self, snapshot: &[u8], known: Option<&Known>) -> Result<Index, CopyFault> {
        let index = read_snapshot(&mut &*snapshot, &self.key, &self.limits)?;
        if let Some(known) = known.map(|known| known.index.as_of()).filter(|known| *known > index.as_of()) {
            return Err(CopyFault::Older { came: index.as_of(), known });
        }
        let partial = self.beside(PARTIAL);
        let written = || -> io::Result<()> {
            let mut to = File::create(&partial)?;
            to.write_all(snapshot)?;
            to.sync_all()?;
            fs::rename(&partial, &self.file)?;
            self.sync_folder()?;
            // Deltas that are left over belong to no position of it, or lead on from it.
            match fs::remove_file(self.beside(CHANGES)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        written().map_err(|error| CopyFault::Io { file: self.file.clone(), error })?;
        Ok(index)
    }

    /// Makes the name of the file last, which is where its folder is written.
    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    /// Adds a delta to a copy; `None` where it does not lead on from it. One that changed nothing is written over.
    pub(super) fn add(&self, known: &Known, bytes: &[u8]) -> Result<Option<Known>, CopyFault> {
        let delta = read_delta(&mut &*bytes, &self.key, &self.limits)?;
        if delta.as_of < known.index.as_of() {
            return Err(CopyFault::Older { came: delta.as_of, known: known.index.as_of() });
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let Some(next) = known.after(&delta, known.whole.saturating_add(length)) else { return Ok(None) };
        // Somebody took the snapshot away: deltas alone are of no use.
        if opened(&self.file)?.is_none() {
            return Ok(None);
        }
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
    pub(super) fn position(&self) -> Position {
        self.settled.position()
    }

    /// The copy after a delta that ends at `end` of the file; `None` where it does not lead on.
    fn after(&self, delta: &Delta, end: u64) -> Option<Self> {
        let index = self.settled.applied(delta).ok()?;
        if delta.changes.is_empty() && delta.as_of.duration_since(self.settled.as_of()) < SETTLED_AFTER {
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

#[cfg(test)]
mod tests {
    use super::*;
    use gate::{Builder, write_delta, write_snapshot};
    use ledger::Signer;

    fn at(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn place(size: u64) -> Position {
        Position { size, last: size.into() }
    }

    fn snapshot(signer: &Signer, size: u64, hour: i64) -> Vec<u8> {
        let index = Builder::new([1; 16], 0).finish(place(size), at(hour)).unwrap();
        let mut bytes = Vec::new();
        write_snapshot(&index, signer, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_changed_nothing_takes_the_place_of_its_like_for_a_day_and_then_stays() {
        let signer = Signer::from_seed("kebei.example/gate", &[7; 32]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let copy = Copy {
            file: folder.path().join("gate.snapshot"),
            key: signer.verifying_key().clone(),
            limits: Limits::default(),
        };
        let mut known = Known::fresh(copy.replace(&snapshot(&signer, 7, 0), None).unwrap());
        let mut starts = Vec::new();
        for hour in [1, 23, 24, 25, 47, 48, 49] {
            let size = 7 + u64::try_from(hour).unwrap();
            let delta =
                Delta { from: known.position(), to: place(size), as_of: at(hour), changes: Vec::new() };
            let mut bytes = Vec::new();
            write_delta(&delta, &signer, &mut bytes).unwrap();
            known = copy.add(&known, &bytes).unwrap().unwrap();
            let read = copy.read().unwrap().unwrap();
            assert_eq!((read.index.position(), read.index.as_of()), (place(size), at(hour)), "{hour}");
            assert_eq!((read.position(), read.deltas), (known.position(), known.deltas), "{hour}");
            starts.push((known.position().size, known.deltas));
        }
        assert_eq!(starts, [(7, 0), (7, 0), (31, 1), (31, 1), (31, 1), (55, 2), (55, 2)]);
        let older = copy.replace(&snapshot(&signer, 60, 48), Some(&known)).unwrap_err();
        assert!(matches!(older, CopyFault::Older { .. }), "{older}");
        assert_eq!(copy.read().unwrap().unwrap().index.as_of(), at(49), "what is newer stays");
        assert!(copy.replace(&snapshot(&signer, 3, 50), Some(&known)).is_ok(), "of a desk that was restored");
    }
}
