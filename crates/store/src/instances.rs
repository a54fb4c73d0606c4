//! Instances (产品实例) and the history of what changed about them.

use crate::{
    AccountId, InstanceId,
    desk::Generation,
    error::Result,
    quotas::Places,
    sql::{Columns, Row, statements},
    tx::{Query, Tx, Write},
};

/// One instance as the desk last heard of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id within the desk.
    pub id: InstanceId,
    /// Its own id, as the seller names it.
    pub name: String,
    /// The account that bought it; `None` when that is not known.
    pub account: Option<AccountId>,
    /// The id of its product.
    pub product: String,
    /// What is known of it, as the caller encodes it.
    pub facts: Vec<u8>,
    /// When the desk last heard of a change, in microseconds since 1970.
    pub changed_at: i64,
    /// Since when it is gone, in microseconds since 1970.
    pub gone_at: Option<i64>,
}

/// An instance with all that a decision on a code of it looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The instance.
    pub instance: Instance,
    /// The desk's generation.
    pub desk: Generation,
    /// The places of the instance.
    pub own: Option<Places>,
    /// The places of its account with its product.
    pub of_account: Option<Places>,
    /// Since when its account has a blacklisted subject, and when it last ceased to have one.
    pub blocked: Blocked,
}

/// Whether an account gets codes at all: it does not while a subject of it is on the blacklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked {
    /// Since when the newest of its subjects that are on the blacklist is there, in microseconds since 1970.
    pub since: Option<i64>,
    /// When the last that is no longer there was taken off, in microseconds since 1970.
    pub ended: Option<i64>,
}

impl Blocked {
    /// When that changed, in microseconds since 1970.
    pub fn changed(self) -> impl Iterator<Item = i64> {
        [self.since, self.ended].into_iter().flatten()
    }
}

impl Row for Asked {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let places = |first: usize| -> Result<Option<Places>> {
            let taken: Option<i64> = columns.get(first)?;
            let (used, changed_at): (Option<i64>, Option<i64>) =
                (columns.get(first + 1)?, columns.get(first + 2)?);
            Ok(taken.zip(used).zip(changed_at).map(|((taken, used), changed_at)| Places {
                taken,
                used,
                changed_at,
            }))
        };
        Ok(Self {
            instance: Instance::read(columns)?,
            desk: Generation { generation: columns.get(7)?, changed_at: columns.get(8)? },
            own: places(9)?,
            of_account: places(12)?,
            blocked: Blocked { since: columns.get(15)?, ended: columns.get(16)? },
        })
    }
}

/// An instance as lists read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What a decision on it looks at.
    pub asked: Asked,
    /// Whether anything about it ever changed.
    pub has_history: bool,
}

impl Row for Listed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { asked: Asked::read(columns)?, has_history: columns.get::<i64>(17)? == 1 })
    }
}

/// What was known of an instance before a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When the change was heard of, in microseconds since 1970.
    pub at: i64,
    /// The facts until then.
    pub before: Vec<u8>,
    /// Since when it had been gone until then, in microseconds since 1970.
    pub gone_at: Option<i64>,
}

/// How many changes of one instance are read, the newest: years of monthly renewals.
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
        Ok(Self { at: columns.get(0)?, before: columns.get(1)?, gone_at: columns.get(2)? })
    }
}

statements! {
    ADD = "INSERT INTO instances (id, name, account, product, facts, changed_at, gone_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_NAME = "SELECT id, name, account, product, facts, changed_at, gone_at FROM instances WHERE name = $1";
    ASKED = "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                    o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                    (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = i.account AND b.ended_at IS NULL) AS blocked_since,
                    (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = i.account) AS unblocked_at
             FROM instances i CROSS JOIN desk d
             LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
             LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
             WHERE i.name = $1 AND d.only_one = 1";
    ASKED_BY_ID = "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                    o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                    (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = i.account AND b.ended_at IS NULL) AS blocked_since,
                    (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = i.account) AS unblocked_at
             FROM instances i CROSS JOIN desk d
             LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
             LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
             WHERE i.id = $1 AND d.only_one = 1";
    BY_ID = "SELECT id, name, account, product, facts, changed_at, gone_at FROM instances WHERE id = $1";
    REMEMBER = "INSERT INTO instance_changes (instance, at, before, gone_at)
                SELECT id, CAST($2 AS BIGINT), facts, gone_at FROM instances WHERE id = $1";
    CHANGE = "UPDATE instances SET account = $2, product = $3, facts = $4, changed_at = $5, gone_at = $6 WHERE id = $1";
    UNTIL = "SELECT at, before, gone_at FROM instance_changes WHERE instance = $1 AND at > $2 ORDER BY at LIMIT 1";
    IN_ORDER = "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                       o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                       (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = i.account AND b.ended_at IS NULL) AS blocked_since,
                       (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = i.account) AS unblocked_at,
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM instance_changes c WHERE c.instance = i.id) THEN 1 ELSE 0 END AS BIGINT) AS has_history
                FROM instances i CROSS JOIN desk d
                LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
                LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
                WHERE i.name >= $1 AND i.name > $2 AND d.only_one = 1 ORDER BY i.name LIMIT $3",
        postgres: "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                       o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                       (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = i.account AND b.ended_at IS NULL) AS blocked_since,
                       (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = i.account) AS unblocked_at,
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM instance_changes c WHERE c.instance = i.id) THEN 1 ELSE 0 END AS BIGINT) AS has_history
                FROM instances i CROSS JOIN desk d
                LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
                LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
                WHERE i.name COLLATE \"C\" >= $1 AND i.name COLLATE \"C\" > $2 AND d.only_one = 1
                ORDER BY i.name COLLATE \"C\" LIMIT $3";
    OF_ACCOUNT = "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                       o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                       (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = $1 AND b.ended_at IS NULL) AS blocked_since,
                       (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = $1) AS unblocked_at,
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM instance_changes c WHERE c.instance = i.id) THEN 1 ELSE 0 END AS BIGINT) AS has_history
                FROM instances i CROSS JOIN desk d
                LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
                LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
                WHERE i.account = $1 AND i.name >= $2 AND i.name > $3 AND d.only_one = 1 ORDER BY i.name LIMIT $4",
        postgres: "SELECT i.id, i.name, i.account, i.product, i.facts, i.changed_at, i.gone_at, d.generation, d.changed_at,
                       o.taken, o.used, o.changed_at, a.taken, a.used, a.changed_at,
                       (SELECT MAX(b.since_at) FROM blacklisted_subjects b WHERE b.account = $1 AND b.ended_at IS NULL) AS blocked_since,
                       (SELECT MAX(b.ended_at) FROM blacklisted_subjects b WHERE b.account = $1) AS unblocked_at,
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM instance_changes c WHERE c.instance = i.id) THEN 1 ELSE 0 END AS BIGINT) AS has_history
                FROM instances i CROSS JOIN desk d
                LEFT JOIN quota_places o ON o.owner = i.id AND o.product = ''
                LEFT JOIN quota_places a ON a.owner = i.account AND a.product = i.product
                WHERE i.account = $1 AND i.name COLLATE \"C\" >= $2 AND i.name COLLATE \"C\" > $3 AND d.only_one = 1
                ORDER BY i.name COLLATE \"C\" LIMIT $4";
    HISTORY = "SELECT at, before, gone_at FROM instance_changes WHERE instance = $1 ORDER BY at DESC LIMIT $2";
}

