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
use axum::{extract::State, http::StatusCode, response::Response};
use filing::orders::Kind;

#[derive(Template)]
#[template(path = "orders/start.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    kinds: Vec<(&'static str, &'static str, &'static str)>,
}

/// The page.
pub(super) async fn page(frame: Frame, _: Customer<OwnOrders>) -> Response {
    shown(&frame, StatusCode::OK, &Faults::NONE)
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind.label(lang), words::about(kind, lang))).to_vec();
    frame.shown(status, w.what, &Page { f: frame, w, faults, kinds })
}

/// An order is opened.
pub(super) async fn start(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let faulty = |faults: &Faults<'_>| shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, faults);
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
