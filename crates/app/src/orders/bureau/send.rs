//! An order is handed to the bureau, so that its terms run from here on. What was approved some days ago is looked at once more: the
//! bureau would reject what has become wrong since, and the customer would wait for it.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    orders::{
        OrderFault, filled, held,
        moving::{Moved, Moving},
        review::{Finding, Finds},
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

/// Why an order is not handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// Something in it has become wrong since it was approved.
    #[error("the order has faults")]
    Faulty(Box<Finds>),
}

impl Desk {
    /// Records that the bureau has an order.
    pub async fn send_order(
        &self,
        ask: SendOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<SendFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for SendOrder {
    const WORD: &'static str = "send-order";
    type Ready = ();
    type Answer = Moved;
    type Fault = SendFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let of_order = |failed: Failed<Failure<OrderFault>>| failed.mapped(SendFault::Order);
        setting.ground.check(tx).await?;
        let before = held::submitted(tx, self.order).await.map_err(of_order)?;
        let step = held::step(&before, Move::Send, Who::Operator).map_err(of_order)?;
        let vault = held::vault(tx, &setting.ground, &before).await.map_err(of_order)?;
        let form = filled::submitted(tx, &vault, &before).await?;
        let finds = Finding { setting, order: &before, form: &form }.finds(tx).await?;
        if !finds.faults.allow() {
            return Err(Failed::Because(Failure::Because(SendFault::Faulty(Box::new(finds.stopping())))));
        }
        let after = Order { taken_at: Some(setting.now.as_microsecond()), ..before.clone() };
        let actor = self.actor();
        let (_, moved) = Moving::alone(&actor, step, &before, after).write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
