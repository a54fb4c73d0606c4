//! A dry run: a draft edition held against the one in force, instance after instance, before anybody publishes it.

use crate::{
    decide::{Case, Moment, Told, told},
    decision::{Code, CodeSet, Verdict},
    edition::{CodeMade, Edition, Row, VerifiedBy},
    facts::{FactSet, Facts},
    text::Lang,
};
use jiff::Timestamp;

/// Holds two editions against one instance after another and counts what changes. Nothing is allocated for an instance,
/// and nothing of it is kept: whoever wants to know which codes and drafts are hit looks at each [`Shift`].
#[derive(Clone, Debug)]
pub struct DryRun<'e> {
    before: &'e Edition,
    after: &'e Edition,
    moment: Moment,
    /// The products of either edition, by length and text of their ids, as [`Edition::row`] has them.
    lines: Vec<Line<'e>>,
    /// Of products that neither edition knows.
    unknown: Tally,
}

/// A product with what either edition says of it.
#[derive(Clone, Debug)]
struct Line<'e> {
    product: &'e str,
    before: Option<&'e Row>,
    after: Option<&'e Row>,
    tally: Tally,
}

/// What both editions say of one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// By the edition in force.
    pub before: Stand,
    /// By the draft.
    pub after: Stand,
}

/// What one edition says of one instance, as far as a dry run compares it: its figures and remedies are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The verdict.
    pub verdict: Verdict,
    /// The findings.
    pub codes: CodeSet,
    /// The unknown facts that a condition needs.
    pub unknown: FactSet,
    /// How the instance is verified; `None` when the edition does not know the product.
    pub verified_by: Option<VerifiedBy>,
    /// Where its codes come from; `None` when the edition does not know the product.
    pub code_made: Option<CodeMade>,
}

/// What the draft does to one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It may back a filing, and may not today.
    Gains,
    /// It may back a filing today, and may no longer.
    Loses,
    /// Another verdict, and neither is `eligible`.
    OtherVerdict,
    /// The same verdict, but it is verified in another way, or its codes come from elsewhere.
    OtherWay,
    /// The same verdict for other reasons.
    OtherReasons,
    /// Nothing but perhaps a figure in a sentence.
    Same,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 6] =
        [Self::Gains, Self::Loses, Self::OtherVerdict, Self::OtherWay, Self::OtherReasons, Self::Same];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::Loses => "loses",
            Self::OtherVerdict => "other-verdict",
            Self::OtherWay => "other-way",
            Self::OtherReasons => "other-reasons",
            Self::Same => "same",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Gains) => "变为可备案",
            (Lang::Zh, Self::Loses) => "不再可备案",
            (Lang::Zh, Self::OtherVerdict) => "结论改变",
            (Lang::Zh, Self::OtherWay) => "验证方式改变",
            (Lang::Zh, Self::OtherReasons) => "原因改变",
            (Lang::Zh, Self::Same) => "不变",
            (Lang::En, Self::Gains) => "becomes eligible",
            (Lang::En, Self::Loses) => "no longer eligible",
            (Lang::En, Self::OtherVerdict) => "another verdict",
            (Lang::En, Self::OtherWay) => "verified in another way",
            (Lang::En, Self::OtherReasons) => "other reasons",
            (Lang::En, Self::Same) => "no change",
        }
    }
}

impl Shift {
    /// What the draft does to the instance.
    pub fn effect(&self) -> Effect {
        let Self { before, after } = self;
        match (before.verdict, after.verdict) {
            (Verdict::Eligible, Verdict::Eligible) => self.effect_within_a_verdict(),
            (Verdict::Eligible, _) => Effect::Loses,
            (_, Verdict::Eligible) => Effect::Gains,
            (before, after) if before != after => Effect::OtherVerdict,
            _ => self.effect_within_a_verdict(),
        }
    }

    fn effect_within_a_verdict(&self) -> Effect {
        let Self { before, after } = self;
        if (before.verified_by, before.code_made) != (after.verified_by, after.code_made) {
            Effect::OtherWay
        } else if (before.codes, before.unknown) != (after.codes, after.unknown) {
            Effect::OtherReasons
        } else {
            Effect::Same
        }
    }

    /// Whether codes of the instance, and orders that it backs, serve for a filing today and would no longer. Places in a quota
    /// have nothing to do with it: [`Effect::Loses`] is about codes that are still to be issued.
    pub const fn hits_codes(&self) -> bool {
        self.before.serves_codes() && !self.after.serves_codes()
    }

    /// The findings that the draft adds: who loses, loses by them.
    pub fn added(&self) -> CodeSet {
        self.after.codes.without(self.before.codes)
    }

    /// The findings that the draft takes away: who gains, gains by their going.
    pub fn gone(&self) -> CodeSet {
        self.before.codes.without(self.after.codes)
    }
}

impl Stand {
    fn of(case: &Case<'_>) -> Self {
        let Told { verdict, codes, unknown } = told(case);
        let verified_by = case.row.map(|row| row.verified_by.value);
        Self { verdict, codes, unknown, verified_by, code_made: case.row.map(|row| row.code_made.value) }
    }

