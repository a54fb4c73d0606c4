//! Keys with which people and systems call: bearer keys, of which a digest is stored, and signing keys, whose secret is
//! sealed because it is needed again.

use crate::{
    ApiKeyId, UserId,
    codes::Prefix,
    error::Result,
    sealed::Sealed,
    sessions::Holder,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id within the desk.
    pub id: ApiKeyId,
    /// Whose it is.
    pub user: UserId,
    /// What its user calls it.
    pub label: String,
    /// SHA-256 of a bearer key.
    pub digest: Option<Vec<u8>>,
    /// The secret of a signing key, sealed.
    pub sealed: Option<Vec<u8>>,
    /// Words of the rights that it is restricted to, with a space between them.
    pub scopes: Option<String>,
    /// When it was made, in microseconds since 1970.
    pub made_at: i64,
    /// Until when it is good.
    pub expires_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// When it was last used, to a minute.
    pub used_at: Option<i64>,
}

impl Row for ApiKey {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            user: columns.get(1)?,
            label: columns.get(2)?,
            digest: columns.get(3)?,
            sealed: columns.get(4)?,
            scopes: columns.get(5)?,
            made_at: columns.get(6)?,
            expires_at: columns.get(7)?,
            revoked_at: columns.get(8)?,
            used_at: columns.get(9)?,
        })
    }
}

/// A key with its user, as a request needs both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Its id.
    pub id: ApiKeyId,
    /// Words of the rights that it is restricted to, with a space between them.
    pub scopes: Option<String>,
    /// Until when it is good.
    pub expires_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// When it was last used, to a minute.
    pub used_at: Option<i64>,
    /// The secret of a signing key, sealed.
    pub sealed: Option<Vec<u8>>,
    /// Whose it is.
    pub holder: Holder,
    /// The generation of the desk in which it was read: until the next one it gives what it gives now.
    pub generation: i64,
}

impl Row for Presented {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            scopes: columns.get(1)?,
            expires_at: columns.get(2)?,
            revoked_at: columns.get(3)?,
            used_at: columns.get(4)?,
            sealed: columns.get(5)?,
            holder: Holder::read(columns, 6)?,
            generation: columns.get(14)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO api_keys (id, user_id, label, digest, sealed, scopes, made_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_DIGEST = "SELECT k.id, k.scopes, k.expires_at, k.revoked_at, k.used_at, k.sealed, u.id AS user_id, u.name, u.system,
                        u.roles, u.account, a.name AS account_name, u.password_until, u.locked_at, d.generation
                 FROM api_keys k JOIN users u ON u.id = k.user_id CROSS JOIN desk d LEFT JOIN accounts a ON a.id = u.account
                 WHERE k.digest = $1";
    BY_ID = "SELECT k.id, k.scopes, k.expires_at, k.revoked_at, k.used_at, k.sealed, u.id AS user_id, u.name, u.system,
                    u.roles, u.account, a.name AS account_name, u.password_until, u.locked_at, d.generation
             FROM api_keys k JOIN users u ON u.id = k.user_id CROSS JOIN desk d LEFT JOIN accounts a ON a.id = u.account
             WHERE k.id = $1";
    OF_USER = "SELECT id, user_id, label, digest, sealed, scopes, made_at, expires_at, revoked_at, used_at FROM api_keys
               WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id LIMIT $2";
    REVOKE = "UPDATE api_keys SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL";
    USE = "UPDATE api_keys SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at <= $3)";
    SECRETS_NOT_UNDER = "SELECT id, sealed FROM api_keys WHERE id > $1 AND sealed IS NOT NULL AND substr(sealed, 1, 5) <> $2
                         ORDER BY id LIMIT $3";
    SECRETS_BY_PREFIX = "SELECT substr(sealed, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS secrets FROM api_keys
                         WHERE sealed IS NOT NULL GROUP BY 1 LIMIT $1";
    OVER = "SELECT COALESCE(revoked_at, expires_at) AS over_at, id FROM api_keys
            WHERE COALESCE(revoked_at, expires_at) <= $1
              AND (COALESCE(revoked_at, expires_at) > $2 OR (COALESCE(revoked_at, expires_at) = $2 AND id > $3))
            ORDER BY COALESCE(revoked_at, expires_at), id LIMIT $4";
    FORGET = "DELETE FROM api_keys WHERE id = $1";
    RESEAL = "UPDATE api_keys SET sealed = $2 WHERE id = $1 AND sealed = $3";
}

/// Adds a key.
pub fn adding(key: &ApiKey) -> Write<'_> {
    let ApiKey { id, user, label, digest, sealed, scopes, made_at, expires_at, .. } = key;
    Write::new(&ADD, vec![id, user, label, digest, sealed, scopes, made_at, expires_at])
}

/// The bearer key with that SHA-256.
pub async fn by_digest(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<Option<Presented>> {
    tx.optional(&BY_DIGEST, &[&digest.as_slice()]).await
}

/// The key with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: ApiKeyId) -> Result<Option<Presented>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The keys of a user that are not revoked, oldest first, no more than `most`.
pub async fn of_user(tx: &mut Tx<'_>, user: UserId, most: i64) -> Result<Vec<ApiKey>> {
    tx.all(&OF_USER, &[&user, &most]).await
}

/// Revokes a key of that user: one row, or none where he has no such key or it is revoked already.
pub async fn revoke(tx: &mut Tx<'_>, id: ApiKeyId, user: UserId, at: i64) -> Result<bool> {
    Ok(tx.execute(&REVOKE, &[&id, &user, &at]).await? == 1)
}

/// Notes that a key was used at `at`, unless it was noted after `since`.
pub async fn note_use(tx: &mut Tx<'_>, id: ApiKeyId, at: i64, since: i64) -> Result<u64> {
    tx.execute(&USE, &[&id, &at, &since]).await
}

/// Secrets after the key `after` that are sealed under another key than that of `prefix`, no more than `most`.
pub async fn secrets_not_under(
    tx: &mut Tx<'_>,
    after: uuid::Uuid,
    prefix: Prefix,
    most: i64,
) -> Result<Vec<Sealed>> {
    tx.all(&SECRETS_NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// How many secrets are sealed under each key. Visits all of them.
pub async fn secrets_by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&SECRETS_BY_PREFIX, &[&crate::codes::MOST_PREFIXES]).await
}

/// Keys that were revoked, or had expired, at `until`, behind the end and key of `after`, the longest over first, no more than `most`:
/// when each ended, in microseconds since 1970, and its id.
pub async fn over(
    tx: &mut Tx<'_>,
    until: i64,
    after: &(i64, ApiKeyId),
    most: i64,
) -> Result<Vec<(i64, ApiKeyId)>> {
    tx.all(&OVER, &[&until, &after.0, &after.1, &most]).await
}

/// Forgets a key.
pub fn forgetting(id: &ApiKeyId) -> Write<'_> {
    Write::new(&FORGET, vec![id])
}

/// Stores a secret sealed anew; nothing where it is no longer sealed as `before`.
pub fn resealing<'a>(before: &'a Sealed, sealed: &'a Vec<u8>) -> Write<'a> {
    Write::new(&RESEAL, vec![&before.id, sealed, &before.sealed])
}
