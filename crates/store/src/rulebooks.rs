//! Rulebooks (规则集) that were published, by digest. None is ever changed or deleted: the ledger names them.

use crate::{error::Result, sql::statements, tx::Tx};

statements! {
    ADD = "INSERT INTO rulebooks (digest, text, published_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    TEXTS = "SELECT text FROM rulebooks ORDER BY published_at, digest LIMIT $1";
    TEXT = "SELECT text FROM rulebooks WHERE digest = $1";
}

/// Far more rulebooks than a desk ever publishes.
const MOST: i64 = 1000;

/// Adds a rulebook; `false` when it is there already.
pub async fn add(tx: &mut Tx<'_>, digest: &[u8], text: &[u8], at: i64) -> Result<bool> {
    Ok(tx.execute(&ADD, &[&digest, &text, &at]).await? == 1)
}

/// The text of the rulebook with that SHA-256.
pub async fn text(tx: &mut Tx<'_>, digest: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(tx.optional::<(Vec<u8>,)>(&TEXT, &[&digest]).await?.map(|(text,)| text))
}

/// The texts of all rulebooks, in the order in which they were published.
pub async fn texts(tx: &mut Tx<'_>) -> Result<Vec<Vec<u8>>> {
    Ok(tx.all::<(Vec<u8>,)>(&TEXTS, &[&MOST]).await?.into_iter().map(|(text,)| text).collect())
}
