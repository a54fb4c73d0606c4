//! What each tool asks of the desk, and what is made of the answer.

use crate::{
    argument::Argument,
    client::{Desk, Outcome},
    explain,
    given::{Fault, Given},
    tool::Tool,
    words::{NothingDone, Say},
};
use serde_json::{Value, json};

/// What a tool answers: sentences of ours, and what the desk said, which is data.
#[derive(Debug)]
pub(crate) struct Told {
    /// Whether it is no success.
    pub(crate) is_error: bool,
    /// Of tools that can change something: whether this call did.
    pub(crate) done: Option<bool>,
    /// What we say, in this order.
    pub(crate) ours: Vec<Said>,
    /// What the desk said.
    pub(crate) answer: Option<Value>,
}

/// A sentence of ours, without what it is made of being lent.
#[derive(Debug)]
pub(crate) enum Said {
    /// A writing tool told what it would do.
    NothingDone(NothingDone),
    /// A writing tool did it.
    Done(Tool),
    /// What is filled in for the order is left out.
    FormLeftOut,
    /// The desk refused.
    Refused { status: u16, tool: Tool, retry_after: Option<u64> },
    /// Something else answered.
    NoDesk { status: u16, url: String },
    /// Nothing answered.
    NotReached { failure: outbound::Failure, url: String },
    /// The arguments are none.
    Fault(Fault),
}

impl Said {
    pub(crate) fn as_say(&self) -> Say<'_> {
        match self {
            Self::NothingDone(why) => Say::NothingDone(*why),
            Self::Done(tool) => Say::Done(*tool),
            Self::FormLeftOut => Say::FormLeftOut,
            Self::Refused { status, tool, retry_after } => {
                Say::Refused { status: *status, right: tool.right(), retry_after: *retry_after }
            }
            Self::NoDesk { status, url } => Say::NoDesk { status: *status, url },
            Self::NotReached { failure, url } => Say::NotReached { failure, url },
            Self::Fault(fault) => Say::Fault(fault),
        }
    }
}

impl From<Fault> for Told {
    fn from(fault: Fault) -> Self {
        Self { is_error: true, done: None, ours: vec![Said::Fault(fault)], answer: None }
    }
}

impl Told {
    /// What is made of an outcome where nothing more is to be said.
    pub(crate) fn of(tool: Tool, outcome: Outcome, desk: &Desk) -> Self {
        let refused = |said, answer| Self { is_error: true, done: None, ours: vec![said], answer };
        match outcome {
            Outcome::Done(answer) => {
                Self { is_error: false, done: None, ours: Vec::new(), answer: Some(answer) }
            }
            Outcome::Refused { status, retry_after, problem } => {
                refused(Said::Refused { status, tool, retry_after }, Some(problem))
            }
            Outcome::NoDesk { status } => refused(Said::NoDesk { status, url: desk.shown() }, None),
            Outcome::NotReached(failure) => refused(Said::NotReached { failure, url: desk.shown() }, None),
            Outcome::NoPath => Fault::Wrong(Argument::Order).into(),
        }
    }
}

/// Asks what the tool asks. Only with `may_write` anything is changed.
pub(crate) async fn call(desk: &Desk, may_write: bool, tool: Tool, given: &Given) -> Result<Told, Fault> {
    match tool {
        Tool::DecideInventory => decide(desk, given).await,
        Tool::ExplainFinding => explain::explain(desk, given).await,
        Tool::WhyNot => why_not(desk, given).await,
        Tool::WhereToFile => {
            let query = given.query(&[Argument::At, Argument::Edition])?;
            Ok(Told::of(tool, desk.get(&["guidance"], &query).await, desk))
        }
        Tool::OrderState => order(desk, given).await,
        Tool::RuleDifferences => {
            let query = given.query(&[Argument::From, Argument::To])?;
            Ok(Told::of(tool, desk.get(&["rules", "difference"], &query).await, desk))
        }
        Tool::IssueCodes => issue(desk, may_write, given).await,
        Tool::SubmitOrder => submit(desk, may_write, given).await,
    }
}

