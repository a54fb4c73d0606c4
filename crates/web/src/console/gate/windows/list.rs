//! `/gate/windows`: the white list, newest first: what is in force or comes, or what is over.

use super::{
    stands,
    words::{self, Words},
};
use crate::{
    answer::minute,
    caller::{ManageGate, May},
    console::{Frame, gate::by},
    problem::{OrTold, Problem},
    site::Site,
};
use app::gate::WindowLine;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::checks::domain_shown;
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;

/// How many entries a page has.
const ON_A_PAGE: u32 = 50;

/// Which entries, and where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    over: Option<String>,
    cursor: Option<String>,
    /// What was just added, so that it is said.
    made: Option<String>,
}

#[derive(Template)]
#[template(path = "gate/windows/list.html")]
struct Page {
    w: &'static Words,
    done: Option<&'static str>,
    over: bool,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    id: String,
    domain: String,
    stands: &'static str,
    mood: &'static str,
    /// From when, and until when.
    time: Vec<String>,
    reason: String,
    by: String,
    made: String,
    lives: bool,
}

/// The list.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ManageGate>,
    frame: Frame,
    Query(Wanted { over, cursor, made }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, is_first, over) = (frame.lang, words::words(frame.lang), cursor.is_none(), over.is_some());
    let before = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.gate_windows_back(over, before, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let is_made = |made: &String| found.iter().any(|line| line.listed.id.to_string() == *made);
    let done = made.as_ref().is_some_and(is_made).then_some(w.made_many);
    let next = found.last().filter(|_| more).map(|last| last.listed.id.to_string());
    let rows = found.iter().map(|line| Row::of(line, site.desk.now(), lang)).collect();
    Ok(frame.page(w.title, &Page { w, done, over, rows, is_first, next }))
}

impl Row {
    fn of(line: &WindowLine, now: Timestamp, lang: Lang) -> Self {
        let listed = &line.listed;
        let (stands, mood) = stands(line.stands(now), lang);
        Self {
            id: listed.id.to_string(),
            domain: domain_shown(&listed.domain),
            stands,
            mood,
            time: words::times(listed.from, listed.until, lang),
            reason: listed.reason.clone(),
            by: by(&listed.made_by, lang),
            made: minute(listed.made_at),
            lives: line.lives(now),
        }
    }
}
