//! What is filed and was found untrue, inaccurate or missing, and by which day it is to be mended.

use crate::{
    EntryId, SubjectId, UntrueId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// Something untrue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untrue {
    /// Its id.
    pub id: UntrueId,
    /// The number under which it is filed.
    pub number: String,
    /// The subject, under whose key it is sealed.
    pub subject: SubjectId,
    /// What is untrue, sealed.
    pub sealed: Vec<u8>,
    /// The last day on which it can be mended, `2026-11-30`.
    pub mend_by: String,
    /// When it was recorded, in microseconds since 1970.
    pub recorded_at: i64,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
    /// When it was mended, in microseconds since 1970, and the entry of the ledger that says so.
    pub mended: Option<(i64, EntryId)>,
}

impl Row for Untrue {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (mended_at, mended_entry): (Option<i64>, Option<EntryId>) = (columns.get(7)?, columns.get(8)?);
        Ok(Self {
            id: columns.get(0)?,
            number: columns.get(1)?,
            subject: columns.get(2)?,
            sealed: columns.get(3)?,
            mend_by: columns.get(4)?,
            recorded_at: columns.get(5)?,
            entry: columns.get(6)?,
            mended: mended_at.zip(mended_entry),
        })
    }
}

statements! {
    ADD = "INSERT INTO untrue_information (id, number, subject, sealed, mend_by, recorded_at, entry)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OPEN = "SELECT id, number, subject, sealed, mend_by, recorded_at, entry, mended_at, mended_entry FROM untrue_information
            WHERE number = $1 AND mended_at IS NULL";
    OF_NUMBER = "SELECT id, number, subject, sealed, mend_by, recorded_at, entry, mended_at, mended_entry FROM untrue_information
                 WHERE number = $1 ORDER BY recorded_at, id";
    MEND = "UPDATE untrue_information SET mended_at = CAST($2 AS BIGINT), mended_entry = $3 WHERE id = $1 AND mended_at IS NULL";
}

impl Untrue {
    /// Adds it, to be mended. It fails the unit where something else of the number is to be mended.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, number, subject, sealed, mend_by, recorded_at, entry, .. } = self;
        Write::new(&ADD, vec![id, number, subject, sealed, mend_by, recorded_at, entry])
    }
}

/// What is to be mended under a number.
pub async fn open(tx: &mut Tx<'_>, number: &str) -> Result<Option<Untrue>> {
    tx.optional(&OPEN, &[&number]).await
}

/// All that was ever found untrue under a number, oldest first.
pub async fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<Untrue>> {
    tx.all(&OF_NUMBER, &[&number]).await
}

/// Notes that it was mended, at a time in microseconds since 1970. It changes one row, or none where it was before.
pub fn mending<'a>(id: &'a UntrueId, at: &'a i64, entry: &'a EntryId) -> Write<'a> {
    Write::new(&MEND, vec![id, at, entry])
}
