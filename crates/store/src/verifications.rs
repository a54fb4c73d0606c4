//! Verifications: products that were proved to be an account's, each for one order.

use crate::{
    AccountId, CodeId, InstanceId, VerificationId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A product that was proved to be an account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Its id.
    pub id: VerificationId,
    /// The account that files.
    pub account: AccountId,
    /// The instance.
    pub instance: InstanceId,
    /// The code by which it was proved; `None` where it was a host's password.
    pub code: Option<CodeId>,
    /// The product of the instance when it was proved.
    pub product: String,
    /// The public addresses of the instance when it was proved, with spaces between them.
    pub addresses: String,
    /// When, in microseconds since 1970.
    pub made_at: i64,
    /// Until when an order can use it, in microseconds since 1970.
    pub expires_at: i64,
    /// When an order used it, in microseconds since 1970.
    pub used_at: Option<i64>,
}

impl Row for Verification {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            account: columns.get(1)?,
            instance: columns.get(2)?,
            code: columns.get(3)?,
            product: columns.get(4)?,
            addresses: columns.get(5)?,
            made_at: columns.get(6)?,
            expires_at: columns.get(7)?,
            used_at: columns.get(8)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO verifications (id, account, instance, code, product, addresses, made_at, expires_at, used_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_ID = "SELECT id, account, instance, code, product, addresses, made_at, expires_at, used_at FROM verifications WHERE id = $1";
    UNUSED = "SELECT instance, CAST(COUNT(*) AS BIGINT) AS count FROM verifications
              WHERE used_at IS NULL AND expires_at > $1 GROUP BY instance ORDER BY instance LIMIT $2";
    USE = "UPDATE verifications SET used_at = CAST($3 AS BIGINT)
           WHERE id = $1 AND account = $2 AND used_at IS NULL AND made_at <= $3 AND expires_at > $3";
}

impl Verification {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, account, instance, code, product, addresses, made_at, expires_at, used_at } = self;
        Write::new(&ADD, vec![id, account, instance, code, product, addresses, made_at, expires_at, used_at])
    }
}

/// The verification with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: VerificationId) -> Result<Option<Verification>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// How often one instance was verified for orders that are not submitted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The instance.
    pub instance: InstanceId,
    /// How many verifications there are.
    pub count: i64,
}

impl Row for Unused {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { instance: columns.get(0)?, count: columns.get(1)? })
    }
}

/// The verifications that an order can still use at a time in microseconds since 1970, by instance; no more than `most` instances.
pub async fn unused(tx: &mut Tx<'_>, at: i64, most: i64) -> Result<Vec<Unused>> {
    tx.all(&UNUSED, &[&at, &most]).await
}

/// A verification that an order is to use.
#[derive(Debug)]
pub struct Use {
    id: VerificationId,
    account: AccountId,
    at: i64,
}

impl Use {
    /// By `account`, at a time in microseconds since 1970.
    pub const fn new(id: VerificationId, account: AccountId, at: i64) -> Self {
        Self { id, account, at }
    }

    /// Uses it. It changes one row, or none where it was used, has ended, or is another account's.
    pub fn using(&self) -> Write<'_> {
        Write::new(&USE, vec![&self.id, &self.account, &self.at])
    }
}
