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

/// An entry with its place, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedRow {
    /// The entry.
    pub entry: EntryRow,
    /// Its place in the tree, from 0; `None` as long as it waits for one.
    pub place: Option<i64>,
}

impl Row for PlacedRow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { entry: EntryRow::read(columns)?, place: columns.get(3)? })
    }
}

/// A place for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placing {
    /// The entry.
    pub id: EntryId,
    /// Its place, from 0.
    pub place: i64,
}

statements! {
    ADD = "INSERT INTO ledger_entries (id, at, bytes) VALUES ($1, $2, $3)";
    BY_ID = "SELECT id, at, bytes FROM ledger_entries WHERE id = $1";
    WITH_PLACE = "SELECT id, at, bytes, place FROM ledger_entries WHERE id = $1";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS entries, CAST(COUNT(place) AS BIGINT) AS placed FROM ledger_entries";
    COUNT_WAITING = "SELECT CAST(COUNT(*) AS BIGINT) AS waiting FROM ledger_entries WHERE place IS NULL";
    PLACED = "SELECT id, at, bytes, place FROM ledger_entries WHERE place >= $1 AND place < $2 ORDER BY place";
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

/// The entry with that id, with its place.
pub async fn with_place(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<PlacedRow>> {
    tx.optional(&WITH_PLACE, &[&id]).await
}

/// How many entries there are, and how many of them have a place.
pub async fn count(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    Ok(tx.optional(&COUNT, &[]).await?.unwrap_or_default())
}

/// How many entries have no place yet; visits no others.
pub async fn count_waiting(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT_WAITING, &[]).await?.map_or(0, |(waiting,)| waiting))
}

/// The entries with places from `from` to before `to`, in order. The caller bounds how many these are: a place is taken once.
pub async fn placed(tx: &mut Tx<'_>, from: i64, to: i64) -> Result<Vec<PlacedRow>> {
    tx.all(&PLACED, &[&from, &to]).await
}

/// Entries that have no place yet, in the order in which they take them.
pub async fn waiting(tx: &mut Tx<'_>, most: i64) -> Result<Vec<EntryRow>> {
    tx.all(&WAITING, &[&most]).await
}

/// Gives an entry its place; changes no row when it has one.
pub fn placing(placing: &Placing) -> Write<'_> {
    Write::new(&PLACE, vec![&placing.id, &placing.place])
}
