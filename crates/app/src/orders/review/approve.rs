//! A reviewer lets an order pass. The same checks as before it was submitted are made again, on the day of the review, and its products
//! are tested again.

use super::{
    ReviewFault,
    claim::{judged, refused},
    finds::Finding,
    remark::of_round,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{
        filled,
        moving::{Moved, Moving},
    },
};
use filing::orders::Move;
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx, orders::Order};

/// An order is to pass.
#[derive(Clone, Debug, Serialize)]
pub struct ApproveOrder {
    /// Who does it. He has claimed it.
    pub reviewer: Operator,
    /// Which.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
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
        let asked = (self.order, Move::Approve);
        let (before, step, vault) = judged(tx, setting, asked, &self.reviewer).await?;
        let to_mend = of_round(tx, &vault, before.id, before.round).await?;
        if !to_mend.is_empty() {
            return Err(refused(ReviewFault::ToBeMended(to_mend.len())));
        }
        let form = filled::form(tx, &vault, before.id).await?;
        let finds = Finding { setting, order: &before, form: &form }.finds(tx).await?;
        if !finds.faults.allow() {
            return Err(refused(ReviewFault::Faulty(Box::new(finds.stopping()))));
        }
        let (actor, after) = (self.actor(), Order { claimed: None, ..before.clone() });
        let moving =
            Moving::alone(&actor, step, &before, after).committing("form", vault.commitment("form", &form)?);
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
