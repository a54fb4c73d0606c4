//! What giving an order back and letting it pass have in common: it is claimed by whoever judges it, and let go of when it moves.

use super::{
    ReviewFault,
    claim::{his, refused},
    remark::of_round,
};
use crate::{
    Actor, Operator,
    deed::Setting,
    failure::{Failed, Failure},
    orders::{
        OrderFault, held,
        moving::{Moved, Moving},
    },
    personal::Vault,
};
use filing::orders::{Move, Remark, Step, Who};
use serde::Serialize;
use store::{OrderId, Tx, orders::Order};

type Judging<T> = Result<T, Failed<Failure<ReviewFault>>>;

/// An order that a reviewer has claimed and decides on.
pub(super) struct Judged {
    pub(super) order: Order,
    step: &'static Step,
    /// The key of what is filled in for it.
    pub(super) vault: Vault,
    /// What he said is to be mended.
    pub(super) remarks: Vec<Remark>,
}

impl Judged {
    /// The order, if `reviewer` has claimed it, the move `by` is one that can be made, and nothing changed since the version that he
    /// has seen.
    pub(super) async fn find(
        tx: &mut Tx<'_>,
        setting: &Setting,
        (id, by, seen): (OrderId, Move, Option<i64>),
        reviewer: &Operator,
    ) -> Judging<Self> {
        setting.ground.check(tx).await?;
        let of_order = |failed: Failed<Failure<OrderFault>>| failed.mapped(ReviewFault::Order);
        let order = held::submitted(tx, id).await.map_err(of_order)?;
        let step = held::step(&order, by, Who::Reviewer).map_err(of_order)?;
        his(&order, reviewer, setting.now).map_err(refused)?;
        if seen.is_some_and(|seen| seen != order.version) {
            return Err(refused(OrderFault::Changed { found: order.version }));
        }
        let vault = held::vault(tx, &setting.ground, &order).await.map_err(of_order)?;
        let remarks = of_round(tx, &vault, order.id, order.round).await?;
        Ok(Self { order, step, vault, remarks })
    }

    /// Moves it, with an entry that commits to what the decision rests on.
    pub(super) async fn moves<T: Serialize>(
        &self,
        tx: &mut Tx<'_>,
        setting: &Setting,
        actor: &Actor,
        (name, rests_on): (&'static str, &T),
    ) -> Judging<Moved> {
        let after = Order { claimed: None, ..self.order.clone() };
        let moving = Moving::alone(actor, self.step, &self.order, after)
            .committing(name, self.vault.commitment(name, rests_on)?);
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }
}
