//! Requests that may be sent again under a key, whatever tells the answer again: they are remembered in the transaction that
//! does what they ask.
//!
//! Of what was asked a keyed hash is kept: it may have names and numbers in it, and whoever has the database could otherwise try
//! guesses against it, also after they were erased.

use crate::{
    Actor, IdempotencyKey, Told,
    failure::{DeskError, Failed, Failure},
    ground::Ground,
    marks::mark,
};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::future::Future;
use store::{
    EntryId, StoreError, Tx, Unit,
    requests::{self, Request},
};

/// Under which requests are told apart.
const ASKED: &str = "kebei v1 requests";

/// A request with its key.
#[derive(Clone, Debug)]
pub(crate) struct Repeatable {
    asker: String,
    key: IdempotencyKey,
    /// A keyed hash of all that was asked.
    digest: [u8; 32],
    /// The hash without a key that was kept before there were orders, and so before anything personal was asked.
    former: [u8; 32],
}

impl Repeatable {
    /// What `by` asked under `key`: a deed of that word.
    pub(crate) fn new(
        ground: &Ground,
        by: &Actor,
        key: IdempotencyKey,
        word: &str,
        asked: &impl Serialize,
    ) -> Result<Self, DeskError> {
        let asked = serde_json::to_vec(asked).map_err(|error| DeskError::unwritable(&error))?;
        let former = Sha256::new().chain_update(word).chain_update([0]).chain_update(asked).finalize();
        let digest = mark(ground, ASKED, &[&former]);
        Ok(Self { asker: by.to_string(), key, digest, former: former.into() })
    }

    /// What answered the same request before; otherwise it is remembered as answered by `entry`. The request is written first
    /// and looked for only when it is there: a search for one that is not there would collide with every other on PostgreSQL.
    pub(crate) async fn before<E>(
        &self,
        tx: &mut Tx<'_>,
        entry: EntryId,
        now: Timestamp,
    ) -> Result<Option<EntryId>, Failed<Failure<E>>> {
        let request = Request { digest: self.digest.to_vec(), entry };
        if requests::remember(tx, &self.asker, self.key.as_str(), &request, now.as_microsecond()).await? {
            return Ok(None);
        }
        let same = self.first(tx).await?.filter(|first| self.is_same(first));
        same.map(|first| Some(first.entry)).ok_or(Failed::Because(Failure::KeyUsed))
    }

    /// The request that was made first with this key, where there was one.
    pub(crate) async fn first(&self, tx: &mut Tx<'_>) -> Result<Option<Request>, StoreError> {
        requests::find(tx, &self.asker, self.key.as_str()).await
    }

    /// Whether that request asked the same.
    pub(crate) fn is_same(&self, first: &Request) -> bool {
        first.digest == self.digest || first.digest == self.former
    }
}

/// A unit that can tell again what it came to.
pub(crate) trait Again: Unit {
    /// The answer that was given before, to the request that `entry` answered.
    fn again(
        &self,
        tx: &mut Tx<'_>,
        entry: EntryId,
    ) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}

/// A unit with the request that asked for it: done now, or told again.
#[derive(Debug)]
pub(crate) struct Remembered<U> {
    pub(crate) request: Repeatable,
    /// What answers the request, as [`Request::entry`] names it.
    pub(crate) entry: EntryId,
    pub(crate) now: Timestamp,
    pub(crate) unit: U,
}

impl<E: Send + 'static, U: Unit<Error = Failed<E>> + Again> Unit for Remembered<U> {
    type Output = Told<U::Output>;
    type Error = Failed<Failure<E>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let Self { request, entry, now, unit } = self;
        let (entry, before, answer) = match request.before(tx, *entry, *now).await? {
            Some(first) => (first, true, unit.again(tx, first).await),
            None => (*entry, false, unit.run(tx).await),
        };
        answer.map(|answer| Told { entry, before, answer }).map_err(Failed::into_failure)
    }
}
