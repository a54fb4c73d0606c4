//! `/gate/windows/new`: domains are put on the white list. What was filled in is told back first, with the time that it comes to and what
//! the gate says of each domain now; it is done from there.

use super::words::{self, Words};
use crate::{
    caller::{ManageGate, May, actor},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        filled::Filled,
        gate::{
            typed::{address, hosts},
            why,
        },
        shown::{minute, typed_minute},
        told::to,
    },
    gate::{loading, reason},
    idempotency::soon,
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::gate::{AddWindow, GateWindowId, MOST_AT_ONCE, WindowFault, is_reason};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::checks::{domain_shown, registrable};
use jiff::{SignedDuration, Timestamp};
use rulebook::Lang;
use serde::Deserialize;
use std::collections::BTreeSet;
use url::form_urlencoded;

/// How long an entry may last, as it is chosen: what is sent, and how many hours that is.
pub(super) const LASTS: [(&str, i64); 4] = [("2h", 2), ("8h", 8), ("24h", 24), ("7d", 7 * 24)];
/// That it lasts until it is taken away.
pub(super) const NO_END: &str = "no-end";

/// The names of the fields.
const FIELDS: [&str; 5] = ["names", "from", "lasts", "until", "reason"];

/// What is known before anything is typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    names: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    lasts: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "gate/windows/add.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    fields: [Field<'p>; 5],
}

/// What was filled in, told back.
#[derive(Template)]
#[template(path = "gate/windows/sure.html")]
struct Sure<'p> {
    f: &'p Frame,
    w: &'static Words,
    /// Each domain: as people write it, how the gate answers now and how that looks, and why.
    domains: Vec<(String, &'static str, &'static str, String)>,
    facts: [(&'static str, String); 2],
    endless: bool,
    /// What is sent again.
    fields: [(&'static str, String); 5],
    change: String,
}

/// An entry as it was filled in.
struct Wish {
    names: Vec<String>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    reason: String,
}

/// The form.
pub(crate) async fn page(_: May<ManageGate>, frame: Frame, Query(known): Query<Known>) -> Response {
    let Known { names, from, lasts, until, reason } = known;
    let filled = FIELDS.into_iter().zip([names, from, lasts, until, reason]).collect();
    shown(&frame, StatusCode::OK, &Faults::NONE, &filled)
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, filled: &Filled) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let lasts = words::lasts(lang);
    let field = |name, label, hint, kind| {
        let typed = if name == "names" { filled.exact(name) } else { filled.text(name) };
        Field::new(name, label).hinted(hint).of(kind).valued(typed).faulted(faults)
    };
    let fields = [
        field("names", w.names, w.names_hint, Kind::Lines(3)),
        field("reason", w.reason, w.reason_hint, Kind::Line),
        field("lasts", w.lasts, w.lasts_hint, Kind::OneOf(&lasts)),
        field("until", w.until, w.until_hint, Kind::Short(20)),
        field("from", w.from, w.from_hint, Kind::Short(20)),
    ];
    frame.shown(status, w.add, &Page { f: frame, w, faults, fields })
}

/// What was filled in is told back, or done where that was said yes to.
pub(crate) async fn add(
    State(site): State<Site>,
    May(principal, _): May<ManageGate>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let again = |faults: &Faults<'_>| Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, faults, &filled));
    let wish = match Wish::read(&filled, site.desk.now(), lang) {
        Ok(wish) => wish,
        Err(faults) => return again(&faults),
    };
    let key = filled.key().filter(|_| filled.text("sure") == "yes");
    let Some(key) = key else { return wish.told_back(&site, &frame).await };
    let Wish { names, from, until, reason } = wish;
    let ask = AddWindow { by: actor(&principal, lang)?, caller: String::new(), names, from, until, reason };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.add_window(ask, Some(key)).await.or_told(lang) }).await {
        Ok(told) => Ok(to(&added(&told.answer.ids().collect::<Vec<_>>()))),
        Err(problem) => again(&Faults::refused(problem, field)?),
    }
}

/// Where what was added is seen.
fn added(ids: &[GateWindowId]) -> String {
    match ids {
        [one] => format!("/gate/windows/{one}?done=made"),
        [first, ..] => format!("/gate/windows?made={first}"),
        [] => "/gate/windows".to_owned(),
    }
}

/// The field in which that part of what is asked stands.
fn field(path: &str) -> &'static str {
    FIELDS.into_iter().find(|name| path.split('[').next() == Some(*name)).unwrap_or_default()
}

