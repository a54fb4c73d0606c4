//! What browsers are told to allow on our pages, and which forms they may send here.

use crate::{
    language::spoken,
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// Nothing but what is ours, nothing inline, in no frame of others.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// The page of the API document tries operations out, with styles of its own.
const POLICY_OF_DOCUMENT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);
const DOCUMENT: &str = "/api/docs";
/// For a year, once somebody came over TLS.
const TLS_ALONE: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// Whatever the address.
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Says to browsers what pages may do.
pub(crate) async fn guarded(State(site): State<Site>, request: Request, next: Next) -> Response {
    let is_document = request.uri().path().starts_with(DOCUMENT);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.extend(ALWAYS);
    headers.insert(header::CONTENT_SECURITY_POLICY, if is_document { POLICY_OF_DOCUMENT } else { POLICY });
    if site.settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TLS_ALONE);
    }
    response
}

/// Takes no form that another site's page sends. The API takes no cookies, so that whoever calls it from elsewhere presents a token of
/// his own.
///
/// The layer of `tower-http` decides alike, but notes whole addresses in the log.
pub(crate) async fn of_our_pages(State(site): State<Site>, request: Request, next: Next) -> Response {
    let is_safe = request.method().is_safe() || request.uri().path().starts_with("/api/");
    if is_safe || is_from_here(request.headers(), site.settings.public_url.as_deref()) {
        return next.run(request).await;
    }
    Problem::new(Kind::Forbidden, spoken(request.headers())).into_response()
}

/// Whether a page of ours sent a request with those headers, as far as browsers tell: by `Sec-Fetch-Site`, and those that do not know
/// that by `Origin`, which is held against the host that was asked, or against where the desk is reached from outside. Whoever tells
/// neither is no browser, and brings no cookie that he was not given.
fn is_from_here(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = header(HeaderName::from_static("sec-fetch-site"));
    let Some(origin) = header(header::ORIGIN) else {
        return matches!(site, None | Some("same-origin" | "none"));
    };
    let public =
        public_url.and_then(|url| Url::parse(url).ok()).map(|url| url.origin().ascii_serialization());
    if matches!(site, Some("same-origin")) || public.as_deref() == Some(origin) {
        return true;
    }
    let host = origin.split_once("://").map(|(_, host)| host);
    site.is_none() && host.is_some() && host == header(header::HOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_page_of_ours_sends_is_taken() {
        for (site, origin, taken) in [
            (Some("same-origin"), Some("https://beian.example.com"), true),
            (Some("same-origin"), None, true),
            (Some("none"), None, true),
            (None, None, true),
            (None, Some("http://127.0.0.1:8080"), true),
            (Some("cross-site"), Some("https://beian.example.com"), true),
            (Some("cross-site"), None, false),
            (Some("same-site"), None, false),
            (Some("same-site"), Some("https://elsewhere.example.com"), false),
            (Some("none"), Some("https://elsewhere.example.com"), false),
            (None, Some("https://elsewhere.example.com"), false),
            (None, Some("http://127.0.0.1:8081"), false),
            (None, Some("null"), false),
            (Some("cross-site"), Some("http://127.0.0.1:8080"), false),
        ] {
            let mut headers = HeaderMap::from_iter([(header::HOST, "127.0.0.1:8080".parse().unwrap())]);
            headers
                .extend(site.map(|site| (HeaderName::from_static("sec-fetch-site"), site.parse().unwrap())));
            headers.extend(origin.map(|origin| (header::ORIGIN, origin.parse().unwrap())));
            let public = Some("https://beian.example.com/desk");
            assert_eq!(is_from_here(&headers, public), taken, "{site:?} {origin:?}");
        }
    }
}
