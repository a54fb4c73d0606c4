//! The two compatible RPC interfaces, at `/`: Bsn 2015-05-12 (service codes) and Beian 2016-08-10 (may this domain be served?), as systems
//! call them that were written for another provider. A request names what it wants (`Action`, `Version`) and is signed, in one of two ways.
//!
//! In this order: what was sent is read, the key is looked for, the time compared, the signature recomputed and compared in constant time,
//! and the nonce taken, which no second request can. Only then the key is charged for the call, and it is looked at what is asked. An action
//! is a file.

mod answer;
mod asked;
mod beian;
mod bsn;
mod en;
mod fault;
mod signed;
mod zh;

use crate::{language::spoken, limit, problem, request::in_time, site::Site};
use answer::Format;
use asked::{Asked, Sent};
use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{Method, header::HeaderName},
    middleware::{self, Next},
    response::Response,
    routing::any,
};
use fault::Refusal;
use rulebook::Lang;
use serde_json::Value;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use url::form_urlencoded;

/// The header by which the newer signature names the action.
const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
/// The header by which it names the version.
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");
/// The header with which it cannot be sent again.
const NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
/// Bytes of a body at most: a hundred names, many times.
const MOST_BYTES: usize = 256 << 10;

/// What an action comes to: what is told, or why nothing is.
type Told = Result<Value, Refusal>;

/// Both interfaces and nothing else, for a listener of their own: what is not at `/` is not there.
pub fn rpc_service(site: Site) -> Router {
    Router::new()
        .route("/", any(answered))
        .fallback(problem::no_such_page)
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(site.clone(), crate::links::absolute))
        .layer(middleware::from_fn_with_state(site.clone(), crate::request::noted))
        .layer(middleware::from_fn(crate::unread::told))
        .with_state(site)
}

/// What answers calls beside everything else, made once; see [`between`].
pub(crate) fn calls(site: Site) -> Router {
    Router::new()
        .fallback(answered)
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .with_state(site)
}

/// Hands what is a call of one of the interfaces to [`calls`], and lets pass what is none.
pub(crate) async fn between(State(calls): State<Router>, request: Request, next: Next) -> Response {
    if !is_call(&request) {
        return next.run(request).await;
    }
    // A router with a fallback answers everything.
    match calls.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Whether somebody calls, and does not look at the page that is at the same address.
fn is_call(request: &Request) -> bool {
    if request.uri().path() != "/" {
        return false;
    }
    let named = || {
        let query = request.uri().query().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "Action" || name == "AccessKeyId")
    };
    request.method() == Method::POST || request.headers().contains_key(ACTION) || named()
}

async fn answered(State(site): State<Site>, request: Request) -> Response {
    let lang = spoken(request.headers());
    let (parts, body) = request.into_parts();
    let id = site.request_number(&parts.headers);
    let host = parts.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let body = to_bytes(body, MOST_BYTES).await.ok();
    let sent = body.ok_or(Refusal::TooLarge).and_then(|body| Sent::read(&parts, body));
    let format = Format::asked(&parts, sent.as_ref().ok());
    let (action, told) = match sent {
        Err(refusal) => (String::new(), Err(refusal)),
        Ok(sent) => (sent.action.clone(), called(&site, sent, &parts.headers, lang).await),
    };
    let code = told.as_ref().map_or_else(Refusal::code, |_| "OK");
    metrics::counter!("kebei_rpc_answers_total", "action" => word(&action), "code" => code).increment(1);
    if told.is_err() {
        tracing::info!(event = "rpc.refused", request = id, code);
    }
    answer::response(format, &action, &id, &host, told, lang)
}

/// An action as metrics know it: callers may send any word, and each would be another series.
fn word(action: &str) -> &'static str {
    let mut known = bsn::ACTIONS.iter().chain(&beian::ACTIONS).chain(&beian::NOT_OFFERED);
    known.find(|known| **known == action).copied().unwrap_or("other")
}

/// Recognises who calls, and does what he asks.
async fn called(site: &Site, sent: Sent, headers: &axum::http::HeaderMap, lang: Lang) -> Told {
    let too_many = |again| Refusal::TooMany { again };
    let counted = limit::counts_signed(site, sent.key.as_deref(), headers, sent.peer).map_err(too_many)?;
    let principal = signed::recognised(site, &sent, headers).await?;
    limit::charges_key(site, counted).map_err(too_many)?;
    let asked = Asked { site: site.clone(), principal, sent, lang };
    if asked.sent.action.is_empty() {
        return Err(Refusal::Missing("Action"));
    }
    match asked.sent.version.as_str() {
        bsn::VERSION => bsn::told(&asked).await,
        beian::VERSION => beian::told(&asked).await,
        "" => Err(Refusal::Missing("Version")),
        _ => Err(Refusal::UnknownVersion),
    }
}
