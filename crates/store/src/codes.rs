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
                 FROM codes WHERE lookup = $1";
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

/// The code with that keyed hash.
pub async fn by_lookup(tx: &mut Tx<'_>, lookup: &[u8]) -> Result<Option<StoredCode>> {
    tx.optional(&BY_LOOKUP, &[&lookup]).await
}

/// The codes of an instance, oldest first, no more than `most`.
pub async fn of_instance(tx: &mut Tx<'_>, instance: InstanceId, most: i64) -> Result<Vec<StoredCode>> {
    tx.all(&OF_INSTANCE, &[&instance, &most]).await
}
