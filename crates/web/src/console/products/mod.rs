//! `/products`: the instances of an account, each with what may be done for its filing now, or every reason why not.

mod words;

use super::{
    export::{Export, Table, Wanted as Exported},
    field::{Field, Kind as FieldKind},
    frame::Frame,
    shown::{alone, day},
};
use crate::{
    caller::{Customer, OwnInstances},
    problem::{OrTold, Problem},
    site::Site,
};
use app::instances::{InstanceDecision, ListInstances, MOST_INSTANCES};
use askama::{Template, filters::HtmlSafe};
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::{
    Refusal, Refused,
    codes::{Asking, IssueRefusal, Obstacle, issue},
};
use rulebook::{Decision, Lang, QuotaState, Verdict};
use serde::Deserialize;
use std::num::NonZero;
use url::form_urlencoded;
use words::Words;

/// How many instances a page has.
const ON_A_PAGE: u32 = 50;
/// Instances from which on a list can be filtered: fewer are seen at a glance.
const MANY: usize = 10;

/// Where the list goes on, and which instances it has: those with that verdict, and with that text in their ids.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    verdict: Option<String>,
    text: Option<String>,
}

impl Wanted {
    fn verdict(&self) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| Some(verdict.word()) == self.verdict.as_deref())
    }

    fn text(&self) -> String {
        self.text.as_deref().unwrap_or_default().trim().chars().map(rulebook::half_width).collect()
    }

    /// The same list from its beginning, at an address that a cursor can follow.
    fn here(&self) -> String {
        match self.query() {
            none if none.is_empty() => "/products?".to_owned(),
            query => format!("/products?{query}&"),
        }
    }

    /// Where the same list is found as a file.
    fn exported_at(&self) -> String {
        match self.query() {
            none if none.is_empty() => "/products/export".to_owned(),
            query => format!("/products/export?{query}"),
        }
    }

    /// What is asked for, without the cursor.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.verdict().map(|verdict| ("verdict", verdict.word())));
        query.extend_pairs(Some(("text", self.text())).filter(|(_, text)| !text.is_empty()));
        query.finish()
    }
}

#[derive(Template)]
#[template(path = "products/page.html")]
struct Page<'p> {
    w: &'static Words,
    account: &'p str,
    export: Export,
    /// What is asked for, where there are many instances.
    filter: Option<[Field<'p>; 2]>,
    is_filtered: bool,
    rows: Vec<Row>,
    is_first: bool,
    /// The address of the same without a cursor.
    here: String,
    next: Option<String>,
}

/// An instance, as its row shows it.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) product: String,
    pub(super) region: String,
    pub(super) term: Vec<String>,
    pub(super) codes: Option<Codes>,
    pub(super) verdict: String,
    /// How the verdict looks: good, bad, or neither.
    pub(super) mood: &'static str,
    pub(super) act: Act,
}

/// What may be done.
pub(super) enum Act {
    /// Codes can be asked for.
    Apply,
    /// The code exists since the purchase, and is looked at.
    View(String),
    /// The host's own credentials prove it.
    Host(String),
    /// Nothing, under what that is told, and why.
    Not(&'static str, Vec<String>),
}

/// The list.
pub(crate) async fn products(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnInstances>,
    frame: Frame,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, account) = (frame.lang, words::words(frame.lang), asker.name().to_owned());
    let (verdict, text, is_first) = (wanted.verdict(), wanted.text(), wanted.cursor.is_none());
    let list = ListInstances {
        of: Some(asker),
        gone: Some(false),
        verdict,
        text: Some(text.clone()).filter(|text| !text.is_empty()),
        after: wanted.cursor.clone(),
        most: ON_A_PAGE,
        ..ListInstances::default()
    };
    let found = site.desk.instances(list).await.or_told(lang)?;
    let is_filtered = verdict.is_some() || !text.is_empty();
    let is_many = found.instances.len() >= MANY || found.next.is_some() || !is_first || is_filtered;
    let all = std::iter::once((String::new(), w.all_verdicts.to_owned()));
    let each = Verdict::ALL.map(|verdict| (verdict.word().to_owned(), alone(verdict.label(lang))));
    let choices: Vec<_> = all.chain(each).collect();
    let filter = [
        Field::new("text", w.text).valued(text),
        Field::new("verdict", w.verdict)
            .of(FieldKind::OneOf(&choices))
            .valued(verdict.map(Verdict::word).unwrap_or_default()),
    ];
    let page = Page {
        w,
        account: &account,
        export: Export::of(wanted.exported_at(), lang),
        filter: is_many.then_some(filter),
        is_filtered,
        rows: found.instances.iter().map(|decided| Row::of(decided, lang)).collect(),
        is_first,
        here: wanted.here(),
        next: found.next,
    };
    Ok(frame.page(w.title, &page))
}

