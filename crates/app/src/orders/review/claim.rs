//! Claiming an order, so that no two reviewers look at the same; and letting go of it.

use super::ReviewFault;
use crate::{
    Desk, Operator,
    clock::following,
    failure::{Damage, Failed, Failure},
    ground::Ground,
    orders::held,
};
use filing::orders::{Move, Who, step_of};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::{
    OrderId, Tx, Unit,
    orders::{Change, Order},
};

/// How long an order is claimed: longer than anybody looks at one, and short enough that the order of somebody who went home is free
/// in the evening. Each remark renews it.
pub const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(30);

/// An order that was claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The version of the order now.
    pub version: i64,
    /// Until when nobody else may look at it.
    pub until: Timestamp,
}

impl Desk {
    /// Claims an order for a reviewer, or renews his claim.
    pub async fn claim_order(
        &self,
        reviewer: &Operator,
        order: OrderId,
    ) -> Result<Claimed, Failure<ReviewFault>> {
        let claim =
            |ground| Claim { ground, reviewer: reviewer.clone(), order, now: self.now(), keeps: true };
        self.write(|ground| Ok(claim(ground))).await
    }

    /// Lets go of an order that the reviewer has claimed.
    pub async fn unclaim_order(
        &self,
        reviewer: &Operator,
        order: OrderId,
    ) -> Result<Claimed, Failure<ReviewFault>> {
        let claim =
            |ground| Claim { ground, reviewer: reviewer.clone(), order, now: self.now(), keeps: false };
        self.write(|ground| Ok(claim(ground))).await
    }
}

struct Claim {
    ground: Arc<Ground>,
    reviewer: Operator,
    order: OrderId,
    now: Timestamp,
    /// Whether it is claimed; otherwise it is let go of.
    keeps: bool,
}

impl Unit for Claim {
    type Output = Claimed;
    type Error = Failed<Failure<ReviewFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Claimed, Self::Error> {
        self.ground.check(tx).await?;
        let order = held::submitted(tx, self.order).await;
        let order = order.map_err(|failed| failed.mapped(ReviewFault::Order))?;
        step_of(order.kind, order.state, Move::Return, Who::Reviewer)
            .map_err(|illegal| refused(ReviewFault::NotInReview(illegal)))?;
        if claimed_by_another(&order, &self.reviewer, self.now) {
            return Err(refused(ReviewFault::ClaimedByAnother));
        }
        let at = following(self.now, [order.changed_at])?;
        let until = at.saturating_add(CLAIM_LASTS).unwrap_or(at);
        let claimed = self.keeps.then(|| (self.reviewer.as_str().to_owned(), until.as_microsecond()));
        let after =
            Order { version: order.version + 1, claimed, changed_at: at.as_microsecond(), ..order.clone() };
        if tx.together(&[Change::new(order.version, &after).changing()]).await?.contains(&0) {
            return Err(Damage::Order { id: order.id, fault: "it changed meanwhile".to_owned() }.into());
        }
        Ok(Claimed { version: after.version, until: if self.keeps { until } else { at } })
    }
}

/// Whether somebody else is looking at the order.
pub(super) fn claimed_by_another(order: &Order, reviewer: &Operator, now: Timestamp) -> bool {
    order.claimed.as_ref().is_some_and(|(by, until)| by != reviewer.as_str() && *until > now.as_microsecond())
}

/// The order, if the reviewer has claimed it.
pub(super) fn his(order: &Order, reviewer: &Operator, now: Timestamp) -> Result<(), ReviewFault> {
    let claim = order.claimed.as_ref().filter(|(_, until)| *until > now.as_microsecond());
    match claim {
        Some((by, _)) if by == reviewer.as_str() => Ok(()),
        Some(_) => Err(ReviewFault::ClaimedByAnother),
        None => Err(ReviewFault::NotClaimed),
    }
}

pub(super) fn refused(fault: impl Into<ReviewFault>) -> Failed<Failure<ReviewFault>> {
    Failed::Because(Failure::Because(fault.into()))
}
