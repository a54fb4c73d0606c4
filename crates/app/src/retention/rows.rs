//! What is one row: tries, sessions, keys, requests, lines of the access log, jobs.

use super::piece::{Kept, Page};
use store::{
    AccessLineId, ApiKeyId, JobId, SessionId, StoreError, Tx, Write, access_log, api_keys, jobs, requests,
    sessions, tries,
};
use uuid::Uuid;

/// A page of things that are forgotten as they are found.
fn page<K: Kept<Thing = <K as Kept>::At>>(things: Vec<K::At>) -> Page<K> {
    Page { upto: things.last().cloned(), things }
}

async fn all(tx: &mut Tx<'_>, writes: Vec<Write<'_>>) -> Result<(), StoreError> {
    tx.together(&writes).await.map(drop)
}

/// Sessions, from their end on.
pub(super) struct Sessions;

impl Kept for Sessions {
    type At = (i64, SessionId);
    type Thing = (i64, SessionId);

    fn beginning() -> Self::At {
        (i64::MIN, SessionId::new(Uuid::nil()))
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        sessions::over(tx, until, after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(|(_, id)| sessions::forgetting(id)).collect()).await
    }
}

/// Keys of people and systems, from their revocation or expiry on.
pub(super) struct Keys;

impl Kept for Keys {
    type At = (i64, ApiKeyId);
    type Thing = (i64, ApiKeyId);

    fn beginning() -> Self::At {
        (i64::MIN, ApiKeyId::new(Uuid::nil()))
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        api_keys::over(tx, until, after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(|(_, id)| api_keys::forgetting(id)).collect()).await
    }
}

/// Tries, from the last that failed on.
pub(super) struct Tries;

impl Kept for Tries {
    type At = tries::LastFailed;
    type Thing = tries::LastFailed;

    fn beginning() -> Self::At {
        (i64::MIN, String::new(), Vec::new())
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        tries::over(tx, until, after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(|(_, scope, subject)| tries::forgetting(scope, subject)).collect()).await
    }
}

/// Requests with an idempotency key, from when they were made.
pub(super) struct Requests;

impl Kept for Requests {
    type At = requests::Asked;
    type Thing = requests::Asked;

    fn beginning() -> Self::At {
        (i64::MIN, String::new(), String::new())
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        requests::over(tx, until, after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(|(_, asker, key)| requests::forgetting(asker, key)).collect()).await
    }
}

/// Lines of the access log, from when somebody looked.
pub(super) struct Lines;

impl Kept for Lines {
    type At = AccessLineId;
    type Thing = AccessLineId;

    fn beginning() -> Self::At {
        AccessLineId::new(Uuid::nil())
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        // Ids have milliseconds: a line of the very millisecond is over as well.
        access_log::over(tx, until.saturating_add(1_000), *after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(access_log::forgetting).collect()).await
    }
}

/// Jobs, from when they were done.
pub(super) struct Jobs;

impl Kept for Jobs {
    type At = (i64, JobId);
    type Thing = (i64, JobId);

    fn beginning() -> Self::At {
        (i64::MIN, JobId::new(Uuid::nil()))
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        jobs::done(tx, until, after, most).await.map(page)
    }

    async fn forget(tx: &mut Tx<'_>, things: &[Self::Thing], _: i64) -> Result<(), StoreError> {
        all(tx, things.iter().map(|(_, id)| jobs::forgetting(id)).collect()).await
    }
}