/// The list as a file, of what is asked for.
pub(crate) async fn export(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnInstances>,
    frame: Frame,
    Query(filter): Query<Wanted>,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let heads = [w.instance, w.product, w.region, w.term, w.codes, w.verdict, w.act];
    let mut table = Table::new("products", &heads);
    let mut list = ListInstances {
        of: Some(asker),
        gone: Some(false),
        verdict: filter.verdict(),
        text: Some(filter.text()).filter(|text| !text.is_empty()),
        most: MOST_INSTANCES,
        ..ListInstances::default()
    };
    while !table.is_cut() {
        let found = site.desk.instances(list.clone()).await.or_told(lang)?;
        for decided in &found.instances {
            table.row(Row::of(decided, lang).cells(lang));
        }
        let Some(next) = found.next else { break };
        list.after = Some(next);
    }
    table.answer(&wanted, &site, lang).await
}

/// The width of the picture of all codes that there may be.
const WHOLE: u32 = 72;

/// Codes used of those that there may be, in words and as a picture.
#[derive(Template)]
#[template(path = "products/codes.html")]
pub(super) struct Codes {
    pub(super) says: String,
    pub(super) whole: u32,
    /// How much of it the codes take that are used.
    pub(super) used: u32,
    pub(super) is_full: bool,
}

/// It is HTML already.
impl HtmlSafe for Codes {}

impl Codes {
    fn of(quota: QuotaState, lang: Lang) -> Self {
        let QuotaState { limit, used, .. } = quota;
        let share = (WHOLE * used.min(limit)).checked_div(limit).unwrap_or(WHOLE);
        Self { says: words::codes(quota, lang), whole: WHOLE, used: share, is_full: used >= limit }
    }
}

impl Row {
    /// Whether all its codes are made: some of them may be unused still.
    fn is_used_up(&self) -> bool {
        self.codes.as_ref().is_some_and(|codes| codes.is_full)
    }

    /// What a row shows of an instance.
    pub(super) fn of(decided: &InstanceDecision, lang: Lang) -> Self {
        let (decision, facts) = (decided.decision(), decided.facts());
        let row = decision.row();
        let (verdict, mood) = mood(&decision, lang);
        Self {
            id: facts.id.clone(),
            product: row.map_or_else(|| facts.product.clone(), |row| row.name.in_lang(lang).to_owned()),
            region: facts.region.clone().unwrap_or_else(|| words::words(lang).unknown.to_owned()),
            term: term(&decision, lang),
            codes: decision.quota().map(|quota| Codes::of(quota, lang)),
            verdict,
            mood,
            act: act(&decision, decided.buyer_is_blacklisted(), lang),
        }
    }

    /// What a file has of it.
    fn cells(self, lang: Lang) -> [String; 7] {
        let act = match self.act {
            Act::Apply => words::words(lang).apply.to_owned(),
            Act::View(how) | Act::Host(how) => how,
            Act::Not(_, reasons) => reasons.join("\n"),
        };
        let (term, codes) = (self.term.join("\n"), self.codes.map(|codes| codes.says).unwrap_or_default());
        [self.id, self.product, self.region, term, codes, self.verdict, act]
    }
}

const fn looks(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "good",
        Verdict::Ineligible => "bad",
        Verdict::Undetermined => "open",
        Verdict::NotRequired | Verdict::Elsewhere => "calm",
    }
}

