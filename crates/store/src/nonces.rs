//! What signed requests carry so that they cannot be sent again.

use crate::{ApiKeyId, error::Result, sql::statements, tx::Tx};

statements! {
    TAKE = "INSERT INTO signature_nonces (key_id, nonce, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    FORGET = "DELETE FROM signature_nonces WHERE at <= $1";
}

/// Takes a nonce for a key, by its SHA-256, at `at` in microseconds since 1970; `false` where it was taken before.
pub async fn take(tx: &mut Tx<'_>, key: ApiKeyId, nonce: &[u8; 32], at: i64) -> Result<bool> {
    Ok(tx.execute(&TAKE, &[&key, &nonce.as_slice(), &at]).await? == 1)
}

/// Forgets the nonces that were taken at `until` or before, in microseconds since 1970; how many these were.
pub async fn forget(tx: &mut Tx<'_>, until: i64) -> Result<u64> {
    tx.execute(&FORGET, &[&until]).await
}
