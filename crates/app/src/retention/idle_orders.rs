//! Orders that were given up or lapsed: what was filled in, submitted and said of it goes, with pictures and that by which they are
//! found; and the key, where nothing else is sealed under it. That there was an order, and what happened to it, stays.

use super::piece::{Kept, Page};
use store::{
    OrderId, StoreError, Tx, attachments, order_parts,
    orders::{self, GivenUp},
    subject_keys,
};
use uuid::Uuid;

/// Those orders, from when they were given up.
pub(super) struct IdleOrders;

impl Kept for IdleOrders {
    type At = (i64, OrderId);
    type Thing = GivenUp;

    fn beginning() -> Self::At {
        (i64::MIN, OrderId::new(Uuid::nil()))
    }

    async fn over(
        tx: &mut Tx<'_>,
        until: i64,
        after: &Self::At,
        most: i64,
    ) -> Result<Page<Self>, StoreError> {
        let given_up = orders::given_up(tx, until, after, most).await?;
        let upto = given_up.last().map(|order| (order.since_at, order.id));
        Ok(Page { upto, things: given_up.into_iter().filter(|order| order.holds).collect() })
    }

    async fn forget(tx: &mut Tx<'_>, things: &[GivenUp], now: i64) -> Result<(), StoreError> {
        let mut writes = Vec::new();
        for order in things {
            writes.extend(order_parts::forgetting(&order.id));
            writes.push(attachments::forgetting_all(&order.id));
            writes.push(orders::forgetting_marks(&order.id));
        }
        // A correction has the key of the order that it corrects: only when all is gone is it seen whether anything needs it.
        writes.extend(things.iter().map(|order| subject_keys::erasing_unneeded(&order.subject_key, &now)));
        tx.together(&writes).await.map(drop)
    }
}
