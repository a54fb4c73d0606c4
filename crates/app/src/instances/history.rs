//! What changed about an instance (变配), as differences between what was recorded, each with its day.

use super::{InstanceError, read_facts};
use crate::{
    Desk,
    accounts::is_name,
    failure::{Damage, DeskError, Failed},
};
use jiff::{Timestamp, civil::Date};
use rulebook::{Change, Fact, Facts, calendar::shanghai};
use store::{
    Tx, Unit,
    instances::{self, Instance},
};

/// Something that changed about an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceChange {
    /// When the desk heard of it.
    pub at: Timestamp,
    /// What.
    pub change: Change,
}

impl InstanceChange {
    /// Its calendar day in Asia/Shanghai.
    pub fn day(&self) -> Date {
        shanghai(self.at).date()
    }
}

/// The day on which `fact` became what it is, by a history in order. `None` where it never changed, or where the desk only came
/// to know it, or no longer knows it.
pub fn changed_on(history: &[InstanceChange], fact: Fact) -> Option<Date> {
    let last = history.iter().rev().find(|change| change.change.is_of(fact))?;
    last.change.is_between_known().then(|| last.day())
}

impl Desk {
    /// What changed about an instance since the desk first heard of it, oldest first; of very many changes the newest.
    pub async fn instance_history(&self, name: &str) -> Result<Vec<InstanceChange>, InstanceError> {
        if !is_name(name) {
            return Err(InstanceError::Unknown(name.to_owned()));
        }
        self.read(|_| Ok(History(name.to_owned()))).await
    }
}

/// The same within a unit, up to `at`.
pub(crate) async fn changes_until(
    tx: &mut Tx<'_>,
    instance: &Instance,
    at: Timestamp,
) -> Result<Vec<InstanceChange>, DeskError> {
    let changes = instances::history(tx, instance.id).await?;
    let mut told = differences(instance, &changes)?;
    told.retain(|change| change.at <= at);
    Ok(told)
}

struct History(String);

impl Unit for History {
    type Output = Vec<InstanceChange>;
    type Error = Failed<InstanceError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = instances::by_name(tx, &self.0).await?;
        let found = found.ok_or_else(|| Failed::Because(InstanceError::Unknown(self.0.clone())))?;
        let changes = instances::history(tx, found.id).await?;
        Ok(differences(&found, &changes)?)
    }
}

/// What is known of an instance, or was.
struct Seen {
    facts: Facts,
    gone: bool,
}

/// The differences between what was known before each change and before the next, or now. `changes` come newest first.
pub(super) fn differences(
    now: &Instance,
    changes: &[instances::Change],
) -> Result<Vec<InstanceChange>, Damage> {
    let seen = |facts: &[u8], gone_at: Option<i64>| {
        Ok(Seen { facts: read_facts(&now.name, facts)?, gone: gone_at.is_some() })
    };
    let mut told = Vec::new();
    if changes.is_empty() {
        return Ok(told);
    }
    let mut after = seen(&now.facts, now.gone_at)?;
    for change in changes {
        let before = seen(&change.before, change.gone_at)?;
        let at = Timestamp::from_microsecond(change.at).unwrap_or(Timestamp::MAX);
        let mut here: Vec<_> = between(&before, &after).map(|change| InstanceChange { at, change }).collect();
        here.reverse();
        told.append(&mut here);
        after = before;
    }
    told.reverse();
    Ok(told)
}

/// What changed from `before` to `after`: whether it is there, then its facts.
fn between<'s>(before: &'s Seen, after: &'s Seen) -> impl Iterator<Item = Change> + 's {
    let there = match (before.gone, after.gone) {
        (false, true) => Some(Change::Gone),
        (true, false) => Some(Change::Back),
        (true, true) | (false, false) => None,
    };
    there.into_iter().chain(before.facts.changes_to(&after.facts))
}
