//! Copies that others keep of answers: versions (`ETag`), asking for a change only (`If-None-Match`), and who may keep what. And
//! the methods that every address knows: `HEAD` as `GET` without the body, `OPTIONS`.

use crate::{answer::NEVER_KEPT, api::methods};
use app::hex;
use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::{MatchedPath, Request},
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_NONE_MATCH, VARY},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Bytes of an answer that is given a version at most: longer than any page. What is longer is streamed and has none.
const MOST_BYTES: u64 = 4 << 20;
/// Bytes of a digest that make a version: 128 bits never meet by chance.
const DIGEST: usize = 16;
/// A copy may be kept by whoever asked, and is asked for again each time.
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");
/// On what an answer depends beside its address.
const DEPENDS_ON: HeaderValue = HeaderValue::from_static("Accept-Language, Authorization");

/// Says with an answer that it is another one each time, so that nobody can have it already: it is given no version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NeverTheSame;

/// How the version of an answer is called of which only `lasting` matters: what is left of it differs from answer to answer and
/// says nothing new. Weak, as RFC 9110 (8.8.1) asks of it.
pub(crate) fn version_of(lasting: &impl Serialize) -> String {
    // Nothing of an answer can fail to be written.
    let written = serde_json::to_vec(lasting).unwrap_or_default();
    format!("W/{}", tag_of(&written))
}

fn tag_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!("\"{}\"", hex(digest.get(..DIGEST).unwrap_or_default()))
}

/// Answers `HEAD` and `OPTIONS`, gives versions, and says who may keep a copy.
pub(crate) async fn kept(mut request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    if method == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let response = next.run(request).await;
    match method {
        Method::GET => versioned(response, known.as_ref()).await,
        Method::HEAD => without_body(versioned(response, known.as_ref()).await),
        method if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            refused(response, &method, route.as_ref().map_or("", MatchedPath::as_str))
        }
        _ => with_headers(response, &NEVER_KEPT),
    }
}

/// Names the methods that there are, beside the refusal of another one or instead of it.
fn refused(response: Response, method: &Method, route: &str) -> Response {
    let allowed = HeaderValue::try_from(methods(route)).ok().map(|allowed| (ALLOW, allowed));
    let mut response =
        if method == Method::OPTIONS { StatusCode::NO_CONTENT.into_response() } else { response };
    response.headers_mut().extend(allowed);
    response
}

fn with_headers(mut response: Response, cache: &HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.entry(CACHE_CONTROL).or_insert_with(|| cache.clone());
    headers.entry(VARY).or_insert(DEPENDS_ON);
    response
}

/// The same with its version; without its body where whoever asks has it.
async fn versioned(response: Response, known: Option<&HeaderValue>) -> Response {
    let mut response = with_headers(response, &ASKED_AGAIN);
    if response.status() != StatusCode::OK {
        return response;
    }
    let length = HttpBody::size_hint(response.body()).exact();
    let Some(length) = length.filter(|bytes| *bytes <= MOST_BYTES) else { return response };
    if response.extensions().get::<NeverTheSame>().is_some() {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // It is all there, so that reading it does not fail.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if !parts.headers.contains_key(ETAG) {
        parts.headers.extend(HeaderValue::try_from(tag_of(&bytes)).ok().map(|tag| (ETAG, tag)));
    }
    if names(known, parts.headers.get(ETAG)) {
        parts.status = StatusCode::NOT_MODIFIED;
        for of_body in ["content-length", "content-type", "content-language"] {
            parts.headers.remove(HeaderName::from_static(of_body));
        }
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(CONTENT_LENGTH, bytes.len().into());
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether a header with versions, or `*`, names that one. Weakly compared, as RFC 9110 (13.1.2) asks.
fn names(known: Option<&HeaderValue>, tag: Option<&HeaderValue>) -> bool {
    let [known, tag] = [known, tag].map(|value| value.and_then(|value| value.to_str().ok()));
    let (Some(known), Some(tag)) = (known, tag) else { return false };
    let opaque = tag.trim_start_matches("W/");
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == opaque)
}

fn without_body(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::empty())
}
