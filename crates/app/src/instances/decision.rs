//! What the rulebook says of one instance, with all that the answer rests on.

use super::InstanceChange;
use jiff::{Timestamp, civil::Date};
use rulebook::{Change, Decision, Edition, Fact, Facts, Lang, decide};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// How well it is known how many codes had been issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodesCounted {
    /// They were counted as of the time asked about.
    Then,
    /// Codes were made beforehand or changed since: the count may be another than it was at that time.
    Unsure,
    /// Only today's count is known.
    Today,
    /// The facts that were handed in say so.
    AsGiven,
}

/// A decision on one instance.
#[derive(Clone, Debug)]
pub struct InstanceDecision {
    pub(super) edition: Arc<Edition>,
    pub(super) facts: Facts,
    pub(super) at: Timestamp,
    pub(super) asker: Option<String>,
    pub(super) blacklisted: bool,
    pub(super) gone_at: Option<Timestamp>,
    pub(super) codes: CodesCounted,
    pub(super) changes: Vec<(Date, Change)>,
}

impl InstanceDecision {
    /// The decision, with its findings.
    pub fn decision(&self) -> Decision<'_> {
        decide(&self.edition, &self.facts, self.at, self.asker.as_deref())
    }

    /// The decision as JSON carries it (SPEC 3.4), with messages in `lang` that also tell what changed after the purchase.
    pub const fn report(&self, lang: Lang) -> DecisionReport<'_> {
        DecisionReport { decided: self, lang, dated: true }
    }

    /// What is known of the instance, or was at that time, with the codes issued.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The edition by which it is decided.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The same, to be kept longer than the decision.
    pub(crate) const fn shared_edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// As of when.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Whether a subject of its buyer was on the blacklist at that time: such an account gets no codes, whatever the rules say.
    /// Of facts that were handed in nothing is known of that.
    pub const fn buyer_is_blacklisted(&self) -> bool {
        self.blacklisted
    }

    /// Since when the instance was gone at that time, if it was.
    pub const fn gone_at(&self) -> Option<Timestamp> {
        self.gone_at
    }

    /// How well it is known how many codes had been issued.
    pub const fn codes_counted(&self) -> CodesCounted {
        self.codes
    }

    /// The last change of each fact, with its day in Asia/Shanghai, in the order of facts; without those by which the desk only
    /// came to know a fact.
    pub fn changes(&self) -> &[(Date, Change)] {
        &self.changes
    }
}

/// A decision as JSON carries it, in one language.
#[derive(Clone, Copy, Debug)]
pub struct DecisionReport<'d> {
    decided: &'d InstanceDecision,
    lang: Lang,
    dated: bool,
}

impl DecisionReport<'_> {
    /// The same without its moment, as [`rulebook::Report::undated`] has it.
    #[must_use]
    pub const fn undated(self) -> Self {
        Self { dated: false, ..self }
    }
}

impl Serialize for DecisionReport<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let decision = self.decided.decision();
        let report = decision.report(self.lang).with_changes(&self.decided.changes);
        if self.dated { report } else { report.undated() }.serialize(to)
    }
}

/// The last change of each fact up to `at`, by a history in order.
pub(super) fn last_changes(history: Vec<InstanceChange>, at: Timestamp) -> Vec<(Date, Change)> {
    let history: Vec<_> = history.into_iter().filter(|change| change.at <= at).collect();
    let last = |fact| history.iter().rev().find(|change: &&InstanceChange| change.change.is_of(fact));
    let known = Fact::ALL.into_iter().filter_map(last).filter(|change| change.change.is_between_known());
    known.map(|change| (change.day(), change.change.clone())).collect()
}
