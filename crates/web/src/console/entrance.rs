//! Where every request comes in: what a browser says by its cookies becomes what the rest of the desk reads, the token and the
//! language. The API takes no cookie: what another site makes a browser send to it is nobody's.

use super::cookies::{self, LANGUAGE, SESSION};
use axum::{
    extract::Request,
    http::{
        HeaderValue, Method,
        header::{ACCEPT_LANGUAGE, AUTHORIZATION, SET_COOKIE},
    },
    middleware::Next,
    response::Response,
};
use jiff::SignedDuration;
use rulebook::Lang;
use url::form_urlencoded;

/// How long a browser remembers the language that was chosen: longer than a filing takes.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 365);
/// What stands in front of every address of the API.
const API: &str = "/api/";

/// Reads the cookies. A language that the address names is answered in, and remembered.
pub(crate) async fn entered(mut request: Request, next: Next) -> Response {
    let named = named(request.uri().query()).filter(|_| request.method() == Method::GET);
    let kept = cookies::brought(request.headers(), LANGUAGE).and_then(of_tag);
    let session = cookies::brought(request.headers(), SESSION).map(str::to_owned);
    let is_page = !request.uri().path().starts_with(API);
    let headers = request.headers_mut();
    if let Some(lang) = named.or(kept) {
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(lang.bcp47()));
    }
    let bearer = session.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok());
    if let Some(bearer) = bearer.filter(|_| is_page) {
        headers.insert(AUTHORIZATION, bearer);
    }
    let mut response = next.run(request).await;
    if let Some(lang) = named.filter(|lang| is_page && kept != Some(*lang)) {
        let cookie = cookies::set(LANGUAGE, lang.bcp47(), Some(REMEMBERED));
        // Beside another cookie that the answer may set.
        cookie.map(|cookie| response.headers_mut().append(SET_COOKIE, cookie));
    }
    response
}

/// The language that an address names, as `lang=en`.
fn named(query: Option<&str>) -> Option<Lang> {
    let mut pairs = form_urlencoded::parse(query?.as_bytes());
    of_tag(&pairs.find(|(name, _)| name == "lang")?.1)
}

fn of_tag(tag: &str) -> Option<Lang> {
    [Lang::Zh, Lang::En].into_iter().find(|lang| tag == lang.bcp47())
}
