//! Instances (产品实例) and the history of what changed about them.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::Tx,
};
use uuid::Uuid;

/// One instance as the desk last heard of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id within the desk.
    pub id: Uuid,
    /// Its own id, as the seller names it.
    pub name: String,
    /// The account that bought it; `None` when that is not known.
    pub account: Option<Uuid>,
    /// The id of its product.
    pub product: String,
    /// What is known of it, as the caller encodes it.
    pub facts: Vec<u8>,
    /// When the desk last heard of a change, in microseconds since 1970.
    pub changed_at: i64,
    /// Since when it is gone, in microseconds since 1970.
    pub gone_at: Option<i64>,
}

/// What was known of an instance before a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When the change was heard of, in microseconds since 1970.
    pub at: i64,
    /// The facts until then.
    pub before: Vec<u8>,
}

/// How many changes of one instance are read: years of monthly renewals.
const MOST_CHANGES: i64 = 1000;

impl Row for Instance {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            name: columns.get(1)?,
            account: columns.get(2)?,
            product: columns.get(3)?,
            facts: columns.get(4)?,
            changed_at: columns.get(5)?,
            gone_at: columns.get(6)?,
        })
    }
}

impl Row for Change {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { at: columns.get(0)?, before: columns.get(1)? })
    }
}

statements! {
    ADD = "INSERT INTO instances (id, name, account, product, facts, changed_at, gone_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_NAME = "SELECT id, name, account, product, facts, changed_at, gone_at FROM instances WHERE name = $1";
    BY_ID = "SELECT id, name, account, product, facts, changed_at, gone_at FROM instances WHERE id = $1";
    REMEMBER = "INSERT INTO instance_changes (instance, at, before)
                SELECT id, CAST($2 AS BIGINT), facts FROM instances WHERE id = $1";
    CHANGE = "UPDATE instances SET account = $2, product = $3, facts = $4, changed_at = $5, gone_at = $6 WHERE id = $1";
    HISTORY = "SELECT at, before FROM instance_changes WHERE instance = $1 ORDER BY at LIMIT $2";
}

/// Adds an instance of which nothing was known.
pub async fn add(tx: &mut Tx<'_>, instance: &Instance) -> Result<()> {
    let Instance { id, name, account, product, facts, changed_at, gone_at } = instance;
    tx.execute(&ADD, &[id, name, account, product, facts, changed_at, gone_at]).await.map(drop)
}

/// The instance that its seller calls `name`.
pub async fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Instance>> {
    tx.optional(&BY_NAME, &[&name]).await
}

/// The instance with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Instance>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// Writes what is now known of an instance and remembers what was known before.
pub async fn change(tx: &mut Tx<'_>, instance: &Instance) -> Result<()> {
    let Instance { id, name: _, account, product, facts, changed_at, gone_at } = instance;
    tx.execute(&REMEMBER, &[id, changed_at]).await?;
    tx.execute(&CHANGE, &[id, account, product, facts, changed_at, gone_at]).await.map(drop)
}

/// What changed about an instance, oldest first.
pub async fn history(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<Change>> {
    tx.all(&HISTORY, &[&id, &MOST_CHANGES]).await
}