fn mood(decision: &Decision<'_>, lang: Lang) -> (String, &'static str) {
    let verdict = decision.verdict();
    (alone(verdict.label(lang)), looks(verdict))
}

/// What was bought, and what of it is left, a line each.
fn term(decision: &Decision<'_>, lang: Lang) -> Vec<String> {
    let case = decision.case();
    let bought = case.purchased_months.map(|months| words::bought(months, lang));
    let left = case.expires_at.map(|at| {
        let ended = case.moment.at() >= at;
        words::left(case.remaining_months.filter(|_| !ended), &day(at), lang)
    });
    bought.into_iter().chain(left).collect()
}

fn act(decision: &Decision<'_>, blacklisted: bool, lang: Lang) -> Act {
    match issue(&Asking { decision, blacklisted }, NonZero::<u32>::MIN) {
        Ok(_) => Act::Apply,
        Err(refused) => match *told(&refused).collect::<Vec<_>>() {
            // Whoever asks for nobody in particular signs in, and may.
            [] => Act::Apply,
            [IssueRefusal::Obstacle(obstacle @ Obstacle::MadeOnPurchase { .. })] => {
                Act::View(said(obstacle, lang))
            }
            [IssueRefusal::Obstacle(obstacle @ Obstacle::NoCodeNeeded { .. })] => {
                Act::Host(said(obstacle, lang))
            }
            _ => Act::Not(asking_why(decision.verdict(), lang), reasons(decision, &refused, lang)),
        },
    }
}

/// The reasons but that nobody in particular asked.
fn told<'r, 'd>(refused: &'r Refused<IssueRefusal<'d>>) -> impl Iterator<Item = &'r IssueRefusal<'d>> {
    let signs_in = |reason: &&IssueRefusal<'_>| matches!(reason, IssueRefusal::Obstacle(Obstacle::SignIn));
    refused.reasons().iter().filter(move |reason| !signs_in(reason))
}

/// What whoever may not apply asks.
const fn asking_why(verdict: Verdict, lang: Lang) -> &'static str {
    let w = words::words(lang);
    match verdict {
        Verdict::NotRequired | Verdict::Elsewhere => w.no_need,
        Verdict::Eligible | Verdict::Ineligible | Verdict::Undetermined => w.why_not,
    }
}

fn said(refusal: &impl Refusal, lang: Lang) -> String {
    super::field::sentences(&[&refusal.message(lang), &refusal.suggestion(lang)])
}

/// Every reason, those with the same remedy together. What the rules find is told as they tell it; whatever else stands in the way
/// comes first, as it does everywhere.
pub(super) fn reasons(
    decision: &Decision<'_>,
    refused: &Refused<IssueRefusal<'_>>,
    lang: Lang,
) -> Vec<String> {
    let is_finding =
        |reason: &&IssueRefusal<'_>| matches!(reason, IssueRefusal::Obstacle(Obstacle::Finding { .. }));
    let others = told(refused).filter(|reason| !is_finding(reason)).map(|reason| said(reason, lang));
    let mut told: Vec<String> = others.collect();
    if refused.reasons().iter().any(|reason| is_finding(&reason)) {
        told.extend(decision.explanation(lang));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use rulebook::Scope;

    #[test]
    fn the_picture_of_codes_shows_the_share_that_its_words_tell() {
        for (used, limit, share, is_full, says) in [
            (0, 5, 0, false, "0 / 5 个（按实例）"),
            (2, 5, 28, false, "2 / 5 个（按实例）"),
            (5, 5, WHOLE, true, "5 / 5 个（按实例）"),
            (7, 5, WHOLE, true, "7 / 5 个（按实例）"),
            (0, 0, WHOLE, true, "0 / 0 个（按实例）"),
        ] {
            let left = u32::saturating_sub(limit, used);
            let codes = Codes::of(QuotaState { limit, per: Scope::Instance, used, left }, Lang::Zh);
            assert_eq!((codes.used, codes.is_full, &*codes.says), (share, is_full, says));
            let html = codes.to_string();
            assert!(html.starts_with(says) && html.contains(&format!("width=\"{share}\"")), "{html}");
        }
    }
}
