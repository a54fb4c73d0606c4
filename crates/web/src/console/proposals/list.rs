//! `/proposals`: what waits for a second person, the oldest first, rulebooks before all else. What a proposal names is told of one
//! alone.

use super::words::{self, Words};
use crate::{
    caller::{May, ProposeAndAgree},
    console::{
        Frame,
        rulebook::{Waiting, waiting},
        shown::minute,
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::{access::Right, two_people::ProposalInShort};
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
    may_publish: bool,
}

struct Row {
    href: String,
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
    let may_publish = by.may(Right::PublishRulebook);
    let rulebooks = if may_publish && is_first { waiting(&site, &frame).await? } else { Vec::new() };
    let rulebooks = rulebooks.into_iter().map(|one| of_rulebook(one, w));
    let rows = rulebooks.chain(found.into_iter().map(|one| row(one, by.name(), lang))).collect();
    Ok(frame.page(w.title, &Page { w, made, rows, is_first, next, may_publish }))
}

fn row(one: ProposalInShort, name: &str, lang: Lang) -> Row {
    Row {
        href: format!("/proposals/{}", one.id),
        what: words::measure(&one.measure, lang),
        why: words::why(&one.measure, lang),
        is_own: one.proposed_by == name,
        by: one.proposed_by,
        since: minute(one.proposed_at, lang),
    }
}

fn of_rulebook(one: Waiting, w: &Words) -> Row {
    let Waiting { id, what, by, is_own, since } = one;
    Row { href: format!("/rulebook/proposals/{id}"), what, why: w.why_rulebook, by, is_own, since }
}
