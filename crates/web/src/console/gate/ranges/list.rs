//! `/gate/ranges`: the ranges of addresses, oldest first.

use super::{
    read,
    words::{self, Words},
};
use crate::{
    answer::minute,
    caller::{ManageGate, May},
    console::{Frame, gate::by},
    problem::{OrTold, Problem},
    site::Site,
};
use app::gate::ListedRange;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// How many ranges a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    /// What was just put down, or taken away, so that it is said.
    made: Option<String>,
    removed: Option<String>,
}

#[derive(Template)]
#[template(path = "gate/ranges/list.html")]
struct Page {
    w: &'static Words,
    done: Option<String>,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    range: String,
    reason: String,
    by: String,
    made: String,
    caller: String,
}

/// The list.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ManageGate>,
    frame: Frame,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, is_first) = (frame.lang, words::words(frame.lang), wanted.cursor.is_none());
    let after = wanted.cursor.as_ref().and_then(|cursor| cursor.parse().ok());
    let found = site.desk.gate_ranges(after, ON_A_PAGE).await.or_told(lang)?;
    let next = found.next.map(|next| next.to_string());
    let rows = found.ranges.iter().map(|range| Row::of(range, lang)).collect();
    let done = done(&site, &wanted, lang).await?;
    Ok(frame.page(w.title, &Page { w, done, rows, is_first, next }))
}

/// That it was done, where it is so: an address says so to anybody who opens it.
async fn done(site: &Site, wanted: &Wanted, lang: Lang) -> Result<Option<String>, Problem> {
    let Some(typed) = wanted.made.as_ref().or(wanted.removed.as_ref()) else { return Ok(None) };
    let Ok(range) = read(typed) else { return Ok(None) };
    let is_there = site.desk.gate_range(range).await.or_told(lang)?.is_some();
    let is_so = is_there == wanted.made.is_some();
    Ok(is_so.then(|| words::done(&range.to_string(), is_there, lang)))
}

impl Row {
    fn of(listed: &ListedRange, lang: Lang) -> Self {
        Self {
            range: listed.range.to_string(),
            reason: listed.reason.clone(),
            by: by(&listed.made_by, lang),
            made: minute(listed.made_at),
            caller: listed.caller.clone(),
        }
    }
}
