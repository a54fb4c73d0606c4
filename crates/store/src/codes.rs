//! Service codes (备案服务号): stored encrypted and found by keyed hash.

use crate::{
    AccountId, CodeId, InstanceId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// One code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCode {
    /// Its id within the desk.
    pub id: CodeId,
    /// The instance it is bound to.
    pub instance: Option<InstanceId>,
    /// The account that may see it: the buyer of the instance.
    pub owner: Option<AccountId>,
    /// The account it was granted to.
    pub grantee: Option<AccountId>,
    /// The word of its state.
    pub state: String,
    /// 1 where it counts towards the quota, else 0.
    pub counted: i64,
    /// The keyed hash by which it is found.
    pub lookup: Vec<u8>,
    /// The code itself, encrypted.
    pub sealed: Vec<u8>,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for StoredCode {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            instance: columns.get(1)?,
            owner: columns.get(2)?,
            grantee: columns.get(3)?,
            state: columns.get(4)?,
            counted: columns.get(5)?,
            lookup: columns.get(6)?,
            sealed: columns.get(7)?,
            changed_at: columns.get(8)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO codes (id, instance, owner, grantee, state, counted, lookup, sealed, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_ID = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at FROM codes WHERE id = $1";
    BY_LOOKUP = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
                 FROM codes WHERE lookup IN ($1, $2)";
    OF_INSTANCE = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
                   FROM codes WHERE instance = $1 ORDER BY id LIMIT $2";
    OLDEST = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
              FROM codes ORDER BY id LIMIT $1";
    NEWEST = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
              FROM codes ORDER BY id DESC LIMIT $1";
    NOT_UNDER = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
                 FROM codes WHERE id > $1 AND substr(sealed, 1, 5) <> $2 ORDER BY id LIMIT $3";
    ANY_NOT_UNDER = "SELECT id FROM codes WHERE substr(sealed, 1, 5) <> $1 LIMIT 1";
    BY_PREFIX = "SELECT substr(sealed, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS codes FROM codes GROUP BY 1 LIMIT $1";
    RESEAL = "UPDATE codes SET sealed = $2, lookup = $3 WHERE id = $1 AND sealed = $4";
}

/// The first bytes of a sealed value, which name its key: `keys::sealed_prefix`.
pub type Prefix = [u8; 5];

/// Distinct prefixes told at most: one for each key that a desk ever has at a time.
const MOST_PREFIXES: i64 = 1000;

/// Adds a code.
pub fn adding(code: &StoredCode) -> Write<'_> {
    let StoredCode { id, instance, owner, grantee, state, counted, lookup, sealed, changed_at } = code;
    Write::new(&ADD, vec![id, instance, owner, grantee, state, counted, lookup, sealed, changed_at])
}

/// The code with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: CodeId) -> Result<Option<StoredCode>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The code with one of those keyed hashes: under the active key, and under the one before it while codes are hashed anew.
pub async fn by_lookup(tx: &mut Tx<'_>, hashes: &[[u8; 32]; 2]) -> Result<Option<StoredCode>> {
    let [current, previous] = hashes.each_ref().map(<[u8; 32]>::as_slice);
    tx.optional(&BY_LOOKUP, &[&current, &previous]).await
}

/// The codes of an instance, oldest first, no more than `most`.
pub async fn of_instance(tx: &mut Tx<'_>, instance: InstanceId, most: i64) -> Result<Vec<StoredCode>> {
    tx.all(&OF_INSTANCE, &[&instance, &most]).await
}

/// The oldest codes and the newest, `most` of each: a sample.
pub async fn sample(tx: &mut Tx<'_>, most: i64) -> Result<Vec<StoredCode>> {
    let mut found = tx.all(&OLDEST, &[&most]).await?;
    found.extend(tx.all::<StoredCode>(&NEWEST, &[&most]).await?);
    Ok(found)
}

/// Codes after `after` that are sealed under another key than that of `prefix`, in the order of their ids, no more than
/// `most`. Visits all that follow `after`; for a unit that only reads.
pub async fn not_under(tx: &mut Tx<'_>, after: CodeId, prefix: Prefix, most: i64) -> Result<Vec<StoredCode>> {
    tx.all(&NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// Whether any code is sealed under another key than that of `prefix`. Visits all of them.
pub async fn any_not_under(tx: &mut Tx<'_>, prefix: Prefix) -> Result<bool> {
    Ok(tx.optional::<(CodeId,)>(&ANY_NOT_UNDER, &[&prefix.as_slice()]).await?.is_some())
}

/// How many codes are sealed under each key. Visits all of them.
pub async fn by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&BY_PREFIX, &[&MOST_PREFIXES]).await
}

/// A code sealed and hashed anew; nothing where it is no longer sealed as `before`.
#[derive(Clone, Debug)]
pub struct Resealed {
    /// Which code.
    pub id: CodeId,
    /// As it was sealed.
    pub before: Vec<u8>,
    /// As it is sealed now.
    pub sealed: Vec<u8>,
    /// The keyed hash by which it is found now.
    pub lookup: Vec<u8>,
}

/// Stores it.
pub fn resealing(resealed: &Resealed) -> Write<'_> {
    let Resealed { id, before, sealed, lookup } = resealed;
    Write::new(&RESEAL, vec![id, sealed, lookup, before])
}
