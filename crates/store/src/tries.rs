//! Tries that failed, so that further ones can be slowed down in every process alike.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// What is remembered of one who tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// How often it failed.
    pub failures: i64,
    /// Since when they are counted, in microseconds since 1970.
    pub first_at: i64,
    /// When it last failed, in microseconds since 1970.
    pub last_at: i64,
}

impl Row for Tries {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { failures: columns.get(0)?, first_at: columns.get(1)?, last_at: columns.get(2)? })
    }
}

statements! {
    FIND = "SELECT failures, first_at, last_at FROM tries WHERE scope = $1 AND subject = $2";
    FAILED = "INSERT INTO tries (scope, subject, failures, first_at, last_at) VALUES ($1, $2, 1, $3, $3)
              ON CONFLICT (scope, subject) DO UPDATE
              SET failures = CASE WHEN tries.first_at <= $4 THEN 1 ELSE tries.failures + 1 END,
                  first_at = CASE WHEN tries.first_at <= $4 THEN $3 ELSE tries.first_at END, last_at = $3";
    CLEAR = "DELETE FROM tries WHERE scope = $1 AND subject = $2";
    GIVE_BACK = "UPDATE tries SET failures = failures - 1 WHERE scope = $1 AND subject = $2 AND failures > 0";
    OVER = "SELECT last_at, scope, subject FROM tries WHERE (last_at, scope, subject) > ($1, $2, $3) AND last_at <= $4
            ORDER BY last_at, scope, subject LIMIT $5";
}

/// What is remembered of a subject.
pub async fn find(tx: &mut Tx<'_>, scope: &str, subject: &[u8]) -> Result<Option<Tries>> {
    tx.optional(&FIND, &[&scope, &subject]).await
}

/// Counts one more failure of a subject, at `at`; a count that began at `since` or before begins anew.
pub async fn failed(tx: &mut Tx<'_>, scope: &str, subject: &[u8], at: i64, since: i64) -> Result<u64> {
    tx.execute(&FAILED, &[&scope, &subject, &at, &since]).await
}

/// Forgets a subject.
pub async fn clear(tx: &mut Tx<'_>, scope: &str, subject: &[u8]) -> Result<u64> {
    tx.execute(&CLEAR, &[&scope, &subject]).await
}

/// Takes one failure back.
pub async fn give_back(tx: &mut Tx<'_>, scope: &str, subject: &[u8]) -> Result<u64> {
    tx.execute(&GIVE_BACK, &[&scope, &subject]).await
}

/// When somebody last failed, in microseconds since 1970, at what, and who.
pub type LastFailed = (i64, String, Vec<u8>);

/// Who last failed at `until` or before, behind `after`, the longest ago first, no more than `most`.
pub async fn over(tx: &mut Tx<'_>, until: i64, after: &LastFailed, most: i64) -> Result<Vec<LastFailed>> {
    let (at, scope, subject) = after;
    tx.all(&OVER, &[at, scope, subject, &until, &most]).await
}

/// Forgets a subject.
pub fn forgetting<'a>(scope: &'a String, subject: &'a Vec<u8>) -> Write<'a> {
    Write::new(&CLEAR, vec![scope, subject])
}
