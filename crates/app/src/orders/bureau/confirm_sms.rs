//! The text message that the bureau sends about an order was answered in time.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{
        OrderFault, held,
        moving::{Moved, Moving},
    },
};
use filing::orders::{Move, Who};
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
        setting.ground.check(tx).await?;
        let before = held::submitted(tx, self.order).await?;
        let step = held::step(&before, Move::ConfirmSms, Who::Operator)?;
        if before.sms_at.is_some() {
            return held::because(OrderFault::SmsAnswered);
        }
        let after = Order { sms_at: Some(setting.now.as_microsecond()), ..before.clone() };
        let actor = self.actor();
        let (_, moved) = Moving::alone(&actor, step, &before, after).write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
