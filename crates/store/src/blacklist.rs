//! What may not be filed, as keyed hashes of domains, certificate numbers and names (SPEC 7).

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// Something that may not be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Of what the hash is: `domain`, `certificate`, `subject-name`, `website-name`.
    pub kind: String,
    /// The keyed hash.
    pub mark: Vec<u8>,
    /// Why, without naming anybody.
    pub reason: String,
    /// Since when, in microseconds since 1970.
    pub at: i64,
}

impl Row for Listed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            kind: columns.get(0)?,
            mark: columns.get(1)?,
            reason: columns.get(2)?,
            at: columns.get(3)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO blacklist (kind, mark, reason, at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (kind, mark) DO UPDATE SET reason = excluded.reason";
    REMOVE = "DELETE FROM blacklist WHERE kind = $1 AND mark = $2";
    FIND = "SELECT kind, mark, reason, at FROM blacklist WHERE kind = $1 AND mark = $2";
    ALL_LISTED = "SELECT kind, mark, reason, at FROM blacklist WHERE kind > $1 OR (kind = $1 AND mark > $2) ORDER BY kind, mark LIMIT $3";
}

impl Listed {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD, vec![&self.kind, &self.mark, &self.reason, &self.at])
    }

    /// Takes it away.
    pub fn removing(&self) -> Write<'_> {
        Write::new(&REMOVE, vec![&self.kind, &self.mark])
    }
}

/// What is listed under a hash.
pub async fn find(tx: &mut Tx<'_>, kind: &str, mark: &[u8]) -> Result<Option<Listed>> {
    tx.optional(&FIND, &[&kind, &mark]).await
}

/// What is listed behind a kind and hash, in their order, no more than `most`.
pub async fn all(tx: &mut Tx<'_>, after: (&str, &[u8]), most: i64) -> Result<Vec<Listed>> {
    tx.all(&ALL_LISTED, &[&after.0, &after.1, &most]).await
}
