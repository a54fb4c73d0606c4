//! Proofs for those who keep a checkpoint: that an entry is in the ledger, and that the ledger has only grown.

use super::stored::{self, NotRead, StoredTree};
use crate::{
    Desk,
    failure::{Damage, DeskError, Failed},
};
use ledger::{
    ConsistencyProof, InclusionProof, SignedCheckpoint, TreeHead, VerifyingKey, inclusion_nodes, leaf_hash,
};
use store::{EntryId, Tx, Unit, entries, tree};

/// That an entry is in the ledger. It was verified before it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry as the tree has it.
    pub entry: Vec<u8>,
    /// Its place, from 0.
    pub place: u64,
    /// The checkpoint in which it is.
    pub checkpoint: SignedCheckpoint,
    /// The hashes between them.
    pub proof: InclusionProof,
}

/// That the ledger of one size begins with that of another. It was verified before it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// The smaller ledger.
    pub from: TreeHead,
    /// The larger one.
    pub to: TreeHead,
    /// The hashes between them.
    pub proof: ConsistencyProof,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// There is no such entry.
    #[error("no entry `{0}` in the ledger")]
    UnknownEntry(EntryId),
    /// The entry has no place yet; it gets one within seconds.
    #[error("entry `{0}` has no place in the tree yet")]
    Waiting(EntryId),
    /// The sizes are not in order, or the ledger is smaller.
    #[error("no proof from {from} to {to} entries in a ledger of {size}")]
    OutOfRange {
        /// The smaller size asked for.
        from: u64,
        /// The larger size asked for.
        to: u64,
        /// Entries of the ledger.
        size: u64,
    },
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Proves that an entry is in the ledger, against its newest checkpoint.
    pub async fn prove_inclusion(&self, entry: EntryId) -> Result<Inclusion, ProveError> {
        self.store().read(Include { key: self.ledger_key(), entry }).await.map_err(Failed::told)
    }

    /// Proves that the ledger of `to` entries begins with the ledger of `from` entries.
    pub async fn prove_consistency(&self, from: u64, to: u64) -> Result<Consistency, ProveError> {
        self.store().read(Connect { from, to }).await.map_err(Failed::told)
    }
}

struct Include {
    key: VerifyingKey,
    entry: EntryId,
}

impl Unit for Include {
    type Output = Inclusion;
    type Error = Failed<ProveError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Inclusion, Self::Error> {
        let id = self.entry;
        let row = entries::with_place(tx, id).await?;
        let row = row.ok_or(Failed::Because(ProveError::UnknownEntry(id)))?;
        let StoredTree { newest, .. } = stored::read(tx, &self.key).await?;
        let place = row.place.and_then(|place| u64::try_from(place).ok());
        let (place, checkpoint) = place.zip(newest).ok_or(Failed::Because(ProveError::Waiting(id)))?;
        let (entry, head) = (row.entry.bytes, checkpoint.checkpoint().head);
        let proof = inclusion(tx, place, head.size).await?;
        let verified = proof.verify(leaf_hash(&entry), place, head);
        verified.map_err(|error| Damage::Entry { id, fault: error.to_string() })?;
        Ok(Inclusion { entry, place, checkpoint, proof })
    }
}

/// The proof that the entry at `place` is in the tree of `size` entries, from the stored nodes.
pub(crate) async fn inclusion(tx: &mut Tx<'_>, place: u64, size: u64) -> Result<InclusionProof, NotRead> {
    let unsound = |error: &dyn std::fmt::Display| NotRead::Unsound(error.to_string());
    let wanted = inclusion_nodes(place, size).map_err(|error| unsound(&error))?;
    let found = stored::nodes(tx, &wanted).await?;
    InclusionProof::prove(place, size, |node| stored::hash(&found, node)).map_err(|error| match error {
        ledger::ProveError::Read(error) => error,
        error @ ledger::ProveError::OutOfRange { .. } => unsound(&error),
    })
}

struct Connect {
    from: u64,
    to: u64,
}

impl Unit for Connect {
    type Output = Consistency;
    type Error = Failed<ProveError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Consistency, Self::Error> {
        let &Self { from, to } = self;
        let size = u64::try_from(tree::size(tx).await?).unwrap_or_default();
        if from > to || to > size {
            return Err(Failed::Because(ProveError::OutOfRange { from, to, size }));
        }
        let proof = stored::consistency(tx, from, to).await?;
        let (from, to) = (stored::frontier(tx, from).await?.head(), stored::frontier(tx, to).await?.head());
        let verified = proof.verify(from, to);
        verified.map_err(|error| Damage::Ledger { fault: error.to_string() })?;
        Ok(Consistency { from, to, proof })
    }
}
