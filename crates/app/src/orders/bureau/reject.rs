//! The bureau rejects an order. What it held is given back as the edition in force says; its owner may correct it into a new draft.

use super::decided_on;
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    orders::{
        OrderFault, filled,
        moving::Moved,
        withdraw::{Ending, ended},
    },
    personal::Vault,
};
use filing::orders::{Move, Remark};
use ledger::EntryRef;
use serde::Serialize;
use store::{
    OrderId, Tx,
    order_remarks::{self, Remark as Row},
    orders::Order,
};

/// The bureau rejected an order.
#[derive(Clone, Debug, Serialize)]
pub struct RejectOrder {
    /// Who records it.
    pub operator: Operator,
    /// Which order.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
    /// Why, in the words of the bureau, for the owner's eyes.
    pub reason: String,
}

/// Why a rejection is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RejectFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// The reason is empty or longer than [`Remark::LONGEST_PROBLEM`] characters.
    #[error("a reason has 1 to {} characters", Remark::LONGEST_PROBLEM)]
    Reason,
}

/// Under which path the reason of the bureau is kept: it is about the order as a whole.
pub(in crate::orders) const REASON: &str = "bureau";

/// Why the bureau rejected an order.
pub(in crate::orders) async fn reason(
    tx: &mut Tx<'_>,
    vault: &Vault,
    order: &Order,
) -> Result<Option<String>, DeskError> {
    let said = order_remarks::of_round(tx, order.id, order.round).await?;
    let sealed = said.iter().find(|row| row.path == REASON).and_then(|row| row.sealed.as_ref());
    sealed.map(|sealed| filled::open_remark(vault, (order.id, order.round, REASON), sealed)).transpose()
}

impl Desk {
    /// Records that the bureau rejected an order.
    pub async fn reject_order(
        &self,
        ask: RejectOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<RejectFault>> {
        let length = ask.reason.trim().chars().count();
        if length == 0 || length > Remark::LONGEST_PROBLEM {
            return Err(Failure::Because(RejectFault::Reason));
        }
        self.once(Some(key), ask).await
    }
}

impl Deed for RejectOrder {
    const WORD: &'static str = "reject-order";
    type Ready = [u8; 32];
    type Answer = Moved;
    type Fault = RejectFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, seed: &[u8; 32]) -> Done<Self> {
        let of_order = |failed: Failed<Failure<OrderFault>>| failed.mapped(RejectFault::Order);
        let found = decided_on(tx, setting, self.order, Move::Reject).await;
        let (before, step, vault) = found.map_err(of_order)?;
        let place = (before.id, before.round, REASON);
        let sealed = filled::seal_remark(&vault, place, &self.reason.trim(), &mut Draw::of(*seed))?;
        let row = Row {
            round: before.round,
            path: REASON.to_owned(),
            sealed: Some(sealed),
            reviewer: self.operator.as_str().to_owned(),
            at: setting.now.as_microsecond(),
        };
        let ending = Ending {
            actor: &self.actor(),
            commitments: vec![("reason", vault.commitment("reason", &self.reason.trim())?)],
            writes: vec![row.saying(&before.id)],
        };
        ended(tx, setting, &before, step, ending).await.map_err(of_order)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
