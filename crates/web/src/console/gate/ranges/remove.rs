//! `/gate/ranges/remove`: a range of addresses is taken away, after it was said what that does.

use super::{
    read,
    words::{self, Words},
};
use crate::{
    caller::{ManageGate, May, actor},
    console::{Frame, filled::Filled, gate::who_when, told::to},
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::gate::{AddressRange, RemoveRange};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

/// Which.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    range: String,
}

#[derive(Template)]
#[template(path = "gate/ranges/remove.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    range: String,
    facts: [(&'static str, String); 4],
}

/// What it does.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ManageGate>,
    frame: Frame,
    Query(Named { range }): Query<Named>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let range = named(&range, lang)?;
    let Some(found) = site.desk.gate_range(range).await.or_told(lang)? else { return Ok(gone(range)) };
    let facts = [
        (w.range, range.to_string()),
        (w.count, words::count(range, lang)),
        (w.reason, found.reason),
        (w.by, who_when(&found.made_by, found.made_at, lang)),
    ];
    Ok(frame.page(w.remove, &Page { f: &frame, w, range: range.to_string(), facts }))
}

/// It is taken away.
pub(crate) async fn remove(
    State(site): State<Site>,
    May(principal, _): May<ManageGate>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let range = named(filled.text("range"), lang)?;
    let key = filled.key().ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let ask = RemoveRange { by: actor(&principal, lang)?, range };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.remove_range(ask, Some(key)).await.or_told(lang) }).await {
        Err(problem) if !problem.is(Kind::NotFound) => Err(problem),
        // Where somebody else took it away meanwhile, it is away.
        Ok(_) | Err(_) => Ok(gone(range)),
    }
}

fn named(text: &str, lang: Lang) -> Result<AddressRange, Problem> {
    read(text).map_err(|_| Problem::new(Kind::NotFound, lang))
}

/// The list, which says that it is away.
fn gone(range: AddressRange) -> Response {
    let range: String = byte_serialize(range.to_string().as_bytes()).collect();
    to(&format!("/gate/ranges?removed={range}"))
}
