//! What stands around a snapshot or a delta: a signed note before the body, which says how long the body is and what its hash is.

use crate::{bytes::Malformed, slots::Slots, table::SLOT};
use jiff::Timestamp;
use ledger::{CheckpointError, Hash, MAX_NOTE_LEN, SignError, Signer, TreeHead, VerifyingKey};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// The version of both forms that this crate writes and reads.
pub const VERSION: u32 = 1;

/// How much is read at once: what is reserved grows with what has come.
const PIECE: usize = 8 << 20;

/// How much a reader takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a snapshot's body. Its tables take as much memory.
    pub snapshot: u64,
    /// Most bytes of a snapshot's suffixes, white-list windows and ranges together, which take several times as much memory.
    pub extras: u64,
    /// Most bytes of a delta's body, which takes several times as much memory.
    pub delta: u64,
}

impl Default for Limits {
    /// 4 GiB for snapshots, 64 MiB for their extras and for deltas.
    fn default() -> Self {
        Self { snapshot: 4 << 30, extras: 64 << 20, delta: 64 << 20 }
    }
}

/// Why nothing was written, or not all.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// What it was to be written to failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The note cannot be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A delta holds what cannot be kept.
    #[error(transparent)]
    Keep(#[from] crate::KeepError),
}

/// Why a snapshot or a delta is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// What it was to be read from failed.
    #[error(transparent)]
    Io(io::Error),
    /// It ends before its end.
    #[error("it ends before its end")]
    Truncated,
    /// It does not begin with a note of a length that any reader takes.
    #[error("it does not begin with a signed note")]
    NoNote,
    /// Its note is not signed by the key in question, or was changed.
    #[error(transparent)]
    Note(#[from] CheckpointError),
    /// It is signed, and not what was to be read: a delta in the place of a snapshot, say.
    #[error("the note is about `{found}`, expected `{expected}`")]
    OtherKind {
        /// What the note says.
        found: String,
        /// What was to be read.
        expected: &'static str,
    },
    /// It is signed, and of a version that this program does not know.
    #[error("it is of version `{found}`, this program knows {VERSION}")]
    OtherVersion {
        /// Which.
        found: String,
    },
    /// It is larger than the limit.
    #[error("{found} bytes are too many, the limit is {limit}")]
    TooLarge {
        /// How many bytes it has.
        found: u64,
        /// How many it may have.
        limit: u64,
    },
    /// It is not what was signed.
    #[error("it was changed after it was signed")]
    Altered,
    /// It was signed as it is, and is damaged all the same: whoever wrote it made a mistake.
    #[error("it was signed with a mistake in it: {0}")]
    Malformed(&'static str),
}

impl From<Malformed> for ReadError {
    fn from(Malformed(what): Malformed) -> Self {
        Self::Malformed(what)
    }
}

impl From<io::Error> for ReadError {
    fn from(err: io::Error) -> Self {
        if err.kind() == io::ErrorKind::UnexpectedEof { Self::Truncated } else { Self::Io(err) }
    }
}

/// Writes a note about a body, and the body, piece by piece.
pub(crate) fn write(
    kind: &str,
    signer: &Signer,
    (position, as_of): (u64, Timestamp),
    body: &[&[u8]],
    to: &mut impl Write,
) -> Result<(), WriteError> {
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    for piece in body {
        hash.update(piece);
        bytes += piece.len() as u64;
    }
    let head = TreeHead { size: position, root: Hash(hash.finalize().into()) };
    let lines = [format!("{kind} {VERSION}"), format!("bytes {bytes}"), format!("as-of {as_of}")];
    let checkpoint = signer.sign(head, &lines.each_ref().map(String::as_str))?;
    let note = checkpoint.note().as_bytes();
    let len = u32::try_from(note.len()).map_err(|_| SignError::TooLong)?;
    to.write_all(&len.to_le_bytes())?;
    to.write_all(note)?;
    for piece in body {
        to.write_all(piece)?;
    }
    Ok(())
}

/// A body on its way in, behind a note that was verified.
pub(crate) struct Body<'r, R> {
    from: &'r mut R,
    hash: Sha256,
    root: Hash,
    left: u64,
    position: u64,
}

