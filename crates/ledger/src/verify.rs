//! Verifying an export: every byte of it, with nothing but the public key.

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    entry::MAX_ENTRY_LEN,
    entry_ref::{DecodeError, EntryRef},
    export::{MAGIC, TELLING_LEN},
    frontier::{Frontier, FrontierError},
    hash::{Hash, TreeHead, leaf_hash},
    history::HistoryError,
    key::VerifyingKey,
    note::MAX_NOTE_LEN,
};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead};

/// More peaks than any tree has.
const MAX_PEAKS_LEN: usize = 64 * Hash::LEN;

/// What an export was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The checkpoint after which it begins; `None` when it begins with the first entry.
    pub opening: Option<Checkpoint>,
    /// The checkpoint at its end.
    pub closing: Checkpoint,
}

/// Why an export is not what it should be, and where.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The source cannot be read.
    #[error("the export cannot be read")]
    Read(#[from] io::Error),
    /// Something is wrong with what was read.
    #[error("byte {offset}{}: {fault}", entry.map(|entry| format!(", entry {entry}")).unwrap_or_default())]
    Fault {
        /// How far it was read, in bytes from 0, when the part with the fault began.
        offset: u64,
        /// The entry with the fault, from 0 at the beginning of the ledger, if it is an entry.
        entry: Option<u64>,
        /// What is wrong.
        fault: ExportFault,
    },
}

/// What is wrong with an export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportFault {
    /// It does not begin as exports of this version do.
    #[error("not an export of version 1")]
    NotAnExport,
    /// It ends too early.
    #[error("the export ends here")]
    CutOff,
    /// A part is longer than any part of its kind.
    #[error("a part of {found} bytes, the limit is {limit}")]
    TooLong {
        /// Bytes that it claims.
        found: usize,
        /// Bytes that it may have.
        limit: usize,
    },
    /// A checkpoint that is none, or not of this ledger.
    #[error("checkpoint: {0}")]
    Checkpoint(CheckpointError),
    /// A checkpoint that is no text.
    #[error("the checkpoint is not UTF-8")]
    NotText,
    /// Peaks that are not those of a tree of that size.
    #[error(transparent)]
    Peaks(#[from] FrontierError),
    /// The peaks do not give the root of the opening checkpoint.
    #[error("the peaks are not those of the opening checkpoint")]
    OtherPeaks,
    /// An entry is not the one that stood here when the export was written.
    #[error("the entry is damaged")]
    Damaged,
    /// Bytes that are no entry.
    #[error("no entry: {0}")]
    Entry(DecodeError),
    /// The closing checkpoint is of another number of entries: some were dropped or put in.
    #[error("{found} entries to here, the checkpoint has {size}")]
    Size {
        /// Entries by the checkpoint.
        size: u64,
        /// Entries found.
        found: u64,
    },
    /// The entries do not give the root of the closing checkpoint: some were rewritten, swapped or replaced.
    #[error("the entries are not those of the checkpoint")]
    OtherRoot,
    /// The frame around the entries was changed.
    #[error("the frame around the entries is damaged")]
    Frame,
    /// Something comes after the end.
    #[error("bytes after the end of the export")]
    Trailing,
    /// The ledger is not the one known from before.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The export begins after the state known from before, so that nothing can be said about that.
    #[error("the export begins after {opening} entries, known were {known}")]
    BeginsLater {
        /// Entries before the export.
        opening: u64,
        /// Entries of the state known from before.
        known: u64,
    },
}

