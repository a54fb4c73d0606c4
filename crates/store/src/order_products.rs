//! The verified products that orders hold: the code behind each is `recording` for as long.

use crate::{
    InstanceId, OrderId, VerificationId,
    error::{Result, unlike},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::orders::{Kind, State};

/// A verified product that an order holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldProduct {
    /// The verification that proved it.
    pub verification: VerificationId,
    /// The order.
    pub order: OrderId,
    /// Since when, in microseconds since 1970.
    pub held_at: i64,
}

impl Row for HeldProduct {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { verification: columns.get(0)?, order: columns.get(1)?, held_at: columns.get(2)? })
    }
}

/// An order under way with an instance that backs one of its websites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backed {
    /// The instance.
    pub instance: InstanceId,
    /// The order.
    pub order: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
}

impl Row for Backed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (kind, state): (String, String) = (columns.get(2)?, columns.get(3)?);
        Ok(Self {
            instance: columns.get(0)?,
            order: columns.get(1)?,
            kind: Kind::from_word(&kind).ok_or_else(|| unlike("orders.kind", &kind))?,
            state: State::from_word(&state).ok_or_else(|| unlike("orders.state", &state))?,
        })
    }
}

statements! {
    HOLD = "INSERT INTO order_products (verification, order_id, held_at, ended_at) VALUES ($1, $2, $3, NULL)";
    END = "UPDATE order_products SET ended_at = CAST($2 AS BIGINT) WHERE verification = $1 AND ended_at IS NULL";
    OF_VERIFICATION = "SELECT verification, order_id, held_at FROM order_products WHERE verification = $1";
    UNDER_WAY = "SELECT v.instance, o.id, o.kind, o.state FROM orders o
                 JOIN order_products p ON p.order_id = o.id AND p.ended_at IS NULL
                 JOIN verifications v ON v.id = p.verification
                 WHERE o.state IN ('submitted', 'returned', 'approved', 'at-bureau') ORDER BY o.id LIMIT $1";
    OF_ORDER = "SELECT verification, order_id, held_at FROM order_products
                WHERE order_id = $1 AND ended_at IS NULL ORDER BY verification LIMIT 64";
}

impl HeldProduct {
    /// Holds it.
    pub fn holding(&self) -> Write<'_> {
        Write::new(&HOLD, vec![&self.verification, &self.order, &self.held_at])
    }
}

/// Gives one back, at a time in microseconds since 1970. It changes one row, or none where it is not held.
pub fn ending<'a>(verification: &'a VerificationId, at: &'a i64) -> Write<'a> {
    Write::new(&END, vec![verification, at])
}

/// The products that an order holds. Which website each is for stands in the form.
pub async fn of_order(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<HeldProduct>> {
    tx.all(&OF_ORDER, &[&order]).await
}

/// The product of a verification, whether its order holds it still or not.
pub async fn of_verification(tx: &mut Tx<'_>, verification: VerificationId) -> Result<Option<HeldProduct>> {
    tx.optional(&OF_VERIFICATION, &[&verification]).await
}

/// The orders that hold their products (`State::holds_products`), each with every instance that backs it; no more than `most`.
pub async fn under_way(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Backed>> {
    tx.all(&UNDER_WAY, &[&most]).await
}
