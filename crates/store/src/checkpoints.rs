//! Signed checkpoints of the ledger, one for each time that entries took their places.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A checkpoint as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// How many entries the ledger had.
    pub size: i64,
    /// The signed note.
    pub note: String,
    /// When it was signed, in microseconds since 1970.
    pub at: i64,
}

impl Row for CheckpointRow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { size: columns.get(0)?, note: columns.get(1)?, at: columns.get(2)? })
    }
}

statements! {
    ADD = "INSERT INTO ledger_checkpoints (size, note, at) VALUES ($1, $2, $3)";
    NEWEST = "SELECT size, note, at FROM ledger_checkpoints ORDER BY size DESC LIMIT 1";
    OF_SIZE = "SELECT size, note, at FROM ledger_checkpoints WHERE size = $1";
    AFTER = "SELECT size, note, at FROM ledger_checkpoints WHERE size > $1 AND size <= $2 ORDER BY size";
}

/// Adds a checkpoint.
pub fn adding(checkpoint: &CheckpointRow) -> Write<'_> {
    let CheckpointRow { size, note, at } = checkpoint;
    Write::new(&ADD, vec![size, note, at])
}

/// The checkpoint of the largest ledger.
pub async fn newest(tx: &mut Tx<'_>) -> Result<Option<CheckpointRow>> {
    tx.optional(&NEWEST, &[]).await
}

/// The checkpoint of the ledger when it had `size` entries.
pub async fn of_size(tx: &mut Tx<'_>, size: i64) -> Result<Option<CheckpointRow>> {
    tx.optional(&OF_SIZE, &[&size]).await
}

/// The checkpoints of more than `after` entries and at most `to`, in order. The caller bounds how many these are: there is
/// at most one of each size.
pub async fn after(tx: &mut Tx<'_>, after: i64, to: i64) -> Result<Vec<CheckpointRow>> {
    tx.all(&AFTER, &[&after, &to]).await
}
