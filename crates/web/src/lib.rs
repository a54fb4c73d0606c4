//! The desk over HTTP: parses what is asked, calls one use case of `app`, and tells what came of it.
//!
//! [`service`] is the whole of it. An endpoint is a file under `api/`; what is wrong with a request is a
//! problem of some [`Kind`], in the language of whoever asked; who may ask stands in [`app::access::RIGHTS`].

mod address;
mod answer;
mod api;
mod body;
mod caller;
mod console;
mod copies;
mod gate;
mod health;
mod idempotency;
mod language;
mod limit;
mod links;
mod metrics_page;
mod moment;

mod problem;
mod request;
mod rpc;
mod server;
mod site;
mod unread;
mod words;

pub use address::Peer;
pub use api::document;
pub use gate::reason as gate_reason;
pub use metrics_page::{METRICS, Metric, metrics_service};
pub use problem::Kind;
pub use rpc::rpc_service;
pub use server::{Bounds, serve};
pub use site::{Settings, Site};

pub use axum::Router;
use axum::{extract::DefaultBodyLimit, middleware, routing::get};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// Bytes of a request's body at most, except where an endpoint says otherwise: the facts of an instance are a hundredth of it.
const MOST_BYTES: usize = 1 << 20;
/// How long an answer may take: longer than any unit is tried, and shorter than proxies wait.
const LONGEST: Duration = Duration::from_secs(30);

/// Everything that is served.
pub fn service(site: Site) -> Router {
    // From without to within. One layer of many, because a router keeps each layer that it is given in a box, and every layer makes a copy
    // of all boxes below it for every request.
    let around = ServiceBuilder::new()
        .layer(middleware::from_fn(unread::told))
        .layer(middleware::from_fn_with_state(site.clone(), request::noted))
        .layer(middleware::from_fn_with_state(rpc::calls(site.clone()), rpc::between))
        .layer(middleware::from_fn_with_state(site.clone(), console::guarded))
        .layer(middleware::from_fn_with_state(site.clone(), links::absolute))
        .layer(middleware::from_fn(console::entered))
        .layer(middleware::from_fn_with_state(site.clone(), limit::limited))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn(request::in_time))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn(copies::kept))
        .layer(middleware::from_fn_with_state(site.clone(), console::told))
        .layer(middleware::from_fn_with_state(site.clone(), console::of_our_pages))
        .layer(middleware::from_fn(problem::in_our_words));
    Router::new()
        .merge(api::router())
        .merge(console::router())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(problem::no_such_page)
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(around)
        .merge(gate::router(&site))
        .with_state(site)
}
