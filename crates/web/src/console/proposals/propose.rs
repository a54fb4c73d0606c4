//! `/proposals/new/…`: something is proposed for another person to decide: to list something, to take it off the list, to cancel a number.

use super::words::{self, Words};
use crate::{
    caller::{May, ProposeAndAgree, person},
    console::{
        Frame,
        field::{Faults, Field, Kind as FieldKind},
        filled::Filled,
        told::to,
    },
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::{
    access::Principal,
    two_people::{BlacklistId, Extent, Off, Propose, Thing, ThingKind, WhyListed, WhyUnlisted, Wish},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::tables::CERTIFICATES;
use rulebook::Lang;
use serde::Deserialize;

/// What of a proposal is known before anything is typed.
#[derive(Debug, Deserialize)]
pub(super) struct Known {
    entry: Option<String>,
    number: Option<String>,
}

#[derive(Template)]
#[template(path = "proposals/propose.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    title: &'static str,
    lead: &'static str,
    at: &'static str,
    /// The entry that is taken off.
    entry: Option<String>,
    fields: Vec<Field<'p>>,
    means: Vec<&'static str>,
    act: &'static str,
}

/// Which of the three is proposed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    List,
    Unlist,
    Cancel,
}

impl Sort {
    const fn at(self) -> &'static str {
        match self {
            Self::List => "/proposals/new/list",
            Self::Unlist => "/proposals/new/unlist",
            Self::Cancel => "/proposals/new/cancel",
        }
    }

    /// The wish that was filled in, or what is missing.
    fn read(self, filled: &Filled, lang: Lang) -> Result<Wish, Faults<'static>> {
        let w = words::words(lang);
        let reason = filled.text("reason");
        match self {
            Self::List => {
                let reason = WHY_LISTED.into_iter().find(|why| why.word() == reason);
                let missing =
                    if reason.is_none() { Faults::one("reason", w.no_reason) } else { Faults::NONE };
                match (thing(filled, lang), reason) {
                    (Ok(thing), Some(reason)) => Ok(Wish::List { thing, reason }),
                    (thing, _) => Err(thing.err().unwrap_or_default().chain(missing)),
                }
            }
            Self::Unlist => {
                let reason = WHY_UNLISTED.into_iter().find(|why| why.word() == reason);
                let missing =
                    if reason.is_none() { Faults::one("reason", w.no_reason) } else { Faults::NONE };
                match (off(filled, lang), reason) {
                    (Ok(off), Some(reason)) => Ok(Wish::Unlist { off, reason }),
                    (off, _) => Err(off.err().unwrap_or_default().chain(missing)),
                }
            }
            Self::Cancel => {
                let extent = EXTENTS.into_iter().find(|(word, _)| *word == filled.text("extent"));
                let Some((_, extent)) = extent else { return Err(Faults::one("extent", w.no_extent)) };
                Ok(Wish::Cancel { number: filled.text("number").to_owned(), extent })
            }
        }
    }
}

const WHY_LISTED: [WhyListed; 3] =
    [WhyListed::ByAuthority, WhyListed::UnlawfulContent, WhyListed::FalseInformation];
const WHY_UNLISTED: [WhyUnlisted; 2] = [WhyUnlisted::ByAuthority, WhyUnlisted::Mistake];
/// How far a cancellation goes, as the form names it.
const EXTENTS: [(&str, Extent); 3] = [
    ("number", Extent::Number),
    ("serious", Extent::Serious { domains: false }),
    ("serious-with-domains", Extent::Serious { domains: true }),
];

/// What is named. The kind of a certificate is read of a certificate alone: without a script the form asks always.
fn thing(filled: &Filled, lang: Lang) -> Result<Thing, Faults<'static>> {
    let w = words::words(lang);
    let value = filled.text("value").to_owned();
    match ThingKind::from_word(filled.text("thing")) {
        None => Err(Faults::one("thing", w.no_thing)),
        Some(ThingKind::Domain) => Ok(Thing::Domain(value)),
        Some(ThingKind::SubjectName) => Ok(Thing::SubjectName(value)),
        Some(ThingKind::WebsiteName) => Ok(Thing::WebsiteName(value)),
        Some(ThingKind::Certificate) => match filled.text("certificate_kind").parse() {
            Ok(kind) => Ok(Thing::Certificate { kind, number: value }),
            Err(_) => Err(Faults::one("certificate_kind", w.no_certificate_kind)),
        },
    }
}

fn off(filled: &Filled, lang: Lang) -> Result<Off, Faults<'static>> {
    match filled.text("entry").parse::<BlacklistId>() {
        Ok(entry) => Ok(Off::Entry(entry)),
        Err(_) => thing(filled, lang).map(Off::Thing),
    }
}

pub(super) async fn ask_to_list(_: May<ProposeAndAgree>, frame: Frame) -> Response {
    shown(&frame, Sort::List, &Faults::NONE, &Filled::default())
}

pub(super) async fn ask_to_unlist(
    _: May<ProposeAndAgree>,
    frame: Frame,
    Query(known): Query<Known>,
) -> Response {
    shown(&frame, Sort::Unlist, &Faults::NONE, &known.filled())
}

