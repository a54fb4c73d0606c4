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
use app::{
    access::{Right, Unrecognised},
    gate::Standing,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts},
    http::request::Parts,
    middleware,
};
use std::sync::Arc;
use tower::ServiceBuilder;
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
    // From without to within, and one layer of them, as in `service`.
    let around = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(site.clone(), crate::links::absolute))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn(in_our_words));
    assembled().0.method_not_allowed_fallback(problem::no_such_method).layer(around)
}

/// What the document says of them.
pub(crate) fn document() -> OpenApi {
    assembled().1
}

/// Somebody who may ask, and what may be served now. His key is recognised from memory, also while the database is away, as long as what is
/// known may be old; whoever presents one that was never good is counted by his address.
#[derive(Debug)]
pub(crate) struct AtGate(pub(crate) Arc<Standing>);

impl FromRequestParts<Site> for AtGate {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        standing(parts, site, &[Right::AskGate]).await.map(Self)
    }
}

/// Somebody who may copy all that may be served, when that was read. He is counted, since what he fetches is more than an answer.
#[derive(Debug)]
pub(crate) struct Copying;

impl FromRequestParts<Site> for Copying {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        standing(parts, site, &[Right::CopyGate]).await?;
        let too_many =
            |seconds| Problem::new(Kind::TooManyRequests, spoken(&parts.headers)).again_after(seconds);
        limit::counts_token(site, &parts.headers).map(|()| Self).map_err(too_many)
    }
}

/// Somebody who may verify what others copy, or asks.
#[derive(Debug)]
pub(crate) struct Verifying;

impl FromRequestParts<Site> for Verifying {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        standing(parts, site, &[Right::AskGate, Right::CopyGate]).await.map(|_| Self)
    }
}

/// What may be served now, for somebody with one of these rights.
async fn standing(parts: &Parts, site: &Site, rights: &[Right]) -> Result<Arc<Standing>, Problem> {
    let lang = spoken(&parts.headers);
    let peer = parts.extensions.get().copied();
    if !limit::counts_strangers(site, &parts.headers, peer) {
        return Err(Problem::new(Kind::TooManyRequests, lang).again_after(60));
    }
    let credential = presented(parts, lang)?;
    let longest = site.desk.gate_trust().max_age;
    let known = site.desk.known_to_the_gate(&credential, longest).await;
    let known = known.map_err(|fault| {
        // One that was good once is a stranger's again.
        if !matches!(fault, Unrecognised::Desk(_)) {
            limit::forgets(site, &parts.headers);
        }
        fault.problem(lang)
    })?;
    if known.away {
        metrics::counter!("kebei_gate_keys_believed_total").increment(1);
    }
    limit::recognised(site, &parts.headers);
    if !rights.iter().any(|right| known.principal.may(*right)) {
        return Err(crate::caller::not_allowed(&known.principal, lang));
    }
    let loading = || Problem::new(Kind::Busy, lang).saying(words::loading(lang).to_owned()).again_after(1);
    site.desk.gate_standing().ok_or_else(loading)
}
