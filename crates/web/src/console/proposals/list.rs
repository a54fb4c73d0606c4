//! `/proposals`: what waits for a second person, the oldest first. What a proposal names is told of one alone.

use super::words::{self, Words};
use crate::{
    caller::{May, ProposeAndAgree},
    console::{Frame, shown::minute},
    problem::{OrTold, Problem},
    site::Site,
};
use app::two_people::ProposalInShort;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// How many proposals a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on, and what was proposed just now.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    cursor: Option<String>,
    made: Option<String>,
}

#[derive(Template)]
#[template(path = "proposals/list.html")]
struct Page {
    w: &'static Words,
    made: Option<String>,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    id: String,
    what: String,
    why: &'static str,
    by: String,
    is_own: bool,
    since: String,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    Query(Wanted { cursor, made }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, is_first) = (frame.lang, words::words(frame.lang), cursor.is_none());
    let after = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.open_proposals(after, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.id.to_string());
    let made = made.and_then(|made| super::named(&made, lang).ok()).map(|made| made.to_string());
    let rows = found.into_iter().map(|one| row(one, by.name(), lang)).collect();
    Ok(frame.page(w.title, &Page { w, made, rows, is_first, next }))
}

fn row(one: ProposalInShort, name: &str, lang: Lang) -> Row {
    Row {
        id: one.id.to_string(),
        what: words::measure(&one.measure, lang),
        why: words::why(&one.measure, lang),
        is_own: one.proposed_by == name,
        by: one.proposed_by,
        since: minute(one.proposed_at, lang),
    }
}
