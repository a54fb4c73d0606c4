//! The receipt (回执) of an order that was submitted, for its owner to keep. Like those of numbers it is made of what is kept: the steps of
//! the order, their entries, and what was submitted.

use super::{
    filled,
    held::{self, OrderFault},
    moment,
};
use crate::{
    Asker, Desk,
    failure::{DeskError, Failed, Failure},
    ground::Ground,
    personal::Vault,
    registry::Entered,
};
use filing::orders::{Course, Form, Kind, Move, State, Waiting, Website as Site, waiting};
use jiff::Timestamp;
use std::sync::Arc;
use store::{AccountId, CodeId, OrderId, Tx, Unit, orders, verifications};

/// An order as it was last submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The order.
    pub order: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// Which time it was submitted, from 1.
    pub round: i64,
    /// When.
    pub at: Timestamp,
    /// The number that it is about, where it is about one.
    pub about: Option<String>,
    /// Its websites; `None` once what was filled in was erased or its time was over.
    pub websites: Option<Vec<Submitted>>,
    /// What it waited for from then on.
    pub waiting: Vec<Waiting>,
    /// The entry of the ledger that says it.
    pub entry: Entered,
}

/// A website of an order that was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its name.
    pub name: Option<String>,
    /// Its domains.
    pub domains: Vec<String>,
    /// The product behind it, by its word.
    pub product: Option<String>,
    /// The service code that proved the product; `None` for one that is proved with a login.
    pub code: Option<CodeId>,
}

impl Desk {
    /// The receipt of the last submission of an order of that account; `None` where it was never submitted.
    pub async fn submission(
        &self,
        asker: &Asker,
        id: OrderId,
    ) -> Result<Option<Submission>, Failure<OrderFault>> {
        let asker = asker.clone();
        self.read(|ground| Ok(One { ground, asker: asker.clone(), id })).await
    }
}

struct One {
    ground: Arc<Ground>,
    asker: Asker,
    id: OrderId,
}

impl Unit for One {
    type Output = Option<Submission>;
    type Error = Failed<Failure<OrderFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check(tx).await?;
        let order = held::own(tx, self.id, &self.asker).await?;
        let steps = orders::steps(tx, order.id).await?;
        let Some(step) = steps.iter().rev().find(|step| step.by == Move::Submit) else { return Ok(None) };
        let form = match Vault::find(tx, &self.ground, order.subject_key).await?.vault() {
            Some(vault) => filled::round(tx, &vault, order.id, order.round).await?,
            None => None,
        };
        let at = moment(step.at);
        let about = form.as_ref().and_then(|form| form.target.as_ref()?.number.clone());
        let websites = match form {
            Some(form) => Some(submitted(tx, order.account, &form).await?),
            None => None,
        };
        let course =
            Course { kind: order.kind, state: State::Submitted, since: at, touched: at, sms_answered: false };
        Ok(Some(Submission {
            order: order.id,
            kind: order.kind,
            round: order.round,
            at,
            about,
            websites,
            waiting: waiting(&course),
            entry: Entered::find(tx, step.entry).await?,
        }))
    }
}

async fn submitted(tx: &mut Tx<'_>, account: AccountId, form: &Form) -> Result<Vec<Submitted>, DeskError> {
    let mut all = Vec::new();
    for Site { verification, name, domains, .. } in &form.websites {
        let given = verification.as_deref().and_then(|given| given.parse().ok());
        let verified = match given {
            Some(id) => verifications::by_id(tx, id).await?.filter(|found| found.account == account),
            None => None,
        };
        let code = verified.as_ref().and_then(|found| found.code);
        let product = verified.map(|found| found.product);
        all.push(Submitted { name: name.clone(), domains: domains.clone(), product, code });
    }
    Ok(all)
}
