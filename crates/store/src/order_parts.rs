//! What is filled in for an order: its parts as they are saved, and the whole of it as it was submitted.

use crate::{
    OrderId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A part of an order, sealed under the subject's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPart {
    /// The word of the part.
    pub part: String,
    /// What was filled in: JSON, sealed.
    pub sealed: Vec<u8>,
    /// When it was saved, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for OrderPart {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { part: columns.get(0)?, sealed: columns.get(1)?, changed_at: columns.get(2)? })
    }
}

statements! {
    SAVE = "INSERT INTO order_parts (order_id, part, sealed, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (order_id, part) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at";
    OF_ORDER = "SELECT part, sealed, changed_at FROM order_parts WHERE order_id = $1 ORDER BY part LIMIT 16";
    ADD_ROUND = "INSERT INTO order_rounds (order_id, round, sealed, at) VALUES ($1, $2, $3, $4)";
    FORGET_PARTS = "DELETE FROM order_parts WHERE order_id = $1";
    FORGET_ROUNDS = "DELETE FROM order_rounds WHERE order_id = $1";
    FORGET_REMARKS = "DELETE FROM order_remarks WHERE order_id = $1";
    ROUND = "SELECT sealed FROM order_rounds WHERE order_id = $1 AND round = $2";
}

impl OrderPart {
    /// Saves it, in the place of what was there.
    pub fn saving<'a>(&'a self, order: &'a OrderId) -> Write<'a> {
        Write::new(&SAVE, vec![order, &self.part, &self.sealed, &self.changed_at])
    }
}

/// The parts of an order that were saved.
pub async fn of_order(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<OrderPart>> {
    tx.all(&OF_ORDER, &[&order]).await
}

/// The whole of an order as it was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Which time it was, from 1.
    pub round: i64,
    /// The form: JSON, sealed.
    pub sealed: Vec<u8>,
    /// When, in microseconds since 1970.
    pub at: i64,
}

impl Round {
    /// Adds it.
    pub fn adding<'a>(&'a self, order: &'a OrderId) -> Write<'a> {
        Write::new(&ADD_ROUND, vec![order, &self.round, &self.sealed, &self.at])
    }
}

/// The form of a round, sealed.
pub async fn round(tx: &mut Tx<'_>, order: OrderId, round: i64) -> Result<Option<Vec<u8>>> {
    Ok(tx.optional::<(Vec<u8>,)>(&ROUND, &[&order, &round]).await?.map(|(sealed,)| sealed))
}

/// Forgets what is filled in for an order, as it was saved and as it was submitted, and what reviewers said of it.
pub fn forgetting(order: &OrderId) -> [Write<'_>; 3] {
    [&FORGET_PARTS, &FORGET_ROUNDS, &FORGET_REMARKS].map(|sql| Write::new(sql, vec![order]))
}
