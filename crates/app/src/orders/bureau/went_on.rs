//! An order goes on with the bureau: it is handed over, so that its terms run from here on; its text message was answered in time.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{
        OrderFault,
        held::{self, Held},
        moving::{Moved, Moving},
    },
};
use filing::orders::{Move, Who};
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

/// The text message about an order was answered.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmSms {
    /// Who records it.
    pub operator: Operator,
    /// Of which order.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
}

/// Something by which an order goes on, and nothing that goes with it.
trait GoesOn: Serialize + Send + Sync + 'static {
    const WORD: &'static str;
    const BY: Move;

    fn asked(&self) -> (&Operator, OrderId);

    /// The order with when it happened, in microseconds since 1970.
    fn noted(before: &Order, at: i64) -> Held<Order>;
}

impl GoesOn for SendOrder {
    const WORD: &'static str = "send-order";
    const BY: Move = Move::Send;

    fn asked(&self) -> (&Operator, OrderId) {
        (&self.operator, self.order)
    }

    fn noted(before: &Order, at: i64) -> Held<Order> {
        Ok(Order { taken_at: Some(at), ..before.clone() })
    }
}

impl GoesOn for ConfirmSms {
    const WORD: &'static str = "confirm-sms";
    const BY: Move = Move::ConfirmSms;

    fn asked(&self) -> (&Operator, OrderId) {
        (&self.operator, self.order)
    }

    fn noted(before: &Order, at: i64) -> Held<Order> {
        if before.sms_at.is_some() {
            return held::because(OrderFault::SmsAnswered);
        }
        Ok(Order { sms_at: Some(at), ..before.clone() })
    }
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

    /// Records that the text message of the bureau was answered.
    pub async fn confirm_sms(
        &self,
        ask: ConfirmSms,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.once(Some(key), ask).await
    }
}

impl<T: GoesOn> Deed for T {
    const WORD: &'static str = <T as GoesOn>::WORD;
    type Ready = ();
    type Answer = Moved;
    type Fault = OrderFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.asked().0.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let before = held::submitted(tx, self.asked().1).await?;
        let step = held::step(&before, T::BY, Who::Operator)?;
        let after = T::noted(&before, setting.now.as_microsecond())?;
        let (_, moved) =
            Moving::alone(&self.actor(), step, &before, after).write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
