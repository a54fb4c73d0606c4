//! Pictures of certificates, faces and premises, from when the last number was cancelled that their order filed, changed or ended. While
//! one of those numbers is not cancelled its information must be true, and they are what it is held against.

use super::piece::{Kept, Page};
use store::{AttachmentId, StoreError, Tx, attachments, numbers};

/// Numbers that are looked at in one transaction: each may have some dozens of pictures.
const NUMBERS_AT_ONCE: i64 = 20;

/// Those pictures, number by number.
pub(super) struct Documents;

impl Kept for Documents {
    type At = (i64, String);
    type Thing = AttachmentId;

    fn beginning() -> Self::At {
        (i64::MIN, String::new())
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        let cancelled = numbers::cancelled(tx, until, after, most.min(NUMBERS_AT_ONCE)).await?;
        let of_each: Vec<_> =
            cancelled.iter().map(|(at, number)| attachments::last_needed_for(number, at)).collect();
        let found = tx.each::<(AttachmentId,)>(&of_each).await?;
        let things = found.into_iter().flatten().map(|(id,)| id).collect();
        Ok(Page { upto: cancelled.last().cloned(), things })
    }

    async fn forget(tx: &mut Tx<'_>, things: &[AttachmentId], _: i64) -> Result<(), StoreError> {
        let writes: Vec<_> = things.iter().map(attachments::forgetting).collect();
        tx.together(&writes).await.map(drop)
    }
}
