//! Ledger entries (台账), written in the transaction of the change that they record.

use crate::{
    EntryId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// An entry as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// Its time, in microseconds since 1970: later than every change that it followed.
    pub at: i64,
    /// What the tree has.
    pub bytes: Vec<u8>,
}

impl Row for EntryRow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { id: columns.get(0)?, at: columns.get(1)?, bytes: columns.get(2)? })
    }
}

statements! {
    ADD = "INSERT INTO ledger_entries (id, at, bytes) VALUES ($1, $2, $3)";
    BY_ID = "SELECT id, at, bytes FROM ledger_entries WHERE id = $1";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS entries FROM ledger_entries";
    WAITING = "SELECT id, at, bytes FROM ledger_entries WHERE place IS NULL ORDER BY at, id LIMIT $1";
    PLACE = "UPDATE ledger_entries SET place = $2 WHERE id = $1 AND place IS NULL";
}

/// Adds an entry; the sequencer gives it its place later.
pub fn adding(entry: &EntryRow) -> Write<'_> {
    Write::new(&ADD, vec![&entry.id, &entry.at, &entry.bytes])
}

/// The entry with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<EntryRow>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// How many entries there are.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT, &[]).await?.map_or(0, |(count,)| count))
}

/// Entries that have no place yet, in the order in which they take them.
pub async fn waiting(tx: &mut Tx<'_>, most: i64) -> Result<Vec<EntryRow>> {
    tx.all(&WAITING, &[&most]).await
}

/// Gives an entry its place; `false` when it has one.
pub async fn place(tx: &mut Tx<'_>, id: EntryId, place: i64) -> Result<bool> {
    Ok(tx.execute(&PLACE, &[&id, &place]).await? == 1)
}