pub(super) async fn ask_to_cancel(
    _: May<ProposeAndAgree>,
    frame: Frame,
    Query(known): Query<Known>,
) -> Response {
    shown(&frame, Sort::Cancel, &Faults::NONE, &known.filled())
}

impl Known {
    /// As if it had been typed.
    fn filled(self) -> Filled {
        let fields = [("entry", self.entry), ("number", self.number)];
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn shown(frame: &Frame, sort: Sort, faults: &Faults<'_>, filled: &Filled) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let entry = filled.text("entry").parse::<BlacklistId>().ok().filter(|_| sort == Sort::Unlist);
    let choices = Choices::of(sort, lang);
    let title = words::proposing(sort.at(), lang);
    let names: &[&str] = match (sort, entry) {
        (Sort::Unlist, Some(_)) => &["reason", "note"],
        (Sort::List | Sort::Unlist, _) => &["thing", "certificate_kind", "value", "reason", "note"],
        (Sort::Cancel, _) => &["number", "extent", "note"],
    };
    let page = Page {
        f: frame,
        w,
        faults,
        title,
        lead: w.propose_lead,
        at: sort.at(),
        entry: entry.map(|entry| entry.to_string()),
        fields: names.iter().map(|name| field(name, &choices, filled, faults, w)).collect(),
        means: if sort == Sort::Cancel { w.extents.to_vec() } else { Vec::new() },
        act: w.propose_act,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    frame.shown(status, title, &page)
}

/// What can be chosen: what is sent, and how it is called.
struct Choices {
    things: Vec<(String, String)>,
    certificates: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
    extents: Vec<(String, String)>,
}

impl Choices {
    fn of(sort: Sort, lang: Lang) -> Self {
        let w = words::words(lang);
        let first = |says: &str| std::iter::once((String::new(), says.to_owned()));
        let pair = |word: &str, label: &str| (word.to_owned(), label.to_owned());
        let things = ThingKind::ALL.into_iter().map(|kind| pair(kind.word(), words::thing(kind, lang)));
        let certificates = CERTIFICATES.iter().map(|kind| &kind.entry);
        let certificates = certificates.map(|entry| (entry.id.to_string(), entry.label(lang).to_owned()));
        let why_listed = WHY_LISTED.into_iter().map(WhyListed::word);
        let why_unlisted = WHY_UNLISTED.into_iter().map(WhyUnlisted::word);
        let reasons: Vec<_> =
            if sort == Sort::Unlist { why_unlisted.collect() } else { why_listed.collect() };
        let why = |word| {
            if sort == Sort::Unlist { words::why_off(word, lang) } else { words::reason(word, lang) }
        };
        let extents = EXTENTS.into_iter().map(|(word, extent)| pair(word, words::extent(extent, lang)));
        Self {
            things: first(w.choose).chain(things).collect(),
            certificates: first(w.is_no_certificate).chain(certificates).collect(),
            reasons: first(w.choose).chain(reasons.into_iter().map(|word| pair(word, why(word)))).collect(),
            extents: first(w.choose).chain(extents).collect(),
        }
    }
}

fn field<'p>(
    name: &'p str,
    choices: &'p Choices,
    filled: &Filled,
    faults: &Faults<'_>,
    w: &'static Words,
) -> Field<'p> {
    let field = match name {
        "thing" => Field::new(name, w.thing).of(FieldKind::OneOf(&choices.things)),
        "certificate_kind" => Field::new(name, w.certificate).of(FieldKind::OneOf(&choices.certificates)),
        "value" => Field::new(name, w.value).hinted(w.value_hint),
        "reason" => Field::new(name, w.why).of(FieldKind::OneOf(&choices.reasons)),
        "number" => Field::new(name, w.number).hinted(w.number_hint),
        "extent" => Field::new(name, w.extent).of(FieldKind::OneOf(&choices.extents)),
        _ => Field::new(name, w.note).hinted(w.note_hint).of(FieldKind::Lines(4)),
    };
    let typed = if name == "note" { filled.exact(name) } else { filled.text(name) };
    field.valued(typed).faulted(faults)
}

pub(super) async fn list(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    proposed(&site, &frame, &by, Sort::List, &filled).await
}

pub(super) async fn unlist(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    proposed(&site, &frame, &by, Sort::Unlist, &filled).await
}

pub(super) async fn cancel(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    proposed(&site, &frame, &by, Sort::Cancel, &filled).await
}

async fn proposed(
    site: &Site,
    frame: &Frame,
    by: &Principal,
    sort: Sort,
    filled: &Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let wish = match sort.read(filled, lang) {
        Ok(wish) => wish,
        Err(faults) => return Ok(shown(frame, sort, &faults, filled)),
    };
    let key = filled.key().ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let note = filled.exact("note").replace("\r\n", "\n");
    let ask = Propose { by: person(by, lang)?, wish, note };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.propose(ask, key).await.or_told(lang) }).await {
        Ok(told) => Ok(to(&format!("/proposals?made={}", told.answer.id))),
        Err(problem) => {
            let known = ["value", "certificate_kind", "note", "number"];
            let faults = Faults::refused(problem, |path| {
                known.into_iter().find(|name| *name == path).unwrap_or_default()
            })?;
            Ok(shown(frame, sort, &faults, filled))
        }
    }
}
