//! Requests with an idempotency key: what was asked, and the entry of the ledger from which the answer is given again.

use crate::{
    EntryId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::Tx,
};

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A keyed hash of all that was asked, so that the same key with another question is noticed.
    pub digest: Vec<u8>,
    /// The entry of the ledger that says what was answered. Of an account that was opened, which leaves none, its own id.
    pub entry: EntryId,
}

impl Row for Request {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { digest: columns.get(0)?, entry: columns.get(1)? })
    }
}

statements! {
    FIND = "SELECT digest, entry FROM requests WHERE asker = $1 AND key = $2";
    REMEMBER = "INSERT INTO requests (asker, key, digest, entry, at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT DO NOTHING";
}

/// The request that `asker` made with `key`.
pub async fn find(tx: &mut Tx<'_>, asker: &str, key: &str) -> Result<Option<Request>> {
    tx.optional(&FIND, &[&asker, &key]).await
}

/// Remembers a request, in the transaction that does what it asks; `false` when the asker has used the key before. It is
/// written first and asked afterwards: a search for a key that is not there would collide with every other one.
pub async fn remember(tx: &mut Tx<'_>, asker: &str, key: &str, request: &Request, at: i64) -> Result<bool> {
    let Request { digest, entry } = request;
    Ok(tx.execute(&REMEMBER, &[&asker, &key, digest, entry, &at]).await? == 1)
}
