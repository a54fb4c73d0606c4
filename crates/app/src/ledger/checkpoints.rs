//! The key of the ledger and its newest checkpoint, as they are published.

use super::stored;
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use ledger::{SignedCheckpoint, VerifyingKey};
use store::{Tx, Unit, checkpoints};

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
