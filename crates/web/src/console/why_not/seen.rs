//! What is seen of instances, codes, numbers and orders, as the page shows it.

use super::words;
use crate::console::{
    ledger,
    shown::{alone, minute},
};
use app::{
    instances::InstanceDecision,
    why_not::{CodeSeen, EntrySeen, InstanceSeen, NumberSeen, OrderSeen},
};
use filing::codes::{Reader, Shown};
use rulebook::{Fact, Lang, Verdict};

/// An instance with all that its decision rests on.
pub(super) struct InstanceView {
    pub(super) id: String,
    pub(super) verdict: String,
    pub(super) mood: &'static str,
    /// What is known of it: the fact and how it was at that time.
    pub(super) facts: Vec<(&'static str, String)>,
    /// How well the number of codes is known, where it may have been another.
    pub(super) unsure: Option<&'static str>,
    /// Which edition decided, and what it asks: the condition and the documents that state it.
    pub(super) rule: String,
    pub(super) conditions: Vec<(String, String)>,
    pub(super) handling: Option<String>,
    /// The documents by their ids and titles.
    pub(super) documents: Vec<(String, String)>,
    /// What changed about it, with when the desk heard of it.
    pub(super) changes: Vec<(String, String)>,
}

impl InstanceView {
    pub(super) fn of(seen: &InstanceSeen, lang: Lang) -> Self {
        let (decided, row) = (&seen.decided, seen.row());
        let facts = decided.facts();
        let product = row.map_or(&*facts.product, |row| row.name.in_lang(lang)).to_owned();
        let known = Fact::ALL.into_iter().map(|fact| (fact.called(lang), facts.known(fact).told(lang)));
        let gone = decided.gone_at().map(|at| (words::words(lang).gone, minute(at, lang)));
        let sources = row.map(|row| row.sources()).unwrap_or_default();
        let documents = sources.into_iter().filter_map(|id| seen.document(id));
        let conditions = row.iter().flat_map(|row| {
            row.conditions
                .iter()
                .map(|stated| (stated.marked(stated.value.phrase(row, lang), lang), stated.source.join(", ")))
        });
        let (verdict, mood) = verdict(decided, lang);
        Self {
            id: facts.id.clone(),
            verdict,
            mood,
            facts: std::iter::once((words::words(lang).product, product)).chain(gone).chain(known).collect(),
            unsure: words::counted(decided.codes_counted(), lang),
            rule: words::rule(decided.edition(), &minute(decided.at(), lang), row.is_some(), lang),
            conditions: conditions.collect(),
            handling: row.map(|row| row.handling(lang)),
            documents: documents
                .map(|document| (document.id.clone(), document.title.in_lang(lang).to_owned()))
                .collect(),
            changes: seen
                .history
                .iter()
                .map(|changed| (minute(changed.at, lang), changed.change.message(changed.day(), lang)))
                .collect(),
        }
    }
}

/// A decision as its verdict, and how that looks.
fn verdict(decided: &InstanceDecision, lang: Lang) -> (String, &'static str) {
    let verdict = decided.decision().verdict();
    let mood = match verdict {
        _ if decided.gone_at().is_some() => return (alone(words::words(lang).released), "bad"),
        Verdict::Eligible => "good",
        Verdict::Ineligible => "bad",
        Verdict::Undetermined => "open",
        Verdict::NotRequired | Verdict::Elsewhere => "calm",
    };
    (alone(verdict.label(lang)), mood)
}

/// An instance in a list: its id, the verdict, and how that looks.
pub(super) fn in_short(decided: &InstanceDecision, lang: Lang) -> (String, String, &'static str) {
    let (verdict, mood) = verdict(decided, lang);
    (decided.facts().id.clone(), verdict, mood)
}

/// A code, by its last group.
pub(super) struct CodeView {
    pub(super) ending: String,
    pub(super) state: &'static str,
    pub(super) mood: &'static str,
    pub(super) message: String,
    pub(super) owner: Option<String>,
    pub(super) granted_to: Option<String>,
    pub(super) made: String,
    pub(super) changed_since: bool,
}

impl CodeView {
    pub(super) fn of(seen: &CodeSeen, lang: Lang) -> Self {
        let standing = seen.standing();
        let shown = standing.shown();
        let reader = Reader::Owner;
        let mood = match (standing.is_usable(), shown == Shown::Expired) {
            (true, _) => "good",
            (false, true) => "bad",
            (false, false) => "calm",
        };
        Self {
            ending: seen.ending.clone(),
            state: shown.label(lang),
            mood,
            message: crate::console::field::sentences(&[
                &standing.message(reader, lang),
                &standing.what_to_do(reader, lang),
            ]),
            owner: seen.owner.clone(),
            granted_to: seen.granted_to.clone(),
            made: minute(seen.made_at, lang),
            changed_since: seen.changed_since,
        }
    }
}

/// A number with its history.
pub(super) struct NumberView {
    pub(super) facts: Vec<(&'static str, String)>,
    /// What happened to it: when, what, by whom, and the entry of the ledger that says it.
    pub(super) history: Vec<[String; 4]>,
}

impl NumberView {
    pub(super) fn of(seen: &NumberSeen, lang: Lang) -> Self {
        let (w, number) = (words::words(lang), &seen.number);
        let hosted = number.accesses.iter().filter(|access| access.ended.is_none());
        let hosted: Vec<_> = hosted.filter_map(|access| access.instance.clone()).collect();
        let some = |name, text: String| (!text.is_empty()).then_some((name, text));
        let facts = [
            some(w.number, number.short.number.clone()),
            some(w.state, number.short.state.label(lang).to_owned()),
            some(w.account, number.account.clone()),
            some(w.subject, number.subject.clone().unwrap_or_default()),
            some(w.domains, number.short.domains.join(w.and)),
            some(w.hosted, hosted.join(w.and)),
        ];
        let history = number.history.iter().map(|happened| {
            let what = match happened.reason {
                Some(reason) => words::because(happened.event.label(lang), reason.label(lang), lang),
                None => happened.event.label(lang).to_owned(),
            };
            let by = words::actor_of(&happened.actor, lang);
            [minute(happened.at, lang), what, by, happened.entry.to_string()]
        });
        Self { facts: facts.into_iter().flatten().collect(), history: history.collect() }
    }
}

/// An order with its course.
pub(super) struct OrderView {
    pub(super) facts: Vec<(&'static str, String)>,
    /// What happened to it: when, what, where it came to, and the entry of the ledger that says it.
    pub(super) stages: Vec<[String; 4]>,
}

impl OrderView {
    pub(super) fn of(seen: &OrderSeen, lang: Lang) -> Self {
        let (w, order) = (words::words(lang), &seen.order);
        let facts = vec![
            (w.kind, order.kind.label(lang).to_owned()),
            (w.state, order.state.label(lang).to_owned()),
            (w.account, seen.account.clone()),
            (w.opened, minute(order.opened_at, lang)),
        ];
        let stages = order.stages.iter().map(|stage| {
            let (what, state) = (stage.by.label(lang), stage.state.label(lang));
            [minute(stage.at, lang), what.to_owned(), state.to_owned(), stage.entry.to_string()]
        });
        Self { facts, stages: stages.collect() }
    }
}

/// An entry of the ledger.
pub(super) struct EntryView {
    pub(super) at: String,
    pub(super) what: String,
    pub(super) by: String,
    pub(super) edition: String,
    pub(super) place: String,
    pub(super) id: String,
}

impl EntryView {
    pub(super) fn of(seen: &EntrySeen, lang: Lang) -> Self {
        let (kind, name) = &seen.actor;
        Self {
            at: minute(seen.at, lang),
            what: ledger::what(&seen.kind, lang),
            by: ledger::actor(kind, name, lang),
            edition: seen.edition.clone().unwrap_or_else(|| "—".to_owned()),
            place: seen.place.map_or_else(|| words::words(lang).waits.to_owned(), |place| place.to_string()),
            id: seen.id.to_string(),
        }
    }
}