    /// Whether an order can use the codes that the instance has: nothing that is found makes them expire, and no other system files it.
    pub const fn serves_codes(&self) -> bool {
        !self.codes.expires_codes() && !matches!(self.verdict, Verdict::Elsewhere)
    }
}

impl<'e> DryRun<'e> {
    /// A dry run of the draft `after` against `before`, both asked about the same moment.
    pub fn new(before: &'e Edition, after: &'e Edition, at: Timestamp) -> Self {
        let products = before.rows().iter().chain(after.rows()).map(|row| row.product.as_str());
        let line = |product| Line {
            product,
            before: before.row(product),
            after: after.row(product),
            tally: Tally::default(),
        };
        let mut lines: Vec<_> = products.map(line).collect();
        lines.sort_by_key(|line| (line.product.len(), line.product));
        lines.dedup_by_key(|line| line.product);
        Self { before, after, moment: Moment::new(at), lines, unknown: Tally::default() }
    }

    /// Holds one instance against both editions, as asked by the account `asker`, if one asks, and counts it.
    pub fn hold(&mut self, facts: &Facts, asker: Option<&str>) -> Shift {
        self.hold_counted(facts, facts.codes_issued, asker)
    }

    /// The same where the draft counts codes in another scope, in which so many were issued.
    pub fn hold_counted(&mut self, facts: &Facts, issued_after: u32, asker: Option<&str>) -> Shift {
        let product = facts.product.as_str();
        let key = (product.len(), product);
        let found = self.lines.binary_search_by(|line| (line.product.len(), line.product).cmp(&key));
        let line = found.ok().and_then(|at| self.lines.get_mut(at));
        let (before, after, tally) = match line {
            Some(line) => (line.before, line.after, &mut line.tally),
            None => (None, None, &mut self.unknown),
        };
        let mut case = Case::of_row(self.before, before, facts, &self.moment, asker);
        let before = Stand::of(&case);
        case.turn_to(self.after, after);
        case.counted(issued_after);
        let shift = Shift { before, after: Stand::of(&case) };
        tally.count(&shift);
        shift
    }

    /// What was counted of each product: those of the draft in its order, then those that it drops, then without an id
    /// those that neither edition knows.
    pub fn by_product(&self) -> impl Iterator<Item = (Option<&'e str>, &Tally)> {
        let dropped = self.before.rows().iter().filter(|row| self.after.row(&row.product).is_none());
        let products = self.after.rows().iter().chain(dropped).map(|row| row.product.as_str());
        let known = products.filter_map(|product| {
            let line = self.lines.iter().find(|line| line.product == product)?;
            Some((Some(line.product), &line.tally))
        });
        known.chain([(None, &self.unknown)])
    }

    /// What was counted of all products together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for (_, tally) in self.by_product() {
            total.add(tally);
        }
        total
    }
}

/// How many instances the draft changes, and by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// From a verdict to a verdict.
    verdicts: [[u64; Verdict::ALL.len()]; Verdict::ALL.len()],
    effects: [u64; Effect::ALL.len()],
    gained: [u64; Code::ALL.len()],
    lost: [u64; Code::ALL.len()],
}

impl Tally {
    /// How many instances were held.
    pub fn held(&self) -> u64 {
        self.effects.iter().sum()
    }

    /// On how many the draft has this effect.
    pub fn of(&self, effect: Effect) -> u64 {
        self.effects.get(effect as usize).copied().unwrap_or_default()
    }

    /// How many had the one verdict and get the other: `verdicts(Eligible, Eligible)` stay eligible.
    pub fn verdicts(&self, before: Verdict, after: Verdict) -> u64 {
        self.verdicts
            .get(before as usize)
            .and_then(|row| row.get(after as usize))
            .copied()
            .unwrap_or_default()
    }

    /// How many gain because this finding goes. One that several findings kept out counts for each of them.
    pub fn gained_by(&self, code: Code) -> u64 {
        self.gained.get(code as usize).copied().unwrap_or_default()
    }

    /// How many lose by this finding. One that loses by several counts for each of them.
    pub fn lost_by(&self, code: Code) -> u64 {
        self.lost.get(code as usize).copied().unwrap_or_default()
    }

    fn count(&mut self, shift: &Shift) {
        let effect = shift.effect();
        one_more(&mut self.effects, effect as usize);
        if let Some(row) = self.verdicts.get_mut(shift.before.verdict as usize) {
            one_more(row, shift.after.verdict as usize);
        }
        match effect {
            Effect::Gains => shift.gone().iter().for_each(|code| one_more(&mut self.gained, code as usize)),
            Effect::Loses => shift.added().iter().for_each(|code| one_more(&mut self.lost, code as usize)),
            Effect::OtherVerdict | Effect::OtherWay | Effect::OtherReasons | Effect::Same => {}
        }
    }

    fn add(&mut self, other: &Self) {
        let Self { verdicts, effects, gained, lost } = other;
        let sum = |to: &mut [u64], from: &[u64]| to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        sum(self.verdicts.as_flattened_mut(), verdicts.as_flattened());
        sum(&mut self.effects, effects);
        sum(&mut self.gained, gained);
        sum(&mut self.lost, lost);
    }
}

fn one_more(counts: &mut [u64], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}
