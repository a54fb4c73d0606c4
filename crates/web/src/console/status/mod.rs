//! `/status`: what works now, and what becomes of what somebody is filling in where something does not. It needs nothing of the
//! database to be shown.

mod words;

use super::{frame::Frame, shown::minute};
use crate::{health::Health, problem::Problem, site::Site};
use askama::Template;
use axum::{extract::State, http::request::Parts, response::Response};
use rulebook::Lang;
use words::{Line, Words};

#[derive(Template)]
#[template(path = "status/page.html")]
struct Page {
    w: &'static Words,
    title: &'static str,
    at: String,
    lines: Vec<Line>,
    /// What becomes of a draft, a sentence each.
    drafts: &'static [&'static str],
}

/// The page. Who looks does not matter, and cannot be found out while the database is gone.
pub(crate) async fn status(
    State(site): State<Site>,
    parts: Parts,
    frame: Result<Frame, Problem>,
) -> Response {
    let frame = frame.unwrap_or_else(|_| Frame::of_nobody(&parts));
    let lang = frame.lang;
    let health = Health::of(&site).await;
    let newest = if health.database { site.desk.checkpoint().await.ok().flatten() } else { None };
    let checkpoint = newest.map(|newest| newest.checkpoint().head.size);
    let page = Page {
        w: words::words(lang),
        title: words::title(&health, lang),
        at: minute(site.desk.now(), lang),
        lines: lines(&health, checkpoint, lang),
        drafts: words::drafts(&health, lang),
    };
    frame.page(page.title, &page)
}

fn lines(health: &Health, checkpoint: Option<u64>, lang: Lang) -> Vec<Line> {
    vec![
        words::seeing(health.database, lang),
        words::doing(health, lang),
        words::rules(health.edition.as_deref(), lang),
        words::ledger(health, checkpoint, lang),
    ]
}
