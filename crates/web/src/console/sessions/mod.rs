//! `/me/sessions`: where somebody is signed in, and how he ends what is not his, or not needed.

mod words;

use super::{
    field::{Faults, sentences},
    filled::Filled,
    frame::Frame,
    shown::minute,
    told::to,
};
use crate::{
    caller::{May, OwnSessions},
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::{ListedSession, Principal};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;
use words::Words;

#[derive(Template)]
#[template(path = "sessions/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    ended: Option<String>,
    rows: Vec<Row>,
}

/// A session, as its row shows it.
struct Row {
    id: String,
    since: String,
    used: String,
    until: String,
    address: Option<String>,
    is_this: bool,
}

impl Row {
    fn of(session: ListedSession, lang: Lang) -> Self {
        Self {
            id: session.id.to_string(),
            since: minute(session.made_at, lang),
            used: minute(session.used_at, lang),
            until: minute(session.expires_at, lang),
            address: session.address,
            is_this: session.is_this,
        }
    }
}

/// How many were ended just now.
#[derive(Debug, Deserialize)]
pub(crate) struct Ended {
    ended: Option<u64>,
}

/// The page.
pub(crate) async fn page(
    State(site): State<Site>,
    May(principal, _): May<OwnSessions>,
    frame: Frame,
    Query(Ended { ended }): Query<Ended>,
) -> Result<Response, Problem> {
    let ended = ended.map(|ended| words::ended(ended, frame.lang));
    shown(&site, &frame, &principal, StatusCode::OK, &Faults::NONE, ended).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    principal: &Principal,
    status: StatusCode,
    faults: &Faults<'_>,
    ended: Option<String>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let sessions = site.desk.my_sessions(principal).await.or_told(lang)?;
    let rows = sessions.into_iter().map(|session| Row::of(session, lang)).collect();
    Ok(frame.shown(status, w.title, &Page { f: frame, w, faults, ended, rows }))
}

/// One ends.
pub(crate) async fn end(
    State(site): State<Site>,
    May(principal, _): May<OwnSessions>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let ended = match filled.text("session").parse() {
        Ok(id) => site.desk.end_session(&principal, id).await.or_told(frame.lang)?,
        Err(_) => false,
    };
    if ended {
        return Ok(to("/me/sessions?ended=1"));
    }
    let faults = Faults::one("", sentences(&[w.is_over, w.look_again]));
    shown(&site, &frame, &principal, StatusCode::UNPROCESSABLE_ENTITY, &faults, None).await
}

/// All but this one end.
pub(crate) async fn end_others(
    State(site): State<Site>,
    May(principal, _): May<OwnSessions>,
    frame: Frame,
    _: Filled,
) -> Result<Response, Problem> {
    let ended = site.desk.end_other_sessions(&principal).await.or_told(frame.lang)?;
    Ok(to(&format!("/me/sessions?ended={ended}")))
}
