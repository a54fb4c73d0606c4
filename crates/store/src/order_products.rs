//! The verified products that orders hold: the code behind each is `recording` for as long.

use crate::{
    OrderId, VerificationId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

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

statements! {
    HOLD = "INSERT INTO order_products (verification, order_id, held_at, ended_at) VALUES ($1, $2, $3, NULL)";
    END = "UPDATE order_products SET ended_at = CAST($2 AS BIGINT) WHERE verification = $1 AND ended_at IS NULL";
    OF_VERIFICATION = "SELECT verification, order_id, held_at FROM order_products WHERE verification = $1";
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
