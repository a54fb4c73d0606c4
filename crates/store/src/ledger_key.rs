//! The key that signs the ledger's checkpoints: one for the life of a desk.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// The key as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerKeyRow {
    /// The origin of the checkpoints.
    pub name: String,
    /// By which others verify.
    pub public: String,
    /// Its secret half, encrypted.
    pub sealed: Vec<u8>,
}

impl Row for LedgerKeyRow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { name: columns.get(0)?, public: columns.get(1)?, sealed: columns.get(2)? })
    }
}

statements! {
    ADD = "INSERT INTO ledger_key (only_one, name, public, sealed) VALUES (1, $1, $2, $3)";
    RESEAL = "UPDATE ledger_key SET sealed = $1 WHERE name = $2 AND public = $3";
    FIND = "SELECT name, public, sealed FROM ledger_key";
}

/// Adds the key of a desk that has none.
pub fn adding(key: &LedgerKeyRow) -> Write<'_> {
    let LedgerKeyRow { name, public, sealed } = key;
    Write::new(&ADD, vec![name, public, sealed])
}

/// Seals the key anew; `false` where the desk has another one or none.
pub async fn reseal(tx: &mut Tx<'_>, key: &LedgerKeyRow) -> Result<bool> {
    let LedgerKeyRow { name, public, sealed } = key;
    Ok(tx.execute(&RESEAL, &[sealed, name, public]).await? == 1)
}

/// The key; `None` before the desk is opened.
pub async fn find(tx: &mut Tx<'_>) -> Result<Option<LedgerKeyRow>> {
    tx.optional(&FIND, &[]).await
}