impl<'r, R: Read> Body<'r, R> {
    /// Reads and verifies the note.
    pub(crate) fn open(
        from: &'r mut R,
        key: &VerifyingKey,
        kind: &'static str,
        limit: u64,
    ) -> Result<Self, ReadError> {
        let mut len = [0; 4];
        from.read_exact(&mut len)?;
        let len = usize::try_from(u32::from_le_bytes(len)).map_err(|_| ReadError::NoNote)?;
        if len > MAX_NOTE_LEN {
            return Err(ReadError::NoNote);
        }
        let mut note = vec![0; len];
        from.read_exact(&mut note)?;
        let note = String::from_utf8(note).map_err(|_| ReadError::NoNote)?;
        let signed = key.open(&note)?;
        let TreeHead { size: position, root } = signed.checkpoint().head;
        let left = said(&signed.checkpoint().extensions, kind)?;
        if left > limit {
            return Err(ReadError::TooLarge { found: left, limit });
        }
        Ok(Self { from, hash: Sha256::new(), root, left, position })
    }

    /// The position that the note is about.
    pub(crate) const fn position(&self) -> u64 {
        self.position
    }

    /// How many bytes are left.
    pub(crate) const fn left(&self) -> u64 {
        self.left
    }

    pub(crate) fn fill(&mut self, room: &mut [u8]) -> Result<(), ReadError> {
        self.left = self
            .left
            .checked_sub(room.len() as u64)
            .ok_or(ReadError::Malformed("the body is shorter than its parts"))?;
        self.from.read_exact(room)?;
        self.hash.update(room);
        Ok(())
    }

    /// So many slots. Memory is taken as they come: one who says much and sends little gets little.
    pub(crate) fn slots(&mut self, count: u64) -> Result<Slots, ReadError> {
        let bytes = count.saturating_mul(SLOT as u64);
        let mut slots = Slots::vacant(self.room(bytes)? / SLOT);
        for piece in slots.chunks_mut(PIECE / SLOT) {
            self.fill(piece.as_flattened_mut())?;
        }
        Ok(slots)
    }

    /// So many bytes. Memory is reserved a piece at a time.
    pub(crate) fn bytes(&mut self, count: u64) -> Result<Vec<u8>, ReadError> {
        let count = self.room(count)?;
        let mut bytes = Vec::new();
        while bytes.len() < count {
            let have = bytes.len();
            let more = (count - have).min(PIECE);
            bytes.reserve_exact(more);
            bytes.resize(have + more, 0);
            self.fill(bytes.get_mut(have..).unwrap_or_default())?;
        }
        Ok(bytes)
    }

    /// How much room so many bytes take, where so many are left.
    fn room(&self, bytes: u64) -> Result<usize, ReadError> {
        if bytes > self.left {
            return Err(ReadError::Malformed("the body is shorter than its parts"));
        }
        usize::try_from(bytes).map_err(|_| ReadError::TooLarge { found: bytes, limit: usize::MAX as u64 })
    }

    /// What was read, once the whole body is seen to be the one that was signed. A mistake in it that nobody signed is a change.
    pub(crate) fn verified<T>(mut self, read: Result<T, ReadError>) -> Result<T, ReadError> {
        if let Err(err @ (ReadError::Io(_) | ReadError::Truncated)) = read {
            return Err(err);
        }
        let beyond = self.left > 0;
        let mut room = vec![0; usize::try_from(self.left).unwrap_or(usize::MAX).min(64 << 10)];
        while self.left > 0 {
            let next = usize::try_from(self.left).unwrap_or(usize::MAX).min(room.len());
            self.fill(room.get_mut(..next).unwrap_or_default())?;
        }
        if <[u8; 32]>::from(self.hash.finalize()) != self.root.0 {
            return Err(ReadError::Altered);
        }
        match read {
            Ok(_) if beyond => Err(ReadError::Malformed("the body is longer than its parts")),
            read => read,
        }
    }
}

/// How long the body is, by a note about something of that kind.
fn said(lines: &[String], expected: &'static str) -> Result<u64, ReadError> {
    let mut lines = lines.iter().map(|line| line.split_once(' ').unwrap_or((line, "")));
    let (kind, version) = lines.next().unwrap_or_default();
    if kind != expected {
        return Err(ReadError::OtherKind { found: kind.to_owned(), expected });
    }
    if version != VERSION.to_string() {
        return Err(ReadError::OtherVersion { found: version.to_owned() });
    }
    let bytes = lines.next().filter(|(name, _)| *name == "bytes").and_then(|(_, bytes)| bytes.parse().ok());
    bytes.ok_or(ReadError::Malformed("the note does not say how long the body is"))
}
