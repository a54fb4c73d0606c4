//! The text message of the bureau was answered in time.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    orders::{
        OrderFault, held,
        moving::{Moved, Moving, Names},
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
        let before = held::any(tx, self.order).await?;
        let step = held::step(&before, Move::ConfirmSms, Who::Operator)?;
        let at = setting.now.as_microsecond();
        let moving = Moving {
            actor: &self.actor(),
            by: step.by,
            before: Some(&before),
            after: Order { state: step.to, sms_at: Some(at), ..before.clone() },
            followed: Vec::new(),
            names: Names::default(),
        };
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::recorded(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