/// Verifies an export to its last byte. `known` is what the caller knows of the ledger from before, so that a rollback and a
/// rewritten past are seen; without it, only that the export agrees with its own checkpoint.
///
/// `each` is given every entry with its index, in order, before the end is verified: what it concludes counts only once this
/// returns `Ok`. Memory is that of one entry, whatever the size of the export.
pub fn verify_export(
    reader: impl BufRead,
    key: &VerifyingKey,
    known: Option<TreeHead>,
    mut each: impl FnMut(u64, &EntryRef<'_>),
) -> Result<Verified, ExportError> {
    let mut source = Source { reader, offset: 0, frame: Sha256::new() };
    let mut export = Export::open(&mut source, key, known)?;
    let mut buffer = Vec::new();
    while export.entry(&mut source, &mut buffer, &mut each)? {}
    export.close(&mut source, key)
}

/// The source, how far it was read, and the hash of what was read of the frame around the entries.
struct Source<R> {
    reader: R,
    offset: u64,
    frame: Sha256,
}

impl<R: BufRead> Source<R> {
    fn fault(&self, fault: impl Into<ExportFault>) -> ExportError {
        ExportError::Fault { offset: self.offset, entry: None, fault: fault.into() }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ExportError> {
        self.reader.read_exact(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.fault(ExportFault::CutOff),
            _ => ExportError::Read(error),
        })?;
        self.offset += bytes.len() as u64;
        Ok(())
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], ExportError> {
        let mut chunk = [0; N];
        self.fill(&mut chunk)?;
        Ok(chunk)
    }

    /// A length of at most `limit`.
    fn length(&mut self, limit: usize) -> Result<u32, ExportError> {
        let length = u32::from_be_bytes(self.chunk()?);
        match length as usize {
            found if found > limit => Err(self.fault(ExportFault::TooLong { found, limit })),
            _ => Ok(length),
        }
    }

    /// A part of the frame with its length before it.
    fn framed(&mut self, limit: usize) -> Result<Vec<u8>, ExportError> {
        let length = self.length(limit)?;
        let mut part = vec![0; length as usize];
        self.fill(&mut part)?;
        self.frame.update(length.to_be_bytes());
        self.frame.update(&part);
        Ok(part)
    }

    fn checkpoint(&mut self, key: &VerifyingKey, note: Vec<u8>) -> Result<Checkpoint, ExportError> {
        let note = String::from_utf8(note).map_err(|_| self.fault(ExportFault::NotText))?;
        let signed = key.open(&note).map_err(|error| self.fault(ExportFault::Checkpoint(error)))?;
        Ok(signed.checkpoint().clone())
    }
}

/// An export between two entries.
#[derive(Clone)]
struct Export {
    opening: Option<Checkpoint>,
    tree: Frontier,
    /// What is known from before, until the tree has reached its size.
    known: Option<TreeHead>,
}

impl Export {
    fn open(
        source: &mut Source<impl BufRead>,
        key: &VerifyingKey,
        known: Option<TreeHead>,
    ) -> Result<Self, ExportError> {
        let magic: [u8; MAGIC.len()] = source.chunk()?;
        if magic != *MAGIC {
            return Err(source.fault(ExportFault::NotAnExport));
        }
        source.frame.update(magic);
        let note = source.framed(MAX_NOTE_LEN)?;
        let opening = if note.is_empty() { None } else { Some(source.checkpoint(key, note)?) };
        let peaks = source.framed(MAX_PEAKS_LEN)?;
        let size = opening.as_ref().map_or(0, |opening| opening.head.size);
        let (peaks, rest) = peaks.as_chunks();
        if !rest.is_empty() {
            return Err(source.fault(ExportFault::OtherPeaks));
        }
        let peaks = peaks.iter().copied().map(Hash).collect();
        let tree = Frontier::restore(size, peaks).map_err(|error| source.fault(error))?;
        if opening.as_ref().is_some_and(|opening| opening.head != tree.head()) {
            return Err(source.fault(ExportFault::OtherPeaks));
        }
        match known {
            Some(known) if known.size < size => {
                Err(source.fault(ExportFault::BeginsLater { opening: size, known: known.size }))
            }
            _ => {
                let mut export = Self { opening, tree, known };
                export.compare_with_known(source)?;
                Ok(export)
            }
        }
    }

    /// Reads the next entry; `false` at the end of entries.
    fn entry(
        &mut self,
        source: &mut Source<impl BufRead>,
        buffer: &mut Vec<u8>,
        each: &mut impl FnMut(u64, &EntryRef<'_>),
    ) -> Result<bool, ExportError> {
        let (offset, index) = (source.offset, self.tree.size());
        let length = source.length(MAX_ENTRY_LEN)?;
        if length == 0 {
            source.frame.update(0u32.to_be_bytes());
            return Ok(false);
        }
        let fault = |fault| ExportError::Fault { offset, entry: Some(index), fault };
        let telling: [u8; TELLING_LEN] = source.chunk()?;
        buffer.resize(length as usize, 0);
        source.fill(buffer)?;
        let leaf = leaf_hash(buffer);
        if !leaf.0.starts_with(&telling) {
            return Err(fault(ExportFault::Damaged));
        }
        let entry = EntryRef::decode(buffer).map_err(|error| fault(ExportFault::Entry(error)))?;
        each(index, &entry);
        self.tree.append(leaf, |_, _| ());
        self.compare_with_known(source)?;
        Ok(true)
    }

    fn compare_with_known(&mut self, source: &Source<impl BufRead>) -> Result<(), ExportError> {
        match self.known {
            Some(known) if known.size == self.tree.size() => {
                self.known = None;
                if known.root == self.tree.head().root {
                    return Ok(());
                }
                Err(source.fault(HistoryError::Forked { size: known.size }))
            }
            _ => Ok(()),
        }
    }

    fn close(self, source: &mut Source<impl BufRead>, key: &VerifyingKey) -> Result<Verified, ExportError> {
        let note = source.framed(MAX_NOTE_LEN)?;
        let closing = source.checkpoint(key, note)?;
        let frame: [u8; 32] = std::mem::take(&mut source.frame).finalize().into();
        if source.chunk()? != frame {
            return Err(source.fault(ExportFault::Frame));
        }
        if !source.reader.fill_buf()?.is_empty() {
            return Err(source.fault(ExportFault::Trailing));
        }
        let found = self.tree.head();
        let TreeHead { size, root } = closing.head;
        if size != found.size {
            return Err(source.fault(ExportFault::Size { size, found: found.size }));
        }
        if root != found.root {
            return Err(source.fault(ExportFault::OtherRoot));
        }
        match self.known {
            Some(known) => Err(source.fault(HistoryError::RolledBack { known: known.size, found: size })),
            None => Ok(Verified { opening: self.opening, closing }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, ActorKind, Entry, ExportWriter, Id, Signer};

    const ENTRIES: i64 = 1_000;

    fn signer() -> Signer {
        Signer::from_seed("kebei.example/ledger", &[7; 32]).unwrap()
    }

    fn export() -> Vec<u8> {
        let mut export = ExportWriter::whole(Vec::new()).unwrap();
        let mut tree = Frontier::new();
        for at in 0..ENTRIES {
            let entry = Entry {
                at,
                actor: Actor { kind: ActorKind::Account, id: Id::text("a") },
                kind: "code.issued".into(),
                ids: vec![("code".into(), Id::bytes(at.to_be_bytes()))],
                edition: None,
                rulebook: None,
                decided: Some(vec![at.to_le_bytes()[0]; 20]),
                commitments: vec![],
            };
            let entry = entry.encode().unwrap();
            tree.append(leaf_hash(&entry), |_, _| ());
            export.entry(&entry).unwrap();
        }
        export.finish(&signer().sign(tree.head(), &[]).unwrap()).unwrap()
    }

    /// The state of verifying before each entry and before the end.
    fn states(bytes: &[u8], key: &VerifyingKey) -> Vec<(u64, Sha256, Export)> {
        let mut source = Source { reader: bytes, offset: 0, frame: Sha256::new() };
        let mut export = Export::open(&mut source, key, None).unwrap();
        let mut states = vec![(source.offset, source.frame.clone(), export.clone())];
        while export.entry(&mut source, &mut Vec::new(), &mut |_, _| ()).unwrap() {
            states.push((source.offset, source.frame.clone(), export.clone()));
        }
        states
    }

    /// Goes on from a state that was reached before, as [`verify_export`] does.
    fn resume(
        bytes: &[u8],
        key: &VerifyingKey,
        (offset, frame, export): &(u64, Sha256, Export),
    ) -> Result<Verified, ExportError> {
        let reader = &bytes[usize::try_from(*offset).unwrap()..];
        let mut source = Source { reader, offset: *offset, frame: frame.clone() };
        let (mut export, mut buffer) = (export.clone(), Vec::new());
        while export.entry(&mut source, &mut buffer, &mut |_, _| ())? {}
        export.close(&mut source, key)
    }

    #[test]
    fn every_flipped_byte_of_an_export_of_a_thousand_entries_is_found() {
        let key = signer().verifying_key().clone();
        let mut bytes = export();
        let states = states(&bytes, &key);
        assert_eq!(states.len(), 1_001);
        assert!(states.iter().all(|state| resume(&bytes, &key, state).is_ok()));
        for at in 0..bytes.len() {
            let before = states.partition_point(|(offset, ..)| *offset <= at as u64);
            for flip in [0x01, 0x80, 0xff] {
                bytes[at] ^= flip;
                let found = match before {
                    0 => verify_export(&*bytes, &key, None, |_, _| ()).is_err(),
                    _ => resume(&bytes, &key, &states[before - 1]).is_err(),
                };
                assert!(found, "byte {at} flipped by {flip:#x}");
                bytes[at] ^= flip;
            }
        }
    }
}
