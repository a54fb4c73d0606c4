//! One piece of a run: some of what a rule lets go, found and, unless it is only counted, forgotten in the same transaction.

use super::run::{Counts, Held};
use crate::failure::{DeskError, Failed};
use std::future::Future;
use store::{StoreError, Tx, Unit};

/// Things that are looked at in one transaction, so that it is short.
const AT_ONCE: i64 = 200;

/// Something that is kept for a time.
pub(super) trait Kept: Send + Sync + 'static {
    /// How far one has come: what is over longest comes first.
    type At: Clone + Send + Sync + 'static;
    /// One thing that is forgotten.
    type Thing: Send + Sync;

    /// Before all.
    fn beginning() -> Self::At;

    /// What is over since `until`, in microseconds since 1970, or before, behind `after`; no more than about `most`.
    fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> impl Future<Output = Result<Page<Self>, StoreError>> + Send;

    /// Forgets those, at `now` in microseconds since 1970.
    fn forget(
        tx: &mut Tx<'_>,
        things: &[Self::Thing],
        now: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What was found.
pub(super) struct Page<K: Kept + ?Sized> {
    /// How far this went; `None` at the end.
    pub(super) upto: Option<K::At>,
    /// What is to be forgotten.
    pub(super) things: Vec<K::Thing>,
}

/// A piece.
pub(super) struct Piece<K: Kept> {
    /// Over since then or before, in microseconds since 1970.
    pub(super) until: i64,
    pub(super) after: K::At,
    pub(super) word: &'static str,
    /// The run for which it is forgotten; without one it is only counted.
    pub(super) run: Option<Held>,
}

/// What a piece came to.
pub(super) struct Went<A> {
    /// How far it went; `None` at the end.
    pub(super) upto: Option<A>,
    /// How many things are forgotten, or would be.
    pub(super) things: u64,
    /// The counts of the run, where somebody else has ended it meanwhile: nothing was forgotten here.
    pub(super) ended: Option<Counts>,
}

impl<K: Kept> Unit for Piece<K> {
    type Output = Went<K::At>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let before = match &self.run {
            None => None,
            Some(held) => {
                let before = held.read(tx).await?;
                if let Some(ended) = before.ended()? {
                    return Ok(Went { upto: None, things: 0, ended: Some(ended) });
                }
                Some((held, before))
            }
        };
        let Page { upto, things } = K::over(tx, self.until, &self.after, AT_ONCE).await?;
        let count = things.len() as u64;
        if let Some((held, before)) = before
            && count > 0
        {
            K::forget(tx, &things, held.now.as_microsecond()).await?;
            held.counted(tx, before, self.word, count).await?;
        }
        Ok(Went { upto, things: count, ended: None })
    }
}
