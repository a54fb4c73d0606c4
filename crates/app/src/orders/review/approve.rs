//! A reviewer lets an order pass. The same checks as before it was submitted are made again, on the day of the review, and its products
//! are tested again.

use super::{ReviewFault, claim::refused, finds::Finding, judged::Judged};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{filled, moving::Moved},
};
use filing::orders::Move;
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx};

/// An order is to pass.
#[derive(Clone, Debug, Serialize)]
pub struct ApproveOrder {
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
    /// Lets an order pass, so that it goes to the bureau next.
    pub async fn approve_order(
        &self,
        ask: ApproveOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Moved>, Failure<ReviewFault>> {
        self.once(key, ask).await
    }
}

impl Deed for ApproveOrder {
    const WORD: &'static str = "approve-order";
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
        let judged =
            Judged::find(tx, setting, (self.order, Move::Approve, self.seen), &self.reviewer).await?;
        if !judged.remarks.is_empty() {
            return Err(refused(ReviewFault::ToBeMended(judged.remarks.len())));
        }
        let form = filled::form(tx, &judged.vault, judged.order.id).await?;
        let finds = Finding { setting, order: &judged.order, form: &form }.finds(tx).await?;
        if !finds.faults.allow() {
            return Err(refused(ReviewFault::Faulty(Box::new(finds.stopping()))));
        }
        judged.moves(tx, setting, &self.actor(), ("form", &form)).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
