//! Service codes (备案服务号): stored encrypted and found by keyed hash.

use crate::{
    AccountId, CodeId, InstanceId,
    error::Result,
    sql::{Columns, Param, Row, statements},
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

/// A code with the names of those who have to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The code.
    pub code: StoredCode,
    /// The name of the account that owns it.
    pub owner: Option<String>,
    /// The name of the account that it was granted to.
    pub grantee: Option<String>,
}

impl Row for Held {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { code: StoredCode::read(columns)?, owner: columns.get(9)?, grantee: columns.get(10)? })
    }
}

statements! {
    ADD = "INSERT INTO codes (id, instance, owner, grantee, state, counted, lookup, sealed, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_ID = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at FROM codes WHERE id = $1";
    HELD = "SELECT c.id, c.instance, c.owner, c.grantee, c.state, c.counted, c.lookup, c.sealed, c.changed_at, o.name, g.name
            FROM codes c LEFT JOIN accounts o ON o.id = c.owner LEFT JOIN accounts g ON g.id = c.grantee
            WHERE c.id = $1";
    HELD_BY_LOOKUP = "SELECT c.id, c.instance, c.owner, c.grantee, c.state, c.counted, c.lookup, c.sealed, c.changed_at, o.name, g.name
            FROM codes c LEFT JOIN accounts o ON o.id = c.owner LEFT JOIN accounts g ON g.id = c.grantee
            WHERE c.lookup IN ($1, $2)";
    OF_ACCOUNT = "SELECT c.id, c.instance, c.owner, c.grantee, c.state, c.counted, c.lookup, c.sealed, c.changed_at, o.name, g.name
            FROM codes c LEFT JOIN accounts o ON o.id = c.owner LEFT JOIN accounts g ON g.id = c.grantee
            WHERE (c.owner = $1 OR c.grantee = $1) AND c.id > $2 ORDER BY c.id LIMIT $3";
    CHANGE = "UPDATE codes SET instance = $2, owner = $3, grantee = $4, state = $5, counted = $6, changed_at = $7
              WHERE id = $1 AND state = $8 AND counted = $9 AND changed_at = $10";
    OF_INSTANCE = "SELECT id, instance, owner, grantee, state, counted, lookup, sealed, changed_at
                   FROM codes WHERE instance = $1 ORDER BY id LIMIT $2";
}

/// Adds a code.
pub fn adding(code: &StoredCode) -> Write<'_> {
    let StoredCode { id, instance, owner, grantee, state, counted, lookup, sealed, changed_at } = code;
    Write::new(&ADD, vec![id, instance, owner, grantee, state, counted, lookup, sealed, changed_at])
}

/// The code with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: CodeId) -> Result<Option<StoredCode>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The code with that id, and who has to do with it.
pub async fn held(tx: &mut Tx<'_>, id: CodeId) -> Result<Option<Held>> {
    tx.optional(&HELD, &[&id]).await
}

/// The code with one of those keyed hashes: while keys are rotated a row may store either.
pub async fn held_by_lookup(tx: &mut Tx<'_>, [one, other]: &[[u8; 32]; 2]) -> Result<Option<Held>> {
    tx.optional(&HELD_BY_LOOKUP, &[&one.as_slice(), &other.as_slice()]).await
}

/// The codes that an account owns or was granted, after the code `after`, oldest first, no more than `most`.
pub async fn of_account(tx: &mut Tx<'_>, account: AccountId, after: CodeId, most: i64) -> Result<Vec<Held>> {
    tx.all(&OF_ACCOUNT, &[&account, &after, &most]).await
}

/// Writes what became of a code; `false` when it is no longer as it was.
pub async fn change(tx: &mut Tx<'_>, before: &StoredCode, after: &StoredCode) -> Result<bool> {
    let StoredCode { id, instance, owner, grantee, state, counted, changed_at, .. } = after;
    let StoredCode { state: state_was, counted: counted_was, changed_at: changed_was, .. } = before;
    let parameters: [&dyn Param; 10] =
        [id, instance, owner, grantee, state, counted, changed_at, state_was, counted_was, changed_was];
    Ok(tx.execute(&CHANGE, &parameters).await? == 1)
}

/// The codes of an instance, oldest first, no more than `most`.
pub async fn of_instance(tx: &mut Tx<'_>, instance: InstanceId, most: i64) -> Result<Vec<StoredCode>> {
    tx.all(&OF_INSTANCE, &[&instance, &most]).await
}
