//! `/gate/ranges/new`: a range of addresses is put down. What was filled in is told back first, with its ends and how many addresses it has.

use super::{
    read,
    words::{self, Words},
};
use crate::{
    caller::{ManageGate, May, actor},
    console::{
        Frame,
        field::{Faults, Field},
        filled::Filled,
        told::to,
    },
    idempotency::soon,
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::gate::{AddRange, AddressRange, RangeFault, is_reason};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded;

/// What is known before anything is typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    range: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "gate/ranges/add.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    fields: [Field<'p>; 2],
}

/// What was filled in, told back.
#[derive(Template)]
#[template(path = "gate/ranges/sure.html")]
struct Sure<'p> {
    f: &'p Frame,
    w: &'static Words,
    facts: [(&'static str, String); 4],
    range: String,
    reason: String,
    change: String,
}

/// The form.
pub(crate) async fn page(_: May<ManageGate>, frame: Frame, Query(known): Query<Known>) -> Response {
    let Known { range, reason } = known;
    let filled = [("range", range), ("reason", reason)].into_iter().collect();
    shown(&frame, StatusCode::OK, &Faults::NONE, &filled)
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, filled: &Filled) -> Response {
    let w = words::words(frame.lang);
    let field =
        |name, label, hint| Field::new(name, label).hinted(hint).valued(filled.text(name)).faulted(faults);
    let fields = [field("range", w.range, w.range_hint), field("reason", w.reason, w.reason_hint)];
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
    let (range, reason) = match wish(&filled, lang) {
        Ok(wish) => wish,
        Err(faults) => return again(&faults),
    };
    let key = filled.key().filter(|_| filled.text("sure") == "yes");
    let Some(key) = key else {
        if site.desk.gate_range(range).await.or_told(lang)?.is_some() {
            return again(&Faults::of(&RangeFault::Already.problem(lang), field));
        }
        return Ok(told_back(&frame, range, reason));
    };
    let ask = AddRange { by: actor(&principal, lang)?, caller: String::new(), range, reason };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.add_range(ask, Some(key)).await.or_told(lang) }).await {
        Ok(_) => {
            let range: String = form_urlencoded::byte_serialize(range.to_string().as_bytes()).collect();
            Ok(to(&format!("/gate/ranges?made={range}")))
        }
        Err(problem) => again(&Faults::refused(problem, field)?),
    }
}

/// The field in which that part of what is asked stands.
fn field(path: &str) -> &'static str {
    ["range", "reason"].into_iter().find(|name| *name == path).unwrap_or_default()
}

/// What was filled in, or all that is wrong with it.
fn wish(filled: &Filled, lang: Lang) -> Result<(AddressRange, String), Faults<'static>> {
    let reason = filled.text("reason").to_owned();
    let unreasoned =
        if is_reason(&reason) { Faults::NONE } else { Faults::of(&RangeFault::Reason.problem(lang), field) };
    match read(filled.text("range")) {
        Ok(range) if unreasoned.is_empty() => Ok((range, reason)),
        Ok(_) => Err(unreasoned),
        Err(error) => Err(Faults::one("range", words::no_range(error, lang)).chain(unreasoned)),
    }
}

fn told_back(frame: &Frame, range: AddressRange, reason: String) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let facts = [
        (w.range, range.to_string()),
        (w.ends, words::ends(range, lang)),
        (w.count, words::count(range, lang)),
        (w.reason, reason.clone()),
    ];
    let range = range.to_string();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("range", &range).append_pair("reason", &reason);
    let change = format!("/gate/ranges/new?{}", query.finish());
    frame.page(w.sure, &Sure { f: frame, w, facts, range, reason, change })
}
