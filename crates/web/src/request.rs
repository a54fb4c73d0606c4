//! What is noted of every request, and how long it may take.

use crate::{
    language::spoken,
    problem::{Kind, Problem},
    site::Site,
    unread::Reading,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Instant;
use tracing::Instrument;

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
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    let labels = [
        ("route", route.clone()),
        ("method", method_word(&method).to_owned()),
        ("status", status.to_string()),
    ];
    metrics::counter!("kebei_http_requests_total", &labels).increment(1);
    metrics::histogram!("kebei_http_request_seconds", "route" => route.clone())
        .record(started.elapsed().as_secs_f64());
    let method = method_word(&method);
    tracing::info!(event = "web.request", request = id, method, route, status, micros);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A method as metrics know it: clients may send any word, and each would be another series.
fn method_word(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

/// Answers in time, whatever becomes of the work. Where the body is still waited for, nothing was begun.
pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    let lang = spoken(request.headers());
    let reading = request.extensions().get::<Reading>().cloned().unwrap_or_default();
    match tokio::time::timeout(crate::LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) if reading.is_awaited() => Problem::new(Kind::Incomplete, lang).into_response(),
        Err(_) => Problem::new(Kind::TooSlow, lang).again_after(1).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unread;
    use axum::{
        Router,
        body::{Body, Bytes},
        http::StatusCode,
        middleware::from_fn,
        routing::post,
    };
    use hyper::body::Frame;
    use std::{
        future::pending,
        pin::Pin,
        task::{Context, Poll},
    };
    use tower::ServiceExt;

    /// A body of which one piece comes, and never another.
    struct Stuck(Option<Bytes>);

    impl hyper::body::Body for Stuck {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            self.0.take().map_or(Poll::Pending, |piece| Poll::Ready(Some(Ok(Frame::data(piece)))))
        }
    }

    /// What comes of a request with that body, at something that reads it and never answers, or that never looks at it.
    async fn told(path: &str, body: Body) -> Response {
        let service = Router::new()
            .route("/reads", post(async |_: Bytes| pending::<()>().await))
            .route("/looks-away", post(async || pending::<()>().await))
            .layer(from_fn(in_time))
            .layer(from_fn(unread::told));
        service.oneshot(Request::post(path).body(body).unwrap()).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_arrives_in_full_is_told_as_such_and_the_connection_ends() {
        let response = told("/reads", Body::new(Stuck(Some(Bytes::from_static(b"{"))))).await;
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
        assert_eq!(response.headers()["connection"], "close");
        assert_eq!(response.headers().get("retry-after"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_takes_too_long_is_not_blamed_on_the_body() {
        for (path, body) in [("/reads", Body::from("{}")), ("/looks-away", Body::new(Stuck(None)))] {
            let response = told(path, body).await;
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert_eq!(response.headers()["retry-after"], "1", "{path}");
        }
    }
}
