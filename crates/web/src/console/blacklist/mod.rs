//! `/blacklist`: what may not be filed, of which kind, why and since when. The values themselves nobody knows any more.

mod words;

use super::{frame::Frame, proposals, shown::minute};
use crate::{
    caller::{May, ProposeAndAgree},
    problem::{OrTold, Problem},
    site::Site,
};
use app::two_people::Blacklisted;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;
use words::Words;

/// How many entries a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "blacklist/page.html")]
struct Page {
    w: &'static Words,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    id: String,
    thing: &'static str,
    why: String,
    since: String,
    proposal: String,
}

/// The list.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ProposeAndAgree>,
    frame: Frame,
    Query(Wanted { cursor }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, is_first) = (frame.lang, words::words(frame.lang), cursor.is_none());
    let after = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.blacklist(after, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.id.to_string());
    let rows = found.iter().map(|listed| row(listed, lang)).collect();
    Ok(frame.page(w.title, &Page { w, rows, is_first, next }))
}

fn row(Blacklisted { id, thing, reason, proposal, since }: &Blacklisted, lang: Lang) -> Row {
    Row {
        id: id.to_string(),
        thing: proposals::thing(*thing, lang),
        why: proposals::reason(reason, lang).to_owned(),
        since: minute(*since, lang),
        proposal: proposal.to_string(),
    }
}
