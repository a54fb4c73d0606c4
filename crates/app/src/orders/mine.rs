//! The orders of an account, newest first.

use super::read::{self, Order};
use crate::{
    Asker, Desk,
    failure::{DeskError, Failed},
};
use store::{OrderId, Tx, Unit, orders};
use uuid::Uuid;

/// How many orders a page of a list has at most.
pub const MOST_LISTED: u32 = 200;

impl Desk {
    /// The orders of an account before the order `before`, newest first, no more than `most` and [`MOST_LISTED`]; without what is
    /// filled in, and without what happened to them.
    pub async fn my_orders(
        &self,
        asker: &Asker,
        before: Option<OrderId>,
        most: u32,
    ) -> Result<Vec<Order>, DeskError> {
        let (asker, before) = (asker.clone(), before.unwrap_or(OrderId::new(Uuid::max())));
        let most = most.min(MOST_LISTED).into();
        self.read(|_| Ok(List { asker: asker.clone(), before, most })).await
    }
}

struct List {
    asker: Asker,
    before: OrderId,
    most: i64,
}

impl Unit for List {
    type Output = Vec<Order>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Order>, Self::Error> {
        let found = orders::of_account(tx, self.asker.id(), self.before, self.most).await?;
        Ok(found.iter().map(read::of_row).collect())
    }
}
