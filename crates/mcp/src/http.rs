//! The server over HTTP, on the loopback alone, for whoever has its token and is no page of a browser from elsewhere.
//!
//! Everybody on the machine can connect to the loopback, and so can any page in a browser whose name somebody turns to 127.0.0.1. So the
//! name that was asked for and the page that asks are looked at first, then the token.

use crate::{
    secret::Token,
    server::Server,
    stdio::LONGEST_MESSAGE,
    words::{Say, say},
};
use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN, WWW_AUTHENTICATE},
        uri::Authority,
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use std::{io, net::IpAddr, net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;

/// Where the protocol is spoken.
pub const PATH: &str = "/mcp";

/// Why nothing is served at an address.
#[derive(Debug, thiserror::Error)]
pub enum NotLoopback {
    /// Others than this machine could reach it.
    #[error("`{0}` is no loopback address")]
    Elsewhere(SocketAddr),
    /// It is taken, or there is no such address.
    #[error("cannot listen on {0}: {1}")]
    NotBound(SocketAddr, #[source] io::Error),
}

/// Takes the address, which must be one that this machine alone reaches.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, NotLoopback> {
    if !address.ip().is_loopback() {
        return Err(NotLoopback::Elsewhere(address));
    }
    TcpListener::bind(address).await.map_err(|error| NotLoopback::NotBound(address, error))
}

/// Speaks over HTTP until `stop` is there, and then answers what was asked before.
pub async fn serve_http(
    server: Server,
    listener: TcpListener,
    token: Token,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let guard = Arc::new(Guard { token, port, server: server.clone() });
    // Each request stands for itself: nothing is kept between two of them, and nothing has to be given up.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(LONGEST_MESSAGE);
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, config);
    let router =
        Router::new().route_service(PATH, service).layer(middleware::from_fn_with_state(guard, guarded));
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

/// What is looked at before anything is read.
struct Guard {
    token: Token,
    port: u16,
    server: Server,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotLetIn {
    /// It was sent to another name.
    Host,
    /// A page from elsewhere has a browser send it.
    Origin,
    /// It has not the token.
    Token,
}

async fn guarded(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let Err(why) = guard.let_in(request.uri(), request.headers()) else {
        return next.run(request).await;
    };
    let status = if why == NotLetIn::Token { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
    let text = say(&Say::NotLetIn(why), guard.server.lang());
    let mut response =
        (status, [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text)
            .into_response();
    if why == NotLetIn::Token {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

impl Guard {
    fn let_in(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), NotLetIn> {
        let host = only(headers, &HOST).and_then(|host| host.parse::<Authority>().ok());
        let is_ours =
            |host: &Authority| is_loopback(host.host()) && host.port_u16().unwrap_or(80) == self.port;
        if !host.is_some_and(|host| is_ours(&host)) || uri.authority().is_some_and(|named| !is_ours(named)) {
            return Err(NotLetIn::Host);
        }
        if headers.contains_key(ORIGIN) && !only(headers, &ORIGIN).is_some_and(is_local_page) {
            return Err(NotLetIn::Origin);
        }
        let presented = only(headers, &AUTHORIZATION).and_then(|text| text.split_once(' '));
        let presented = presented.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match presented {
            Some((_, token)) if self.token.is(token.trim()) => Ok(()),
            _ => Err(NotLetIn::Token),
        }
    }
}

/// The header, where there is one alone: of two nobody knows which counts.
fn only<'h>(headers: &'h HeaderMap, name: &axum::http::HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Whether a page was served by this machine: `null`, which pages from anywhere can have, is none.
fn is_local_page(origin: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    matches!(origin.scheme_str(), Some("http" | "https")) && origin.host().is_some_and(is_loopback)
}
