//! `/orders/new`: what is to be done, and an order is opened for it.

use super::{
    to_order,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnOrders},
    console::{Frame, field::Faults, filled::Filled},
    idempotency::soon,
    problem::{OrTold, Problem},
    site::Site,
};
use app::orders::OpenOrder;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::Kind;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "orders/start.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    kinds: Vec<(&'static str, &'static str, &'static str)>,
    /// What is chosen already, where a link says so.
    chosen: &'static str,
}

/// What a link says is to be done.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    kind: Option<String>,
}

/// The page.
pub(super) async fn page(
    frame: Frame,
    _: Customer<OwnOrders>,
    Query(Wanted { kind }): Query<Wanted>,
) -> Response {
    let chosen = kind.as_deref().and_then(Kind::from_word);
    shown(&frame, StatusCode::OK, &Faults::NONE, chosen)
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, chosen: Option<Kind>) -> Response {
    let chosen = chosen.map(Kind::word).unwrap_or_default();
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind.label(lang), words::about(kind, lang))).to_vec();
    frame.shown(status, w.what, &Page { f: frame, w, faults, kinds, chosen })
}

/// An order is opened.
pub(super) async fn start(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let faulty = |faults: &Faults<'_>| shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, faults, None);
    let Some(kind) = Kind::from_word(filled.text("kind")) else {
        return Ok(faulty(&Faults::one("kind", w.what_missing)));
    };
    let key = filled.key();
    let opened =
        soon(
            lang,
            true,
            async move { site.desk.open_order(OpenOrder { asker, kind }, key).await.or_told(lang) },
        );
    match opened.await {
        Ok(told) => Ok(to_order(told.answer.order)),
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) => Ok(faulty(&Faults::of(&problem, |_| "kind"))),
    }
}
