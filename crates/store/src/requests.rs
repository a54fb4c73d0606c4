//! Requests with an idempotency key: what was asked, and from which things the answer is rendered again.

use crate::{
    error::Result,
    sql::{Columns, Row, statements},
    tx::Tx,
};
use uuid::Uuid;

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A digest of all that was asked, so that the same key with another question is noticed.
    pub digest: Vec<u8>,
    /// What the answer is rendered from, as the caller encodes it.
    pub answer: Vec<u8>,
}

impl Row for Request {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { digest: columns.get(0)?, answer: columns.get(1)? })
    }
}

statements! {
    FIND = "SELECT digest, answer FROM requests WHERE account = $1 AND key = $2";
    REMEMBER = "INSERT INTO requests (account, key, digest, answer, at) VALUES ($1, $2, $3, $4, $5)";
}

/// The request that `account` made with `key`.
pub async fn find(tx: &mut Tx<'_>, account: Uuid, key: &str) -> Result<Option<Request>> {
    tx.optional(&FIND, &[&account, &key]).await
}

/// Remembers a request and its answer, in the transaction that did what it asked.
pub async fn remember(tx: &mut Tx<'_>, account: Uuid, key: &str, request: &Request, at: i64) -> Result<()> {
    let Request { digest, answer } = request;
    tx.execute(&REMEMBER, &[&account, &key, digest, answer, &at]).await.map(drop)
}
