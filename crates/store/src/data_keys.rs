//! Data keys, wrapped by the master key, which is never in the database.

use crate::{
    error::{Result, StoreError},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use keys::{KeyId, KeyState, Purpose, StoredKey};

/// Purposes times generations: far more than a desk ever has.
const MOST: i64 = 1000;

/// A key as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    id: i64,
    purpose: String,
    state: &'static str,
    wrapped: Vec<u8>,
    made_at: i64,
}

impl KeyRow {
    /// The row of `key`, made at `made_at` microseconds since 1970.
    pub fn new(key: &StoredKey, made_at: i64) -> Self {
        let StoredKey { id, purpose, state, wrapped } = key.clone();
        Self {
            id: id.get().into(),
            purpose: purpose.word().to_owned(),
            state: state.word(),
            wrapped,
            made_at,
        }
    }
}

struct Found(StoredKey);

impl Row for Found {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (id, state): (i64, String) = (columns.get(0)?, columns.get(2)?);
        let unreadable = |what, found: String| StoreError::Unreadable { what, found };
        let purpose: String = columns.get(1)?;
        Ok(Self(StoredKey {
            id: KeyId::new(u32::try_from(id).map_err(|_| unreadable("data_keys.id", id.to_string()))?),
            purpose: Purpose::from(purpose),
            state: KeyState::from_word(&state).ok_or_else(|| unreadable("data_keys.state", state))?,
            wrapped: columns.get(3)?,
        }))
    }
}

/// A key with the time at which it was made, in microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The key.
    pub key: StoredKey,
    /// When it was made.
    pub made_at: i64,
}

impl Row for Dated {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let Found(key) = Found::read(columns)?;
        Ok(Self { key, made_at: columns.get(4)? })
    }
}

statements! {
    ADD = "INSERT INTO data_keys (id, purpose, state, wrapped, made_at) VALUES ($1, $2, $3, $4, $5)";
    ALL_KEYS = "SELECT id, purpose, state, wrapped FROM data_keys ORDER BY id LIMIT $1";
    DATED = "SELECT id, purpose, state, wrapped, made_at FROM data_keys ORDER BY id LIMIT $1";
    RETIRE = "UPDATE data_keys SET state = 'retired' WHERE id = $1 AND state = 'active'";
    DELETE = "DELETE FROM data_keys WHERE id = $1 AND state = 'retired'";
    REWRAP = "UPDATE data_keys SET wrapped = $2 WHERE id = $1 AND wrapped = $3";
}

/// Every key, in the order of their ids.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<StoredKey>> {
    Ok(tx.all::<Found>(&ALL_KEYS, &[&MOST]).await?.into_iter().map(|Found(key)| key).collect())
}

/// Adds a key.
pub fn adding(key: &KeyRow) -> Write<'_> {
    let KeyRow { id, purpose, state, wrapped, made_at } = key;
    Write::new(&ADD, vec![id, purpose, state, wrapped, made_at])
}

/// Every key with its time, in the order of their ids.
pub async fn dated(tx: &mut Tx<'_>) -> Result<Vec<Dated>> {
    tx.all(&DATED, &[&MOST]).await
}

/// Retires an active key, before the one that replaces it is added; `false` when it is not active.
pub async fn retire(tx: &mut Tx<'_>, id: KeyId) -> Result<bool> {
    Ok(tx.execute(&RETIRE, &[&i64::from(id.get())]).await? == 1)
}

/// Deletes a retired key, under which nothing may be sealed any more; `false` when it is gone or not retired.
pub async fn delete(tx: &mut Tx<'_>, id: KeyId) -> Result<bool> {
    Ok(tx.execute(&DELETE, &[&i64::from(id.get())]).await? == 1)
}

/// Replaces what `before` has wrapped by what `after` has, the same key under another master key; `false` when it is
/// no longer wrapped as in `before`.
pub async fn rewrap(tx: &mut Tx<'_>, before: &StoredKey, after: &StoredKey) -> Result<bool> {
    let id = i64::from(before.id.get());
    Ok(tx.execute(&REWRAP, &[&id, &after.wrapped, &before.wrapped]).await? == 1)
}
