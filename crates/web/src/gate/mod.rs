//! `/gate/v1`: may this name be served here now? Asked by load balancers and edges for every new name, and answered from memory: of what
//! stands around other requests nothing stands here but what is needed (no line in the log for each).

mod batch;
mod changes;
mod key;
mod one;
mod shapes;
mod snapshot;
mod words;

pub(crate) use words::loading;
pub use words::reason;

use crate::{
    caller::presented,
    language::spoken,
    limit,
    problem::{self, Fault, Kind, Problem, in_our_words},
    site::Site,
};
use app::{access::Right, gate::Standing};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts},
    http::request::Parts,
    middleware,
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Bytes of a body at most: a thousand names.
const MOST_BYTES: usize = 300 << 10;

fn assembled() -> (Router<Site>, OpenApi) {
    OpenApiRouter::new()
        .routes(routes!(one::ask_gate))
        .routes(routes!(batch::ask_gate_of_many))
        .routes(routes!(snapshot::gate_snapshot))
        .routes(routes!(changes::gate_changes))
        .routes(routes!(key::gate_key))
        .split_for_parts()
}

/// The addresses of the gate.
pub(crate) fn router(site: &Site) -> Router<Site> {
    assembled()
        .0
        .layer(middleware::from_fn(in_our_words))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(site.clone(), crate::links::absolute))
}

/// What the document says of them.
pub(crate) fn document() -> OpenApi {
    assembled().1
}

/// Somebody who may ask, and what may be served now. His key is recognised from memory; whoever presents one that was never good is
/// counted by his address.
#[derive(Debug)]
pub(crate) struct AtGate(pub(crate) Arc<Standing>);

impl FromRequestParts<Site> for AtGate {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let peer = parts.extensions.get().copied();
        if !limit::counts_strangers(site, &parts.headers, peer) {
            return Err(Problem::new(Kind::TooManyRequests, lang).again_after(60));
        }
        let credential = presented(parts, lang)?;
        let counter = site.desk.counter(&credential).await.map_err(|fault| fault.problem(lang))?;
        limit::recognised(site, &parts.headers);
        if !counter.principal().may(Right::AskGate) {
            return Err(crate::caller::not_allowed(counter.principal(), lang));
        }
        let loading =
            || Problem::new(Kind::Busy, lang).saying(words::loading(lang).to_owned()).again_after(1);
        site.desk.gate_standing().map(Self).ok_or_else(loading)
    }
}
