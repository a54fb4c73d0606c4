//! The desk's own row: which rulebook is in force, and the generation of what processes keep in memory.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::Tx,
};

/// The desk as a process keeps it in memory, for as long as the generation stays the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Grows with every change of rulebook or keys, and whenever an API key gives less or more than before.
    pub generation: i64,
    /// When it last grew, in microseconds since 1970.
    pub changed_at: i64,
    /// SHA-256 of the rulebook in force.
    pub rulebook: Vec<u8>,
}

impl Row for Desk {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { generation: columns.get(0)?, changed_at: columns.get(1)?, rulebook: columns.get(2)? })
    }
}

/// What a unit compares with what its process keeps in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The generation.
    pub generation: i64,
    /// When it began, in microseconds since 1970.
    pub changed_at: i64,
}

statements! {
    OPEN = "INSERT INTO desk (only_one, generation, changed_at, rulebook) VALUES (1, 1, $1, $2) ON CONFLICT DO NOTHING";
    FIND = "SELECT generation, changed_at, rulebook FROM desk WHERE only_one = 1";
    GENERATION = "SELECT generation, changed_at FROM desk WHERE only_one = 1";
    FOLLOW = "UPDATE desk SET generation = generation + 1, changed_at = $2, rulebook = $3 WHERE only_one = 1 AND generation = $1";
}

/// Opens a desk on an empty database; `false` when there is one.
pub async fn open(tx: &mut Tx<'_>, at: i64, rulebook: &[u8]) -> Result<bool> {
    Ok(tx.execute(&OPEN, &[&at, &rulebook]).await? == 1)
}

/// The desk; `None` before it is opened.
pub async fn find(tx: &mut Tx<'_>) -> Result<Option<Desk>> {
    tx.optional(&FIND, &[]).await
}

/// The generation of the desk; `None` before it is opened.
pub async fn generation(tx: &mut Tx<'_>) -> Result<Option<Generation>> {
    let found = tx.optional::<(i64, i64)>(&GENERATION, &[]).await?;
    Ok(found.map(|(generation, changed_at)| Generation { generation, changed_at }))
}

/// Begins the generation after `generation`; `false` when it is past already.
pub async fn next_generation(tx: &mut Tx<'_>, generation: i64, at: i64, rulebook: &[u8]) -> Result<bool> {
    Ok(tx.execute(&FOLLOW, &[&generation, &at, &rulebook]).await? == 1)
}