impl Wish {
    fn read(filled: &Filled, now: Timestamp, lang: Lang) -> Result<Self, Faults<'static>> {
        let w = words::words(lang);
        let names = hosts(filled.exact("names"));
        let mut faults = names_wrong(&names, lang);
        let reason = filled.text("reason").to_owned();
        if !is_reason(&reason) {
            faults = faults.chain(Faults::of(&WindowFault::Reason.problem(lang), field));
        }
        let from = match filled.text("from") {
            "" => Ok(None),
            typed => typed_minute(typed).map(Some).ok_or_else(|| Faults::one("from", w.no_time)),
        };
        let until = until(filled, from.as_ref().ok().copied().flatten(), now, lang);
        match (from, until) {
            (Ok(from), Ok(until)) if faults.is_empty() => Ok(Self { names, from, until, reason }),
            (from, until) => Err([from.err(), until.err()].into_iter().flatten().fold(faults, Faults::chain)),
        }
    }

    /// What was filled in, told back.
    async fn told_back(&self, site: &Site, frame: &Frame) -> Result<Response, Problem> {
        let (lang, w, now) = (frame.lang, words::words(frame.lang), site.desk.now());
        let standing = site.desk.gate_standing();
        let mut domains = Vec::new();
        let named: BTreeSet<_> = self.names.iter().filter_map(|name| registrable(name).ok()).collect();
        for domain in named {
            let known = site.desk.may_serve(&domain).await.or_told(lang)?;
            let shown = domain_shown(&domain);
            let Some(standing) = &standing else {
                domains.push((shown, w.unknown, "open", loading(lang).to_owned()));
                continue;
            };
            let answer = standing.answer(&domain, now);
            let (mark, mood) = if answer.serve { (w.served, "good") } else { (w.not_served, "bad") };
            domains.push((shown, mark, mood, reason(why(answer, &known), lang)));
        }
        let typed = |at: Option<Timestamp>| at.map_or_else(String::new, |at| minute(at, lang));
        let lasts = if self.until.is_none() { NO_END } else { "" };
        let fields = [
            ("names", self.names.join(" ")),
            ("from", typed(self.from)),
            ("lasts", lasts.to_owned()),
            ("until", typed(self.until)),
            ("reason", self.reason.clone()),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&fields);
        let page = Sure {
            f: frame,
            w,
            domains,
            facts: [
                (w.time, words::time_to_come(self.from, self.until, lang)),
                (w.reason, self.reason.clone()),
            ],
            endless: self.until.is_none(),
            fields,
            change: format!("/gate/windows/new?{}", query.finish()),
        };
        Ok(frame.page(w.sure, &page))
    }
}

/// What is wrong with the names.
fn names_wrong(names: &[String], lang: Lang) -> Faults<'static> {
    let w = words::words(lang);
    if names.is_empty() {
        return Faults::one("names", w.no_names);
    }
    if names.len() > MOST_AT_ONCE {
        return Faults::one("names", words::too_many(MOST_AT_ONCE, lang));
    }
    let wrong = names.iter().enumerate().filter(|(_, name)| registrable(name).is_err());
    wrong.fold(Faults::NONE, |faults, (at, name)| {
        if address(name).is_some() {
            return faults.and("names", words::is_address(name, lang));
        }
        let fault = WindowFault::NoDomain { name: name.clone(), at };
        faults.chain(Faults::of(&fault.problem(lang), field))
    })
}

/// When it ends: by one of two fields, and not by both.
fn until(
    filled: &Filled,
    from: Option<Timestamp>,
    now: Timestamp,
    lang: Lang,
) -> Result<Option<Timestamp>, Faults<'static>> {
    let w = words::words(lang);
    let (lasts, typed) = (filled.text("lasts"), filled.text("until"));
    let begins = from.unwrap_or(now).max(now);
    let over = || Faults::of(&WindowFault::Time.problem(lang), field);
    match (LASTS.into_iter().find(|(word, _)| *word == lasts), typed) {
        (Some(_), typed) if !typed.is_empty() => Err(Faults::one("until", w.twice)),
        (None, typed) if lasts == NO_END && !typed.is_empty() => Err(Faults::one("until", w.twice)),
        (None, _) if lasts == NO_END => Ok(None),
        (Some((_, hours)), _) => {
            // A minute that has begun is given whole, since no page tells seconds.
            let ends =
                from.unwrap_or(now).checked_add(SignedDuration::from_hours(hours)).map_err(|_| over())?;
            let ends = Timestamp::from_second((ends.as_second() + 59) / 60 * 60).map_err(|_| over())?;
            if ends > begins { Ok(Some(ends)) } else { Err(over()) }
        }
        (None, "") => Err(Faults::one("lasts", w.no_end_said)),
        (None, typed) => {
            let ends = typed_minute(typed).ok_or_else(|| Faults::one("until", w.no_time))?;
            if ends > begins { Ok(Some(ends)) } else { Err(over()) }
        }
    }
}
