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

statements! {
    ADD = "INSERT INTO data_keys (id, purpose, state, wrapped, made_at) VALUES ($1, $2, $3, $4, $5)";
    ALL_KEYS = "SELECT id, purpose, state, wrapped FROM data_keys ORDER BY id LIMIT $1";
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
