//! The key of the ledger and its newest checkpoint, as they are published.

use super::stored;
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use ledger::{SignedCheckpoint, VerifyingKey};
use store::{Tx, Unit, checkpoints, entries};

impl Desk {
    /// The key by which anyone verifies checkpoints of this ledger.
    pub fn ledger_key(&self) -> VerifyingKey {
        self.ground().signer.verifying_key().clone()
    }

    /// The newest checkpoint; `None` before any entry has its place.
    pub async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, DeskError> {
        self.store().read(Newest(self.ledger_key())).await.map_err(Failed::told)
    }
}

struct Newest(VerifyingKey);

impl Unit for Newest {
    type Output = Option<SignedCheckpoint>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let newest = checkpoints::newest(tx).await?;
        Ok(newest.map(|row| stored::opened(&self.0, &row.note, row.size)).transpose()?)
    }
}

/// How many entries the ledger has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerSize {
    /// Entries that have their places.
    pub placed: u64,
    /// Entries that wait for theirs.
    pub waiting: u64,
}

impl Desk {
    /// Counts the entries; visits all of them.
    pub async fn ledger_size(&self) -> Result<LedgerSize, DeskError> {
        self.store().read(Count).await
    }

    /// Counts the entries that wait for their places, and visits no others: cheap enough to be asked every second.
    pub async fn entries_waiting(&self) -> Result<u64, DeskError> {
        self.store().read(CountWaiting).await
    }
}

struct CountWaiting;

impl Unit for CountWaiting {
    type Output = u64;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, DeskError> {
        Ok(u64::try_from(entries::count_waiting(tx).await?).unwrap_or_default())
    }
}

struct Count;

impl Unit for Count {
    type Output = LedgerSize;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<LedgerSize, DeskError> {
        let (entries, placed) = entries::count(tx).await?;
        let [placed, waiting] =
            [placed, entries - placed].map(|number| u64::try_from(number).unwrap_or_default());
        Ok(LedgerSize { placed, waiting })
    }
}
