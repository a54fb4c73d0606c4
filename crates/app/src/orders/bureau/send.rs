//! An order that passed is handed to the bureau, which takes it: from here on its terms run.

use super::went_on;
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{OrderFault, moving::Moved},
};
use filing::orders::Move;
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx, orders::Order};

/// An order was handed to the bureau.
#[derive(Clone, Debug, Serialize)]
pub struct SendOrder {
    /// Who records it.
    pub operator: Operator,
    /// Of which order.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
}

impl Desk {
    /// Records that the bureau has an order.
    pub async fn send_order(
        &self,
        ask: SendOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for SendOrder {
    const WORD: &'static str = "send-order";
    type Ready = ();
    type Answer = Moved;
    type Fault = OrderFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let noted = |order, at| Order { taken_at: Some(at), ..order };
        went_on(tx, setting, &self.actor(), (self.order, Move::Send), noted).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
