//! What is noted of every request, and how long it may take.

use crate::{
    language::spoken,
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Instant;

/// The header with the number under which the log knows a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its number, and notes what came of it. Neither path nor query is noted, only the pattern of the path:
/// people put anything into addresses.
pub(crate) async fn noted(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let id = site.request_id();
    if let Ok(value) = HeaderValue::from_str(&id) {
        request.headers_mut().insert(REQUEST_ID, value);
    }
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("-", MatchedPath::as_str).to_owned();
    let (method, started) = (request.method().clone(), Instant::now());
    let mut response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(event = "web.request", request = id, %method, route, status, micros);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Answers in time, whatever becomes of the work.
pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    let lang = spoken(request.headers());
    match tokio::time::timeout(crate::LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Kind::TooSlow, lang).again_after(1).into_response(),
    }
}
