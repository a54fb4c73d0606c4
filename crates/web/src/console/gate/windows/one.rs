//! `/gate/windows/{id}`: an entry of the white list with what became of it, and how it is ended before its time.

use super::{
    stands, time,
    words::{self, Words},
};
use crate::{
    caller::{ManageGate, May, actor},
    console::{Frame, filled::Filled, gate::who_when, told::to},
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::gate::{EndWindow, Ended, GateWindowId, ListedWindow, WindowLine};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use filing::checks::domain_shown;
use serde::Deserialize;

/// What was done before.
#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "gate/windows/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    done: Option<&'static str>,
    id: String,
    domain: String,
    /// The domain as the gate is asked of it.
    asked: &'p str,
    stands: &'static str,
    mood: &'static str,
    facts: Vec<(&'static str, String)>,
    lives: bool,
}

/// The entry.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ManageGate>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Said { done }): Query<Said>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let line = found(&site, &frame, &id).await?;
    let WindowLine { listed, ended } = &line;
    let ListedWindow { domain, from, until, reason, caller, made_by, made_at, .. } = listed;
    let now = site.desk.now();
    let (stands, mood) = stands(line.stands(now), lang);
    // An address says that it was done to anybody who opens it.
    let done = match (done.as_deref(), ended, line.lives(now)) {
        (Some("made"), None, true) => Some(w.made),
        (Some("ended"), Some(_), _) => Some(w.is_ended),
        (Some("ended"), None, false) => Some(w.is_over),
        _ => None,
    };
    let mut facts = vec![
        (w.time, time(*from, *until, lang)),
        (w.reason, reason.clone()),
        (w.by, who_when(made_by, *made_at, lang)),
    ];
    if !caller.is_empty() {
        facts.push((w.caller, caller.clone()));
    }
    if let Some((who, at)) = ended {
        facts.push((w.ended_by, who_when(who, *at, lang)));
    }
    let page = Page {
        f: &frame,
        w,
        done,
        id: listed.id.to_string(),
        domain: domain_shown(domain),
        asked: domain,
        stands,
        mood,
        facts,
        lives: line.lives(now),
    };
    Ok(frame.page(&words::entry(&page.domain, lang), &page))
}

async fn found(site: &Site, frame: &Frame, id: &str) -> Result<WindowLine, Problem> {
    let none = || Problem::new(Kind::NotFound, frame.lang);
    let id: GateWindowId = id.parse().map_err(|_| none())?;
    site.desk.gate_window(id).await.or_told(frame.lang)?.ok_or_else(none)
}

/// It is ended.
pub(crate) async fn end(
    State(site): State<Site>,
    May(principal, _): May<ManageGate>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let id = found(&site, &frame, &id).await?.listed.id;
    let key = filled.key().ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let ask = EndWindow { by: actor(&principal, lang)?, what: Ended::One(id) };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.end_window(ask, Some(key)).await.or_told(lang) }).await {
        // Whatever ended it meanwhile is told there.
        Err(problem) if !problem.is(Kind::NotFound) => Err(problem),
        Ok(_) | Err(_) => Ok(to(&format!("/gate/windows/{id}?done=ended"))),
    }
}