async fn decide(desk: &Desk, given: &Given) -> Result<Told, Fault> {
    let query = given.query(&[Argument::Account, Argument::At, Argument::Edition])?;
    let body = json!({ "facts": given.instances()? });
    Ok(Told::of(Tool::DecideInventory, desk.post(&["decisions"], &query, &body, None).await, desk))
}

async fn why_not(desk: &Desk, given: &Given) -> Result<Told, Fault> {
    let body = json!({
        "q": given.needed(Argument::Query)?,
        "at": given.text(Argument::At)?,
        "edition": given.text(Argument::Edition)?,
    });
    Ok(Told::of(Tool::WhyNot, desk.post(&["why-not"], &[], &body, None).await, desk))
}

/// One order, or the orders of the caller. What is filled in for one is personal, and nothing of it is asked for here.
async fn order(desk: &Desk, given: &Given) -> Result<Told, Fault> {
    let query = given.query(&[Argument::Cursor])?;
    let Some(order) = given.step(Argument::Order)? else {
        return Ok(Told::of(Tool::OrderState, desk.get(&["orders"], &query).await, desk));
    };
    if !query.is_empty() {
        return Err(Fault::Wrong(Argument::Cursor));
    }
    let mut told = Told::of(Tool::OrderState, desk.get(&["orders", order], &[]).await, desk);
    let members = told.answer.as_mut().and_then(Value::as_object_mut);
    if members.and_then(|members| members.remove("form")).is_some_and(|form| !form.is_null()) {
        told.ours.push(Said::FormLeftOut);
    }
    Ok(told)
}

/// Why a writing tool is to change nothing, where it is.
fn nothing_done(may_write: bool, given: &Given) -> Result<Option<NothingDone>, Fault> {
    Ok(match (given.dry_run()?, may_write) {
        (true, _) => Some(NothingDone::Asked),
        (false, false) => Some(NothingDone::NotAllowed),
        (false, true) => None,
    })
}

/// What a writing tool says: whether it did anything stands first, whatever the desk answered.
fn written(tool: Tool, outcome: Outcome, dry: Option<NothingDone>, desk: &Desk) -> Told {
    let mut told = Told::of(tool, outcome, desk);
    // Where it was refused, what is wrong says enough; where no answer came, nobody knows.
    if let Some(why) = dry {
        told.done = Some(false);
        told.ours.insert(0, Said::NothingDone(why));
    } else if !told.is_error {
        told.done = Some(true);
        told.ours.insert(0, Said::Done(tool));
    }
    told
}

async fn issue(desk: &Desk, may_write: bool, given: &Given) -> Result<Told, Fault> {
    let dry = nothing_done(may_write, given)?;
    let key = given.idempotency_key()?;
    let body = json!({ "instance": given.needed(Argument::InstanceId)?, "count": given.count()? });
    let outcome = match dry {
        Some(_) => desk.post(&["codes", "check"], &[], &body, None).await,
        None => desk.post(&["codes"], &[], &body, Some(key)).await,
    };
    Ok(written(Tool::IssueCodes, outcome, dry, desk))
}

async fn submit(desk: &Desk, may_write: bool, given: &Given) -> Result<Told, Fault> {
    let dry = nothing_done(may_write, given)?;
    let key = given.idempotency_key()?;
    let order = given.step(Argument::Order)?.ok_or(Fault::Missing(Argument::Order))?;
    let outcome = match dry {
        Some(_) => desk.post(&["orders", order, "check"], &[], &Value::Null, None).await,
        None => desk.post(&["orders", order, "submit"], &[], &Value::Null, Some(key)).await,
    };
    Ok(written(Tool::SubmitOrder, outcome, dry, desk))
}
