//! A reviewer gives an order back to be mended. Only the fields that he remarked on are open afterwards.

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
        OrderFault,
        moving::{Moved, Moving, Names},
    },
    personal::Vault,
};
use filing::orders::{Move, Who, step_of};
use ledger::EntryRef;
use serde::Serialize;
use store::{
    OrderId, Tx,
    orders::{self, Order},
};

/// An order is to be given back, with what was said of its fields.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnOrder {
    /// Who does it. He has claimed it.
    pub reviewer: Operator,
    /// Which.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
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
        setting.ground.check(tx).await?;
        let before = orders::by_id(tx, self.order).await?.ok_or_else(|| refused(OrderFault::Unknown))?;
        let step = step_of(before.kind, before.state, Move::Return, Who::Reviewer);
        let step = step.map_err(|illegal| refused(OrderFault::Illegal(illegal)))?;
        his(&before, &self.reviewer, setting.now).map_err(refused)?;
        let vault = Vault::find(tx, &setting.ground, before.subject_key).await?.vault();
        let vault = vault.ok_or_else(|| refused(OrderFault::Erased))?;
        let remarks = of_round(tx, &vault, before.id, before.round).await?;
        if remarks.is_empty() {
            return Err(refused(ReviewFault::NothingToMend));
        }
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Return,
            before: Some(&before),
            after: Order { state: step.to, claimed: None, ..before.clone() },
            followed: Vec::new(),
            names: Names {
                ids: Vec::new(),
                commitments: vec![("remarks", vault.commitment("remarks", &remarks)?)],
            },
        };
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::recorded(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
