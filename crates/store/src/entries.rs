//! Ledger entries (台账), written in the transaction of the change that they record.

use crate::{error::Result, sql::statements, tx::Tx};
use uuid::Uuid;

statements! {
    ADD = "INSERT INTO ledger_entries (id, bytes) VALUES ($1, $2)";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS entries FROM ledger_entries";
    WAITING = "SELECT id, bytes FROM ledger_entries WHERE place IS NULL ORDER BY id LIMIT $1";
    PLACE = "UPDATE ledger_entries SET place = $2 WHERE id = $1 AND place IS NULL";
}

/// Adds an entry; the sequencer gives it its place later.
pub async fn add(tx: &mut Tx<'_>, id: Uuid, bytes: &[u8]) -> Result<()> {
    tx.execute(&ADD, &[&id, &bytes]).await.map(drop)
}

/// How many entries there are.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT, &[]).await?.map_or(0, |(count,)| count))
}

/// Entries that have no place yet, in the order of their ids.
pub async fn waiting(tx: &mut Tx<'_>, most: i64) -> Result<Vec<(Uuid, Vec<u8>)>> {
    tx.all(&WAITING, &[&most]).await
}

/// Gives an entry its place; `false` when it has one.
pub async fn place(tx: &mut Tx<'_>, id: Uuid, place: i64) -> Result<bool> {
    Ok(tx.execute(&PLACE, &[&id, &place]).await? == 1)
}
