//! `/rulebook`: the rules as operators keep them: the editions there are, a draft with what it would do to everything that the desk knows,
//! and publishing it by two people.

mod draft;
mod impact;
mod proposed;
mod sent;
mod words;

use super::{
    field::{Faults, Field, Kind},
    frame::Frame,
    rules::Editions,
};
use crate::{
    caller::{May, PublishRulebook},
    problem::{OrTold, Problem},
    site::Site,
};
use app::hex;
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use draft::Mistake;
use rulebook::calendar;
use words::Words;

pub(super) use proposed::{Waiting, waiting};

/// The pages of operators about the rules.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/rulebook", get(overview))
        .route("/rulebook/in-force.toml", get(text))
        .route("/rulebook/draft", post(draft::look))
        .route("/rulebook/propose", post(draft::propose))
        .merge(proposed::router())
}

#[derive(Template)]
#[template(path = "rulebook/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    /// The drafts that wait for a second person.
    waiting: Vec<Waiting>,
    in_force: Option<String>,
    digest: String,
    editions: Editions,
    mistakes: &'p [Mistake],
    text: Field<'p>,
    bounds: String,
    /// What is wrong with the file.
    file: Option<String>,
}

/// What there is, and the form for a draft.
pub(super) async fn overview(
    State(site): State<Site>,
    _: May<PublishRulebook>,
    frame: Frame,
) -> Result<Response, Problem> {
    shown(&site, &frame, (StatusCode::OK, &Faults::NONE, &[]), "").await
}

/// The same with what is wrong with a draft.
async fn shown(
    site: &Site,
    frame: &Frame,
    (status, faults, mistakes): (StatusCode, &Faults<'_>, &[Mistake]),
    text: &str,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (rulebook, now) = (site.desk.rules().await.or_told(lang)?, site.desk.now());
    let in_force = rulebook.in_force(now).ok().map(|edition| words::since(edition, lang));
    let page = Page {
        f: frame,
        w,
        faults,
        waiting: waiting(site, frame).await?,
        in_force,
        digest: hex(rulebook.digest()),
        editions: Editions::of(&rulebook, calendar::shanghai(now).date(), lang),
        mistakes,
        text: Field::new("text", w.text).hinted(w.text_hint).of(Kind::Lines(12)).valued(text).faulted(faults),
        bounds: words::bounds(lang),
        file: Field::new("file", w.file).faulted(faults).wrong,
    };
    Ok(frame.shown(status, w.title, &page))
}

/// The text in force, to which an edition is added.
async fn text(State(site): State<Site>, _: May<PublishRulebook>, frame: Frame) -> Result<Response, Problem> {
    let found = site.desk.rulebook_text().await.or_told(frame.lang)?;
    Ok(as_file(found.text))
}

/// The text of a rulebook, to be kept.
fn as_file(text: Vec<u8>) -> Response {
    let headers =
        [(CONTENT_TYPE, "application/toml"), (CONTENT_DISPOSITION, "attachment; filename=\"rulebook.toml\"")];
    (headers, text).into_response()
}
