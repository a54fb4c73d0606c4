//! Addresses of the provider's own, as ranges.

use crate::{
    GateRangeId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A range of addresses, both ends of it in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateRange {
    /// Its id.
    pub id: GateRangeId,
    /// The first address, 16 bytes; one of IPv4 as it is mapped into IPv6.
    pub first: Vec<u8>,
    /// The last.
    pub last: Vec<u8>,
    /// Why; it names nobody.
    pub reason: String,
    /// The system of the provider for which it was asked; empty where a person did.
    pub caller: String,
    /// Who made it, as the ledger names him.
    pub made_by: String,
    /// When, in microseconds since 1970.
    pub made_at: i64,
    /// Who took it away, and when.
    pub ended: Option<(String, i64)>,
}

impl Row for GateRange {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let ended: (Option<String>, Option<i64>) = (columns.get(7)?, columns.get(8)?);
        Ok(Self {
            id: columns.get(0)?,
            first: columns.get(1)?,
            last: columns.get(2)?,
            reason: columns.get(3)?,
            caller: columns.get(4)?,
            made_by: columns.get(5)?,
            made_at: columns.get(6)?,
            ended: ended.0.zip(ended.1),
        })
    }
}

statements! {
    ADD = "INSERT INTO gate_ranges (id, first, last, reason, caller, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (first, last) WHERE ended_at IS NULL DO NOTHING";
    END = "UPDATE gate_ranges SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
    EXACTLY = "SELECT id, first, last, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_ranges
               WHERE first = $1 AND last = $2 AND ended_at IS NULL";
    NOW = "SELECT id, first, last, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_ranges
           WHERE ended_at IS NULL AND id > $1 ORDER BY id LIMIT $2";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS ranges FROM gate_ranges WHERE ended_at IS NULL";
}

impl GateRange {
    /// Adds it; no row is added where the same range is there.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, first, last, reason, caller, made_by, made_at, .. } = self;
        Write::new(&ADD, vec![id, first, last, reason, caller, made_by, made_at])
    }
}

/// Takes a range away: one row, or none where it was before.
pub fn ending<'a>(id: &'a GateRangeId, by: &'a String, at: &'a i64) -> Write<'a> {
    Write::new(&END, vec![id, by, at])
}

/// The range with just these ends.
pub async fn exactly(tx: &mut Tx<'_>, first: &[u8], last: &[u8]) -> Result<Option<GateRange>> {
    tx.optional(&EXACTLY, &[&first, &last]).await
}

/// The ranges behind the range `after`, the oldest first, no more than `most`.
pub async fn now(tx: &mut Tx<'_>, after: GateRangeId, most: i64) -> Result<Vec<GateRange>> {
    tx.all(&NOW, &[&after, &most]).await
}

/// How many ranges there are.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT, &[]).await?.map_or(0, |(ranges,)| ranges))
}
