//! The white list: domains that may be served for a time without being filed.

use crate::{
    GateWindowId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A time in which a domain may be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateWindow {
    /// Its id.
    pub id: GateWindowId,
    /// The registrable domain, as ASCII in lower case.
    pub domain: String,
    /// Its keyed hash.
    pub mark: Vec<u8>,
    /// From when on, in microseconds since 1970; `None` since ever.
    pub from_at: Option<i64>,
    /// Until before when; `None` for good.
    pub until_at: Option<i64>,
    /// Why; it names nobody.
    pub reason: String,
    /// The system of the provider for which it was asked; empty where a person did.
    pub caller: String,
    /// Who made it, as the ledger names him.
    pub made_by: String,
    /// When, in microseconds since 1970.
    pub made_at: i64,
    /// Who ended it before its time, and when.
    pub ended: Option<(String, i64)>,
}

impl Row for GateWindow {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let ended: (Option<String>, Option<i64>) = (columns.get(9)?, columns.get(10)?);
        Ok(Self {
            id: columns.get(0)?,
            domain: columns.get(1)?,
            mark: columns.get(2)?,
            from_at: columns.get(3)?,
            until_at: columns.get(4)?,
            reason: columns.get(5)?,
            caller: columns.get(6)?,
            made_by: columns.get(7)?,
            made_at: columns.get(8)?,
            ended: ended.0.zip(ended.1),
        })
    }
}

statements! {
    ADD = "INSERT INTO gate_windows (id, domain, mark, from_at, until_at, reason, caller, made_by, made_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    END = "UPDATE gate_windows SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
    BY_ID = "SELECT id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_windows WHERE id = $1";
    OF_DOMAIN = "SELECT id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_windows
                 WHERE domain = $1 AND ended_at IS NULL AND (until_at IS NULL OR until_at > $2) ORDER BY id LIMIT $3";
    LIVING = "SELECT id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_windows
              WHERE id > $1 AND ended_at IS NULL AND (until_at IS NULL OR until_at > $2) ORDER BY id LIMIT $3";
    LIVING_BACK = "SELECT id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_windows
                   WHERE id < $1 AND ended_at IS NULL AND (until_at IS NULL OR until_at > $2) ORDER BY id DESC LIMIT $3";
    OVER_BACK = "SELECT id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, ended_by, ended_at FROM gate_windows
                 WHERE id < $1 AND (ended_at IS NOT NULL OR until_at <= $2) ORDER BY id DESC LIMIT $3";
}

impl GateWindow {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, domain, mark, from_at, until_at, reason, caller, made_by, made_at, .. } = self;
        Write::new(&ADD, vec![id, domain, mark, from_at, until_at, reason, caller, made_by, made_at])
    }
}

/// Ends a window before its time: one row, or none where it was ended before.
pub fn ending<'a>(id: &'a GateWindowId, by: &'a String, at: &'a i64) -> Write<'a> {
    Write::new(&END, vec![id, by, at])
}

/// The window of that id.
pub async fn by_id(tx: &mut Tx<'_>, id: GateWindowId) -> Result<Option<GateWindow>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The windows of a domain that are not over at `now`, in microseconds since 1970, the oldest first, no more than `most`.
pub async fn of_domain(tx: &mut Tx<'_>, domain: &str, now: i64, most: i64) -> Result<Vec<GateWindow>> {
    tx.all(&OF_DOMAIN, &[&domain, &now, &most]).await
}

/// The windows of every domain behind the window `after` that are not over at `now`, the oldest first, no more than `most`.
pub async fn living(tx: &mut Tx<'_>, after: GateWindowId, now: i64, most: i64) -> Result<Vec<GateWindow>> {
    tx.all(&LIVING, &[&after, &now, &most]).await
}

/// The windows before the window `before`, the newest first, no more than `most`: those that are over at `now`, in microseconds since
/// 1970, or those that are not.
pub async fn back(
    tx: &mut Tx<'_>,
    over: bool,
    before: GateWindowId,
    now: i64,
    most: i64,
) -> Result<Vec<GateWindow>> {
    let sql = if over { &OVER_BACK } else { &LIVING_BACK };
    tx.all(sql, &[&before, &now, &most]).await
}
