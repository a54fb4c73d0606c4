//! Writing the ledger, or the part of it after a checkpoint, into one file.
//!
//! The file, numbers in four bytes, big endian:
//!
//! | what | bytes |
//! | --- | --- |
//! | `kebei ledger export 1` and a line feed | 22 |
//! | length of the opening checkpoint, and the checkpoint; length 0 when the file begins with the first entry | 4 + n |
//! | length of the opening peaks, and the peaks ([`Frontier::peaks`] before the first entry) | 4 + 32 p |
//! | for each entry its length, the first four bytes of its leaf hash, and the entry | 8 + n |
//! | 0 | 4 |
//! | length of the closing checkpoint, and the checkpoint | 4 + n |
//! | SHA-256 of all of the above but the entries, with their lengths and first bytes of hashes | 32 |
//!
//! The root of the closing checkpoint covers the entries, in their number and order. The four bytes tell which entry was
//! damaged by accident; against intent only the root counts. The last hash covers what no signature of ours does, such as the
//! signatures of witnesses.

use crate::{
    checkpoint::SignedCheckpoint,
    entry_ref::{DecodeError, EntryRef},
    frontier::Frontier,
    hash::leaf_hash,
};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

pub(crate) const MAGIC: &[u8; 22] = b"kebei ledger export 1\n";
/// How many bytes of a leaf hash stand before its entry.
pub(crate) const TELLING_LEN: usize = 4;

/// Writes an export. What it has written can be verified, or it fails.
#[derive(Debug)]
pub struct ExportWriter<W> {
    out: W,
    tree: Frontier,
    frame: Sha256,
}

/// Why an export is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The destination takes no more.
    #[error("the export cannot be written")]
    Write(#[from] io::Error),
    /// Bytes given as an entry that are none.
    #[error("entry {index} is no entry: {fault}")]
    Entry {
        /// Which, from 0 at the beginning of the ledger.
        index: u64,
        /// Why.
        fault: DecodeError,
    },
    /// The frontier given to begin with is not that of the opening checkpoint.
    #[error("the frontier is not that of the opening checkpoint")]
    Opening,
    /// The closing checkpoint is not of the entries that were given.
    #[error("the closing checkpoint has {size} entries and is not of the {given} given")]
    Closing {
        /// Entries by the checkpoint.
        size: u64,
        /// Entries to the end of the export.
        given: u64,
    },
}

impl<W: Write> ExportWriter<W> {
    /// Begins an export of the whole ledger.
    pub fn whole(out: W) -> Result<Self, WriteError> {
        Self::begin(out, "", Frontier::new())
    }

    /// Begins an export of what came after `opening`, whose frontier is `tree`.
    pub fn since(out: W, opening: &SignedCheckpoint, tree: Frontier) -> Result<Self, WriteError> {
        if tree.head() != opening.checkpoint().head {
            return Err(WriteError::Opening);
        }
        Self::begin(out, opening.note(), tree)
    }

    fn begin(out: W, opening: &str, tree: Frontier) -> Result<Self, WriteError> {
        let peaks: Vec<u8> = tree.peaks().iter().flat_map(|peak| peak.0).collect();
        let mut export = Self { out, tree, frame: Sha256::new() };
        export.framed(MAGIC)?;
        export.framed_with_length(opening.as_bytes())?;
        export.framed_with_length(&peaks)?;
        Ok(export)
    }

    /// Writes the next entry, encoded.
    pub fn entry(&mut self, entry: &[u8]) -> Result<(), WriteError> {
        let index = self.tree.size();
        EntryRef::decode(entry).map_err(|fault| WriteError::Entry { index, fault })?;
        let leaf = leaf_hash(entry);
        self.out.write_all(&length(entry)?)?;
        self.out.write_all(leaf.0.first_chunk::<TELLING_LEN>().map_or(&[], |telling| telling))?;
        self.out.write_all(entry)?;
        self.tree.append(leaf, |_, _| ());
        Ok(())
    }

    /// Ends the export with a checkpoint of exactly the entries written, and gives back the destination, flushed.
    pub fn finish(mut self, closing: &SignedCheckpoint) -> Result<W, WriteError> {
        let head = closing.checkpoint().head;
        if head != self.tree.head() {
            return Err(WriteError::Closing { size: head.size, given: self.tree.size() });
        }
        self.framed(&0u32.to_be_bytes())?;
        self.framed_with_length(closing.note().as_bytes())?;
        self.out.write_all(&self.frame.finalize())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn framed_with_length(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.framed(&length(bytes)?)?;
        self.framed(bytes)
    }

    /// Writes what the last hash covers.
    fn framed(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.frame.update(bytes);
        self.out.write_all(bytes)
    }
}

fn length(bytes: &[u8]) -> io::Result<[u8; 4]> {
    u32::try_from(bytes.len()).map(u32::to_be_bytes).map_err(io::Error::other)
}
