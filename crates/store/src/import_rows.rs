//! Rows of an import of instances: what was read, and what it comes to, until that is applied.

use crate::{
    OperationId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Query, Tx, Write},
};

/// One row of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number within the import, from 1.
    pub number: i64,
    /// Where it stood, such as a file; empty where there is nothing to tell.
    pub source: String,
    /// On which line there.
    pub line: i64,
    /// The instance, where the row says which.
    pub name: Option<String>,
    /// What is said of it, as the caller encodes it; `None` where there is nothing to record.
    pub facts: Option<Vec<u8>>,
    /// What it comes to: `new`, `changed`, `same`, `gone` or `rejected`.
    pub outcome: String,
    /// Whether something is to be known of it although it is applied.
    pub noted: bool,
    /// What is to be known of it, as the caller encodes it.
    pub note: Option<String>,
}

impl Row for ImportRow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let noted: i64 = columns.get(6)?;
        Ok(Self {
            number: columns.get(0)?,
            source: columns.get(1)?,
            line: columns.get(2)?,
            name: columns.get(3)?,
            facts: columns.get(4)?,
            outcome: columns.get(5)?,
            noted: noted == 1,
            note: columns.get(7)?,
        })
    }
}

/// A row with all that its statement points at.
#[derive(Debug)]
pub struct NewRow {
    operation: OperationId,
    noted: i64,
    row: ImportRow,
}

impl NewRow {
    /// A row of that operation.
    pub fn new(operation: OperationId, row: ImportRow) -> Self {
        Self { operation, noted: row.noted.into(), row }
    }

    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { operation, noted, row } = self;
        let ImportRow { number, source, line, name, facts, outcome, note, .. } = row;
        Write::new(&ADD, vec![operation, number, source, line, name, facts, outcome, noted, note])
    }
}

statements! {
    ADD = "INSERT INTO import_rows (operation, number, source, line, name, facts, outcome, noted, note)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NAMED = "SELECT number, source, line, name, facts, outcome, noted, note FROM import_rows
             WHERE operation = $1 AND name = $2 AND outcome <> 'rejected' ORDER BY number LIMIT 1";
    TO_APPLY = "SELECT number, source, line, name, facts, outcome, noted, note FROM import_rows
                WHERE operation = $1 AND number > $2 AND outcome IN ('new', 'changed', 'gone') ORDER BY number LIMIT $3";
    OF_OUTCOME = "SELECT number, source, line, name, facts, outcome, noted, note FROM import_rows
                  WHERE operation = $1 AND outcome = $2 AND number > $3 ORDER BY number LIMIT $4";
    NOTED = "SELECT number, source, line, name, facts, outcome, noted, note FROM import_rows
             WHERE operation = $1 AND noted = 1 AND number > $2 ORDER BY number LIMIT $3";
    NOT_NAMED = "SELECT i.name, i.gone_at, CAST(CASE WHEN EXISTS (
                     SELECT 1 FROM import_rows r WHERE r.operation = $1 AND r.name = i.name) THEN 1 ELSE 0 END AS BIGINT) AS named
                 FROM instances i WHERE i.name > $2 ORDER BY i.name LIMIT $3";
    FORGET = "DELETE FROM import_rows WHERE operation = $1 AND number IN (
                  SELECT r.number FROM import_rows r WHERE r.operation = $1 ORDER BY r.number LIMIT $2)";
    FORGET_SETTLED = "DELETE FROM import_rows WHERE operation = $1 AND number IN (
                          SELECT r.number FROM import_rows r WHERE r.operation = $1 AND r.outcome = $2 AND r.noted = 0
                          ORDER BY r.number LIMIT $3)";
}

/// Asks which row that is not rejected named the instance first.
pub fn naming<'a>(operation: &'a OperationId, name: &'a String) -> Query<'a> {
    Query::new(&NAMED, vec![operation, name])
}

/// The rows behind `after` that are to be applied.
pub async fn to_apply(
    tx: &mut Tx<'_>,
    operation: OperationId,
    after: i64,
    most: i64,
) -> Result<Vec<ImportRow>> {
    tx.all(&TO_APPLY, &[&operation, &after, &most]).await
}

/// The rows behind `after` that come to `outcome`.
pub async fn of_outcome(
    tx: &mut Tx<'_>,
    operation: OperationId,
    outcome: &str,
    after: i64,
    most: i64,
) -> Result<Vec<ImportRow>> {
    tx.all(&OF_OUTCOME, &[&operation, &outcome, &after, &most]).await
}

/// The rows behind `after` of which something is to be known although they are applied.
pub async fn noted(tx: &mut Tx<'_>, operation: OperationId, after: i64, most: i64) -> Result<Vec<ImportRow>> {
    tx.all(&NOTED, &[&operation, &after, &most]).await
}

/// An instance of the desk, held against an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The instance.
    pub name: String,
    /// Whether it is gone already.
    pub gone: bool,
    /// Whether a row of the import names it.
    pub named: bool,
}

impl Row for Held {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (gone_at, named): (Option<i64>, i64) = (columns.get(1)?, columns.get(2)?);
        Ok(Self { name: columns.get(0)?, gone: gone_at.is_some(), named: named == 1 })
    }
}

/// The instances of the desk behind the one called `after`, by name, each held against the import.
pub async fn held_against(
    tx: &mut Tx<'_>,
    operation: OperationId,
    after: &str,
    most: i64,
) -> Result<Vec<Held>> {
    tx.all(&NOT_NAMED, &[&operation, &after, &most]).await
}

/// Forgets so many rows of an import; how many there were.
pub async fn forget(tx: &mut Tx<'_>, operation: OperationId, most: i64) -> Result<u64> {
    tx.execute(&FORGET, &[&operation, &most]).await
}

/// Forgets so many rows of that outcome of which nothing more is to be known; how many there were.
pub async fn forget_settled(
    tx: &mut Tx<'_>,
    operation: OperationId,
    outcome: &str,
    most: i64,
) -> Result<u64> {
    tx.execute(&FORGET_SETTLED, &[&operation, &outcome, &most]).await
}
