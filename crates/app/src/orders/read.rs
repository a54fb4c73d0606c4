//! One order as it is read: where it stands, what happened to it, and what is filled in.

use super::{
    addresses,
    behind::behind,
    bureau, course, filled,
    held::{self, Held, OrderFault},
    review, submit,
};
use crate::{
    Asker, Desk,
    failure::{DeskError, Failed, Failure},
    ground::Ground,
    personal::Vault,
    registry::{NumberOfOrder, of_order},
};
use filing::orders::{Behind, Form, Kind, Move, Remark, State, Waiting, Who, legal};
use jiff::Timestamp;
use std::sync::Arc;
use store::{AccountId, EntryId, OrderId, Tx, Unit, orders};

/// An order as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Grows with whatever changes.
    pub version: i64,
    /// How often it was submitted.
    pub round: i64,
    /// When the next deadline of whoever acts next ends.
    pub due_at: Option<Timestamp>,
    /// What it waits for.
    pub waiting: Vec<Waiting>,
    /// When the bureau took it.
    pub taken_at: Option<Timestamp>,
    /// When the text message of the bureau was answered.
    pub sms_at: Option<Timestamp>,
    /// The order that was made of its content, where it was rejected and that was not given up. A rejected order without one can be
    /// corrected.
    pub corrected_by: Option<OrderId>,
    /// The rejected order from whose content it was made.
    pub corrects: Option<OrderId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// What happened to it, oldest first.
    pub stages: Vec<Stage>,
    /// What is filled in; `None` once it was erased.
    pub form: Option<Form>,
    /// What stands behind the ids in it, where staff reads it.
    pub behind: Behind,
    /// What a reviewer gave it back with, as long as it is to be mended.
    pub remarks: Vec<Remark>,
    /// The paths that may be changed; `None` where all may be that can be edited at all.
    pub opened: Option<Vec<String>>,
    /// Why the bureau rejected it, in the bureau's words.
    pub reason: Option<String>,
    /// The numbers that it made or was about, once it is filed.
    pub numbers: Vec<NumberOfOrder>,
}

impl Order {
    /// What `who` can do with it now. A text message is answered once.
    pub fn moves(&self, who: Who) -> impl Iterator<Item = Move> {
        let answered = self.sms_at.is_some();
        legal(self.kind, self.state, who).filter(move |by| !(answered && *by == Move::ConfirmSms))
    }
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What.
    pub by: Move,
    /// Where the order came to.
    pub state: State,
    /// When.
    pub at: Timestamp,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
}

impl Desk {
    /// The order with that id, of that account.
    pub async fn order(&self, asker: &Asker, id: OrderId) -> Result<Order, Failure<OrderFault>> {
        let asker = asker.clone();
        self.read(|ground| Ok(Read { ground, asker: asker.clone(), id })).await
    }
}

struct Read {
    ground: Arc<Ground>,
    asker: Asker,
    id: OrderId,
}

impl Unit for Read {
    type Output = Order;
    type Error = Failed<Failure<OrderFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Order, Self::Error> {
        self.ground.check(tx).await?;
        let order = held::own(tx, self.id, &self.asker).await?;
        let Some(vault) = Vault::find(tx, &self.ground, order.subject_key).await?.vault() else {
            return erased(tx, &order).await;
        };
        let form = filled::form(tx, &vault, order.id).await?;
        whole(tx, &vault, &order, form).await
    }
}

/// The order with that id, whoever's, as it was last submitted, with all of it in clear; and whose it is. What its owner has typed
/// since is not told.
pub(crate) async fn as_submitted(tx: &mut Tx<'_>, ground: &Ground, id: OrderId) -> Held<(Order, AccountId)> {
    let order = held::submitted(tx, id).await?;
    let told = match Vault::find(tx, ground, order.subject_key).await?.vault() {
        Some(vault) => {
            let form = filled::submitted(tx, &vault, &order).await?;
            let behind = behind(tx, ground, &order, &form, Behind::default()).await?;
            Order { behind, ..whole(tx, &vault, &order, form).await? }
        }
        None => erased(tx, &order).await?,
    };
    Ok((told, order.account))
}

/// The order with that id as far as it is nobody's personal data: where it stands and what happened to it; and whose it is. `None` where
/// there is none that was ever submitted.
pub(crate) async fn course_of(tx: &mut Tx<'_>, id: OrderId) -> Result<Option<(Order, AccountId)>, DeskError> {
    let Some(order) = orders::by_id(tx, id).await?.filter(|order| order.round > 0) else { return Ok(None) };
    Ok(Some((happened(tx, &order, None).await?, order.account)))
}

/// An order of which what was filled in is gone.
async fn erased(tx: &mut Tx<'_>, order: &orders::Order) -> Held<Order> {
    Ok(happened(tx, order, None).await?)
}

/// An order with what happened to it and that form.
async fn whole(tx: &mut Tx<'_>, vault: &Vault, order: &orders::Order, form: Form) -> Held<Order> {
    let Order { stages, numbers, .. } = happened(tx, order, Some(&form)).await?;
    let (mut remarks, mut opened, mut reason, mut corrected_by) = (Vec::new(), None, None, None);
    match order.state {
        State::Returned => {
            remarks = review::of_round(tx, vault, order.id, order.round).await?;
            let submitted = filled::round(tx, vault, order.id, order.round).await?.unwrap_or_default();
            let outdated = addresses::outdated(tx, &submitted).await?;
            opened = Some(submit::opened(&remarks, &submitted).and(outdated).paths().to_vec());
        }
        State::Rejected => {
            reason = bureau::reason(tx, vault, order).await?;
            corrected_by = orders::correcting(tx, order.id).await?;
        }
        _ => {}
    }
    let form = Some(form);
    Ok(Order { corrected_by, stages, form, remarks, opened, reason, numbers, ..of_row(order) })
}

/// An order with what happened to it, oldest first, and with its numbers once it is filed, in the order of `form`; that is not told
/// itself.
pub(super) async fn happened(
    tx: &mut Tx<'_>,
    order: &orders::Order,
    form: Option<&Form>,
) -> Result<Order, DeskError> {
    let stages = orders::steps(tx, order.id).await?.iter().map(stage).collect();
    let numbers = match order.state {
        State::Filed => of_order(tx, order.id, form).await?,
        _ => Vec::new(),
    };
    Ok(Order { stages, numbers, ..of_row(order) })
}

/// An order as its row tells it.
pub(super) fn of_row(order: &orders::Order) -> Order {
    let waiting = course::of(order);
    Order {
        id: order.id,
        kind: order.kind,
        state: order.state,
        version: order.version,
        round: order.round,
        due_at: course::due(&waiting),
        waiting,
        taken_at: order.taken_at.map(moment),
        sms_at: order.sms_at.map(moment),
        corrected_by: None,
        corrects: order.corrects,
        opened_at: moment(order.opened_at),
        changed_at: moment(order.changed_at),
        stages: Vec::new(),
        form: None,
        behind: Behind::default(),
        remarks: Vec::new(),
        opened: None,
        reason: None,
        numbers: Vec::new(),
    }
}

fn stage(step: &orders::StepTaken) -> Stage {
    Stage { by: step.by, state: step.state, at: moment(step.at), entry: step.entry }
}

pub(crate) fn moment(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)
}
