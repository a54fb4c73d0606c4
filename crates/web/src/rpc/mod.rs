//! The two compatible RPC interfaces, at `/`: Bsn 2015-05-12 (service codes) and Beian 2016-08-10 (may this domain be served?), as systems
//! call them that were written for another provider. A request names what it wants (`Action`, `Version`) and is signed, in one of two ways.
//!
//! In this order: what is asked is read, the key is looked for, the time compared, the signature recomputed and compared in constant time,
//! and the nonce taken, which no second request can. Only then it is looked at what is asked. An action is a file.

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

/// Both interfaces and nothing else, for a listener of their own.
pub fn rpc_service(site: Site) -> Router {
    Router::new()
        .fallback(answered)
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(site.clone(), crate::request::noted))
        .layer(middleware::from_fn(crate::unread::told))
        .with_state(site)
}

/// Answers what is a call of one of the interfaces, and lets pass what is none.
pub(crate) async fn between(State(site): State<Site>, request: Request, next: Next) -> Response {
    if !is_call(&request) {
        return next.run(request).await;
    }
    let service = Router::new()
        .fallback(answered)
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .with_state(site);
    // A router with a fallback answers everything.
    match service.oneshot(request).await {
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
    if let Err(refusal) = &told {
        tracing::info!(event = "rpc.refused", request = id, code = refusal.code());
    }
    answer::response(format, &action, &id, &host, told, lang)
}

/// Recognises who calls, and does what he asks.
async fn called(site: &Site, sent: Sent, headers: &axum::http::HeaderMap, lang: Lang) -> Told {
    if !limit::counts_key(site, sent.key.as_deref(), headers, sent.peer) {
        return Err(Refusal::TooMany);
    }
    let principal = signed::recognised(site, &sent, headers).await?;
    limit::knows_key(site, sent.key.as_deref());
    let asked = Asked { site: site.clone(), principal, sent, lang };
    match asked.sent.version.as_str() {
        bsn::VERSION => bsn::told(&asked).await,
        beian::VERSION => beian::told(&asked).await,
        _ => Err(Refusal::UnknownVersion),
    }
}
