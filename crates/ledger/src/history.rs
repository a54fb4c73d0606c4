//! Whether a newer state of the ledger follows from one seen before.

use crate::{
    hash::TreeHead,
    proof::{ConsistencyProof, ProofError},
};

/// Why a tree does not follow from one seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// It is smaller: an old state was restored, or entries at the end were taken away.
    #[error("rolled back from {known} entries to {found}")]
    RolledBack {
        /// Entries seen before.
        known: u64,
        /// Entries now.
        found: u64,
    },
    /// It had another root at the size seen before: what was recorded then was changed since, or two histories are told.
    #[error("another history: the first {size} entries are not those seen before")]
    Forked {
        /// Entries seen before.
        size: u64,
    },
    /// The proof does not connect the two: it is wrong, or this is another history as well.
    #[error("not proven to follow: {0}")]
    NotProven(ProofError),
}

impl TreeHead {
    /// Checks that this tree is the one `known` from before or has grown out of it. `proof` is the consistency proof between
    /// the two sizes; without hashes when they are equal.
    pub fn follows(self, known: Self, proof: &ConsistencyProof) -> Result<(), HistoryError> {
        if self.size < known.size {
            return Err(HistoryError::RolledBack { known: known.size, found: self.size });
        }
        match proof.verify(known, self) {
            Err(ProofError::OtherPast) => Err(HistoryError::Forked { size: known.size }),
            Err(error) => Err(HistoryError::NotProven(error)),
            Ok(()) => Ok(()),
        }
    }
}
