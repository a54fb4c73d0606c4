//! A reviewer lets an order pass. The same checks as before it was submitted are made again, on the day of the review.

use super::{
    ReviewFault,
    claim::{his, refused},
    remark::of_round,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    orders::{
        OrderFault, filled,
        knowing::Knowing,
        moving::{Moved, Moving, Names},
    },
    personal::Vault,
};
use filing::{
    checks::Weight,
    orders::{Move, Who, step_of},
};
use ledger::EntryRef;
use serde::Serialize;
use store::{
    OrderId, Tx,
    orders::{self, Order},
};

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
        setting.ground.check(tx).await?;
        let before = orders::by_id(tx, self.order).await?.ok_or_else(|| refused(OrderFault::Unknown))?;
        let step = step_of(before.kind, before.state, Move::Approve, Who::Reviewer);
        let step = step.map_err(|illegal| refused(OrderFault::Illegal(illegal)))?;
        his(&before, &self.reviewer, setting.now).map_err(refused)?;
        let vault = Vault::find(tx, &setting.ground, before.subject_key).await?.vault();
        let vault = vault.ok_or_else(|| refused(OrderFault::Erased))?;
        let to_mend = of_round(tx, &vault, before.id, before.round).await?;
        if !to_mend.is_empty() {
            return Err(refused(ReviewFault::ToBeMended(to_mend.len())));
        }
        let form = filled::form(tx, &vault, before.id).await?;
        let knowing = Knowing { ground: &setting.ground, order: &before, form: &form, now: setting.now };
        let mut faults = knowing.faults(tx, None).await?;
        faults.retain(|fault| fault.what.weight() == Weight::Error);
        if !faults.is_empty() {
            return Err(refused(ReviewFault::Faulty(faults)));
        }
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Approve,
            before: Some(&before),
            after: Order { state: step.to, claimed: None, ..before.clone() },
            followed: Vec::new(),
            names: Names { ids: Vec::new(), commitments: vec![("form", vault.commitment("form", &form)?)] },
        };
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::recorded(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