/// Adds an instance of which nothing was known.
pub fn adding(instance: &Instance) -> Write<'_> {
    let Instance { id, name, account, product, facts, changed_at, gone_at } = instance;
    Write::new(&ADD, vec![id, name, account, product, facts, changed_at, gone_at])
}

/// Adds an instance of which nothing was known.
pub async fn add(tx: &mut Tx<'_>, instance: &Instance) -> Result<()> {
    tx.together(&[adding(instance)]).await.map(drop)
}

/// Remembers what was known of an instance before it changes; what it is to be says when.
pub fn remembering(instance: &Instance) -> Write<'_> {
    Write::new(&REMEMBER, vec![&instance.id, &instance.changed_at])
}

/// Writes what is now known of an instance, once what was known before [is remembered](remembering).
pub fn changing(instance: &Instance) -> Write<'_> {
    let Instance { id, name: _, account, product, facts, changed_at, gone_at } = instance;
    Write::new(&CHANGE, vec![id, account, product, facts, changed_at, gone_at])
}

/// The instance that its seller calls `name`.
pub async fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Instance>> {
    tx.optional(&BY_NAME, &[&name]).await
}

/// The instance that its seller calls `name`, with the places of its quotas, in one go.
pub async fn asked(tx: &mut Tx<'_>, name: &str) -> Result<Option<Asked>> {
    tx.optional(&ASKED, &[&name]).await
}

/// The same, of the instance with that id.
pub async fn asked_by_id(tx: &mut Tx<'_>, id: InstanceId) -> Result<Option<Asked>> {
    tx.optional(&ASKED_BY_ID, &[&id]).await
}

/// The instance with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: InstanceId) -> Result<Option<Instance>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// Asks for the instance that its seller calls `name`.
pub fn called(name: &String) -> Query<'_> {
    Query::new(&BY_NAME, vec![name])
}

/// Writes what is now known of an instance and remembers what was known before.
pub async fn change(tx: &mut Tx<'_>, instance: &Instance) -> Result<()> {
    tx.together(&[remembering(instance)]).await?;
    tx.together(&[changing(instance)]).await.map(drop)
}

/// Asks what changed about an instance, newest first, and so much of it at most.
pub fn changes_of<'a>(id: &'a InstanceId, most: &'a i64) -> Query<'a> {
    Query::new(&HISTORY, vec![id, most])
}

/// What changed about an instance, newest first.
pub async fn history(tx: &mut Tx<'_>, id: InstanceId) -> Result<Vec<Change>> {
    tx.all(&HISTORY, &[&id, &MOST_CHANGES]).await
}

/// The first change after `at`, in microseconds since 1970: what it says of before was so at that time.
pub async fn first_change_after(tx: &mut Tx<'_>, id: InstanceId, at: i64) -> Result<Option<Change>> {
    tx.optional(&UNTIL, &[&id, &at]).await
}

/// A piece of the list of instances, in the order of the bytes of their names.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// Only those that this account bought.
    pub of: Option<AccountId>,
    /// None whose name is smaller.
    pub from: &'a str,
    /// None up to this name.
    pub after: &'a str,
    /// So many at most.
    pub most: i64,
}

/// Instances in the order of the bytes of their names.
pub async fn in_order(tx: &mut Tx<'_>, piece: &Piece<'_>) -> Result<Vec<Listed>> {
    let Piece { of, from, after, most } = piece;
    match of {
        Some(account) => tx.all(&OF_ACCOUNT, &[account, from, after, most]).await,
        None => tx.all(&IN_ORDER, &[from, after, most]).await,
    }
}
