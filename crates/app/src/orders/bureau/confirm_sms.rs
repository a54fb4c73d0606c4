//! The text message of the bureau was answered in time.

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

/// The text message about an order was answered.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmSms {
    /// Who records it.
    pub operator: Operator,
    /// Of which order.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
}

impl Desk {
    /// Records that the text message of the bureau was answered.
    pub async fn confirm_sms(
        &self,
        ask: ConfirmSms,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for ConfirmSms {
    const WORD: &'static str = "confirm-sms";
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
        let noted = |order, at| Order { sms_at: Some(at), ..order };
        went_on(tx, setting, &self.actor(), (self.order, Move::ConfirmSms), noted).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
