//! Something happens to numbers, in one transaction: who does it, why, and where it is recorded.

use crate::Actor;
use filing::registry::{Event, Illegal, Machine, Reason, State, Step, Who, step_of};
use store::{EntryId, OrderId, numbers::NumberStep};

/// Who makes something happen to numbers, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turning<'a> {
    pub(crate) who: Who,
    /// Why accesses end and numbers are cancelled, where they do.
    pub(crate) reason: Option<Reason>,
    pub(crate) actor: &'a Actor,
    /// The order by which it happens.
    pub(crate) order: Option<OrderId>,
    /// The edition of the rules that says what becomes of codes.
    pub(crate) edition: Option<&'a str>,
    /// The entry of the ledger that says it.
    pub(crate) entry: EntryId,
}

/// A number to which something happens, but for when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) event: Event,
    pub(crate) reason: Option<Reason>,
    /// Where it comes to.
    pub(crate) to: State,
}

impl Turning<'_> {
    /// What becomes of a number at `from` (`None` where it is not there yet) when that happens, as the tables allow it.
    pub(crate) fn turn(
        &self,
        machine: Machine,
        from: impl Into<Option<State>>,
        event: Event,
    ) -> Result<Turn, Illegal> {
        let ends = matches!(event, Event::EndAccess | Event::DropAccess | Event::Cancel);
        let reason = self.reason.filter(|_| ends);
        let &Step { to, .. } = step_of(machine, from, event, reason, self.who)?;
        Ok(Turn { event, reason, to })
    }

    /// The step of a number, at `at` in microseconds since 1970.
    pub(super) fn step(&self, number: &str, turn: Turn, at: i64) -> NumberStep {
        let Turn { event, reason, to } = turn;
        let edition = self.edition.filter(|_| event == Event::Cancel);
        NumberStep {
            number: number.to_owned(),
            at,
            event,
            reason,
            state: to,
            was: None,
            actor: self.actor.to_string(),
            order: self.order,
            edition: edition.map(str::to_owned),
            entry: self.entry,
        }
    }
}
