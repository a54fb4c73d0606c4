//! `/numbers`: the subjects of an account with their websites; to staff, a field in which any number is looked up.

use super::{
    at,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnNumbers, SeesNumbers},
    console::{
        Frame,
        export::{Export, Table, Wanted as Exported},
        field::Field,
        shown::day,
        told::to,
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::registry::{MOST_SUBJECTS, NumberInShort, OwnSubject};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::registry::{State as Stands, Weight};
use rulebook::Lang;
use serde::Deserialize;

/// How many subjects a page has.
const ON_A_PAGE: u32 = 20;

/// Where the list goes on, or the number that is looked up.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    cursor: Option<String>,
    number: Option<String>,
}

#[derive(Template)]
#[template(path = "numbers/list.html")]
struct Page {
    w: &'static Words,
    export: Export,
    subjects: Vec<(Row, Vec<Row>)>,
    is_first: bool,
    next: Option<String>,
}

/// A number, as lists show it.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) state: &'static str,
    pub(super) mood: &'static str,
    pub(super) domains: String,
    pub(super) since: String,
    /// What threatens it most, where that is told.
    pub(super) threat: Told,
}

/// What a list tells of what threatens a number.
pub(super) enum Told {
    /// What weighs most: how it looks, how much it weighs, what it is.
    Threat(&'static str, &'static str, String),
    /// Nothing is known to threaten it.
    Nothing,
    /// It has ended, or it is not told here.
    NotAsked,
}

impl Told {
    fn of(own: &OwnSubject, short: &NumberInShort, lang: Lang) -> Self {
        match own.threats.get(&short.number) {
            _ if short.state.is_final() => Self::NotAsked,
            Some(threat) => {
                let (mood, weight) = weight(threat.weight, lang);
                Self::Threat(mood, weight, threat.risk.brief(lang))
            }
            None => Self::Nothing,
        }
    }
}

/// How a weight looks, and what it is called.
pub(super) const fn weight(weight: Weight, lang: Lang) -> (&'static str, &'static str) {
    let w = words::words(lang);
    match weight {
        Weight::Urgent => ("bad", w.urgent),
        Weight::Warning => ("open", w.warning),
        Weight::Notice => ("calm", w.notice),
    }
}

impl Row {
    pub(super) fn of(short: &NumberInShort, lang: Lang) -> Self {
        Self {
            href: at(&short.number),
            number: short.number.clone(),
            state: short.state.label(lang),
            mood: mood(short.state),
            domains: short.domains.join(words::between(lang)),
            since: day(short.filed_at),
            threat: Told::NotAsked,
        }
    }

    /// The same with what threatens it most.
    fn threatened(own: &OwnSubject, short: &NumberInShort, lang: Lang) -> Self {
        Self { threat: Told::of(own, short, lang), ..Self::of(short, lang) }
    }
}

/// How the state of a number looks.
pub(super) const fn mood(state: Stands) -> &'static str {
    match state {
        Stands::Active => "good",
        Stands::AccessDropped => "open",
        Stands::Cancelled => "calm",
    }
}

#[derive(Template)]
#[template(path = "numbers/look_up.html")]
struct LookUp<'p> {
    w: &'static Words,
    field: Field<'p>,
}

/// The list, or the field.
pub(super) async fn list(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Query(Wanted { cursor, number }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let SeesNumbers::Own(asker) = sees else {
        return Ok(match number.as_deref().map(str::trim).filter(|number| !number.is_empty()) {
            Some(number) => to(&at(number)),
            None => frame
                .page(w.title, &LookUp { w, field: Field::new("number", w.number).hinted(w.number_hint) }),
        });
    };
    let is_first = cursor.is_none();
    let after = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.my_numbers(&asker, after, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|subject| subject.id.to_string());
    let rows = |own: &OwnSubject| {
        let websites = own.websites.iter().map(|short| Row::threatened(own, short, lang)).collect();
        (Row::threatened(own, &own.number, lang), websites)
    };
    let (export, subjects) = (Export::of("/numbers/export", lang), found.iter().map(rows).collect());
    Ok(frame.page(w.title, &Page { w, export, subjects, is_first, next }))
}

/// The list of an account as a file, each website below its subject.
pub(super) async fn export(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnNumbers>,
    frame: Frame,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let mut table = Table::new("numbers", &[w.number, w.state, w.threat, w.domains, w.since]);
    let mut after = None;
    while !table.is_cut() {
        let found = site.desk.my_numbers(&asker, after, MOST_SUBJECTS).await.or_told(lang)?;
        let Some(last) = found.last() else { break };
        after = Some(last.id);
        for own in &found {
            for short in std::iter::once(&own.number).chain(&own.websites) {
                let Row { number, state, domains, since, threat, .. } = Row::threatened(own, short, lang);
                let threat = match threat {
                    Told::Threat(_, weight, says) => words::because(&says, weight, lang),
                    Told::Nothing => w.no_threat.to_owned(),
                    Told::NotAsked => String::new(),
                };
                table.row([number, state.to_owned(), threat, domains, since]);
            }
        }
    }
    table.answer(&wanted, &site, lang).await
}
