//! What a reviewer says of one field: that it passes, or what is to be mended. It is kept until the order is returned or approved, so
//! that nothing is lost between two fields.

use super::{
    ReviewFault,
    claim::{CLAIM_LASTS, his},
};
use crate::{
    Desk, Operator,
    chance::Draw,
    clock::following,
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    orders::{OrderFault, bureau::REASON, filled, held},
    personal::Vault,
};
use filing::orders::{Move, Remark, RemarkFault, Who, remarks, step_of};
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    OrderId, Tx, Unit,
    order_remarks::{self, Remark as Row},
    orders::{Change, Order},
};

/// A reviewer says something of a field.
#[derive(Clone, Debug)]
pub struct SayRemark {
    /// Who. He has claimed the order.
    pub reviewer: Operator,
    /// Of which order.
    pub order: OrderId,
    /// Of which field, as the checks name it.
    pub path: String,
    /// What.
    pub said: Said,
}

/// What is said of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It passes.
    Passes,
    /// It is to be mended.
    Mend {
        /// What is wrong.
        problem: String,
        /// What to do about it.
        suggestion: String,
    },
    /// Nothing any more: what was said is taken back.
    Nothing,
}

/// Why a remark is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SayFault {
    /// For the same reasons as anything that a reviewer does.
    #[error(transparent)]
    Review(#[from] ReviewFault),
    /// What is said is no remark, or the path no field.
    #[error("the remark cannot be kept")]
    Unfit(Vec<RemarkFault>),
}

impl Desk {
    /// Keeps what a reviewer says of a field, in the place of what was said of it before, and renews his claim. The version of the
    /// order now.
    pub async fn say_remark(&self, say: SayRemark) -> Result<i64, Failure<SayFault>> {
        let now = self.now();
        self.write(|ground| Ok(Say { ground, remark: say.clone(), now, draw: self.chance().draw() })).await
    }
}

struct Say {
    ground: Arc<Ground>,
    remark: SayRemark,
    now: Timestamp,
    draw: Draw,
}

type Failing = Failed<Failure<SayFault>>;

impl Unit for Say {
    type Output = i64;
    type Error = Failing;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, Failing> {
        self.ground.check(tx).await?;
        let order = held::submitted(tx, self.remark.order).await;
        let order = order.map_err(|failed| failed.mapped(|fault| SayFault::Review(fault.into())))?;
        step_of(order.kind, order.state, Move::Return, Who::Reviewer)
            .map_err(|illegal| of_order(OrderFault::Illegal(illegal)))?;
        his(&order, &self.remark.reviewer, self.now).map_err(|fault| because(fault.into()))?;
        let vault = Vault::find(tx, &self.ground, order.subject_key).await?.vault();
        let vault = vault.ok_or_else(|| of_order(OrderFault::Erased))?;
        let row = self.row(tx, &order, &vault).await?;
        let at = following(self.now, [order.changed_at])?;
        let until = at.saturating_add(CLAIM_LASTS).unwrap_or(at).as_microsecond();
        let claimed = Some((self.remark.reviewer.as_str().to_owned(), until));
        let after =
            Order { version: order.version + 1, claimed, changed_at: at.as_microsecond(), ..order.clone() };
        let change = Change::new(order.version, &after);
        let kept = match &row {
            Some(row) => row.saying(&order.id),
            None => order_remarks::unsaying(&order.id, &order.round, &self.remark.path),
        };
        if tx.together(&[change.changing(), kept]).await?.first() == Some(&0) {
            return Err(Damage::Order { id: order.id, fault: "it changed meanwhile".to_owned() }.into());
        }
        Ok(after.version)
    }
}

impl Say {
    /// What is said, as it is kept; `None` where it is taken back.
    async fn row(&self, tx: &mut Tx<'_>, order: &Order, vault: &Vault) -> Result<Option<Row>, Failing> {
        let path = self.remark.path.clone();
        let (problem, suggestion) = match &self.remark.said {
            Said::Nothing => return Ok(None),
            Said::Passes => ("-".to_owned(), "-".to_owned()),
            Said::Mend { problem, suggestion } => (problem.clone(), suggestion.clone()),
        };
        let form = filled::form(tx, vault, order.id).await?;
        let remark = Remark { path: path.clone(), problem, suggestion };
        let fit = remarks(order.kind, &form, &[remark]).map_err(|faults| because(SayFault::Unfit(faults)))?;
        let sealed = match (fit.into_iter().next(), &self.remark.said) {
            (Some(remark), Said::Mend { .. }) => {
                let place = (order.id, order.round, path.as_str());
                Some(filled::seal_remark(vault, place, &remark, &mut self.draw.again())?)
            }
            _ => None,
        };
        let reviewer = self.remark.reviewer.as_str().to_owned();
        Ok(Some(Row { round: order.round, path, sealed, reviewer, at: self.now.as_microsecond() }))
    }
}

/// What is to be mended, as it was said of a round.
pub(in crate::orders) async fn of_round(
    tx: &mut Tx<'_>,
    vault: &Vault,
    order: OrderId,
    round: i64,
) -> Result<Vec<Remark>, DeskError> {
    let rows = order_remarks::of_round(tx, order, round).await?;
    let of_fields = rows.iter().filter(|row| row.path != REASON);
    let said = of_fields.filter_map(|row| row.sealed.as_ref().map(|sealed| (row, sealed)));
    said.map(|(row, sealed)| filled::open_remark(vault, (order, round, &row.path), sealed)).collect()
}

fn because(fault: SayFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}

fn of_order(fault: OrderFault) -> Failing {
    because(SayFault::Review(fault.into()))
}
