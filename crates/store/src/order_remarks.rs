//! What reviewers say of the fields of an order, round by round.

use crate::{
    OrderId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// What a reviewer says of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The round of which it is said.
    pub round: i64,
    /// The field.
    pub path: String,
    /// What is to be mended: JSON, sealed under the subject's key; `None` where the field passes.
    pub sealed: Option<Vec<u8>>,
    /// Who says it.
    pub reviewer: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

impl Row for Remark {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            round: columns.get(0)?,
            path: columns.get(1)?,
            sealed: columns.get(2)?,
            reviewer: columns.get(3)?,
            at: columns.get(4)?,
        })
    }
}

statements! {
    SAY = "INSERT INTO order_remarks (order_id, round, path, sealed, reviewer, at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (order_id, round, path) DO UPDATE SET sealed = excluded.sealed, reviewer = excluded.reviewer, at = excluded.at";
    UNSAY = "DELETE FROM order_remarks WHERE order_id = $1 AND round = $2 AND path = $3";
    OF_ROUND = "SELECT round, path, sealed, reviewer, at FROM order_remarks WHERE order_id = $1 AND round = $2 ORDER BY path LIMIT $3";
}

/// Remarks of one round at most: there are fewer fields.
pub const MOST_REMARKS: i64 = 500;

impl Remark {
    /// Says it, in the place of what was said of the field before.
    pub fn saying<'a>(&'a self, order: &'a OrderId) -> Write<'a> {
        Write::new(&SAY, vec![order, &self.round, &self.path, &self.sealed, &self.reviewer, &self.at])
    }
}

/// Takes back what was said of a field.
pub fn unsaying<'a>(order: &'a OrderId, round: &'a i64, path: &'a String) -> Write<'a> {
    Write::new(&UNSAY, vec![order, round, path])
}

/// What is said of a round, by field.
pub async fn of_round(tx: &mut Tx<'_>, order: OrderId, round: i64) -> Result<Vec<Remark>> {
    tx.all(&OF_ROUND, &[&order, &round, &MOST_REMARKS]).await
}
