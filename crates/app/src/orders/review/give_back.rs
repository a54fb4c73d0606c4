//! A reviewer gives an order back to be mended. Only the fields that he remarked on are open afterwards.

use super::{ReviewFault, claim::refused, judged::Judged};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::moving::Moved,
};
use filing::orders::Move;
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx};

/// An order is to be given back, with what was said of its fields.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnOrder {
    /// Who does it. He has claimed it.
    pub reviewer: Operator,
    /// Which.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
    /// The version that he has seen; `None` judges whatever is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<i64>,
}

impl Desk {
    /// Gives an order back to be mended.
    pub async fn return_order(
        &self,
        ask: ReturnOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Moved>, Failure<ReviewFault>> {
        self.once(key, ask).await
    }
}

impl Deed for ReturnOrder {
    const WORD: &'static str = "return-order";
    type Ready = ();
    type Answer = Moved;
    type Fault = ReviewFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.reviewer.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let judged = Judged::find(tx, setting, (self.order, Move::Return, self.seen), &self.reviewer).await?;
        if judged.remarks.is_empty() {
            return Err(refused(ReviewFault::NothingToMend));
        }
        judged.moves(tx, setting, &self.actor(), ("remarks", &judged.remarks)).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
