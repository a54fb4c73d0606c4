//! Requests with an idempotency key: what was asked, and the entry of the ledger from which the answer is given again.

use crate::{
    EntryId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
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
    OVER = "SELECT at, asker, key FROM requests WHERE (at, asker, key) > ($1, $2, $3) AND at <= $4 ORDER BY at, asker, key LIMIT $5";
    FORGET = "DELETE FROM requests WHERE asker = $1 AND key = $2";
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

/// When somebody asked something, in microseconds since 1970, who, and with which key.
pub type Asked = (i64, String, String);

/// What was asked at `until` or before, behind `after`, the longest ago first, no more than `most`.
pub async fn over(tx: &mut Tx<'_>, until: i64, after: &Asked, most: i64) -> Result<Vec<Asked>> {
    let (at, asker, key) = after;
    tx.all(&OVER, &[at, asker, key, &until, &most]).await
}

/// Forgets what `asker` made with `key`: made again with it, it is done again.
pub fn forgetting<'a>(asker: &'a String, key: &'a String) -> Write<'a> {
    Write::new(&FORGET, vec![asker, key])
}
