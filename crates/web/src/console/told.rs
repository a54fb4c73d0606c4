//! What goes wrong on the way to a page, as pages: whoever has to sign in is asked to, with what he typed; whatever else is wrong is
//! told in the frame.

use super::{
    filled::{Filled, OldForm, is_form},
    frame::Frame,
    sign_in::{Again, asked_to_sign_in},
    words,
};
use crate::{
    problem::{Kind, Problem},
    site::Site,
};
use askama::Template;
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT, LOCATION, RETRY_AFTER},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use url::form_urlencoded;

/// What is not told as a page outside of the API, and where nothing is served, to whoever would rather have one.
pub(crate) async fn told(State(site): State<Site>, request: Request, next: Next) -> Response {
    if !prefers_pages(request.headers()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let (body, typed) = if parts.method == Method::POST && is_form(&parts.headers) {
        match to_bytes(body, crate::MOST_BYTES).await {
            Ok(bytes) => (Body::from(bytes.clone()), Some(Filled::read(&bytes))),
            Err(_) => return problem_page(&site, &mut parts, Kind::TooLarge).await,
        }
    } else {
        (body, None)
    };
    let kept = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let mut parts = kept;
    if response.extensions().get::<OldForm>().is_some() {
        return once_more(&site, &mut parts, typed.unwrap_or_default()).await;
    }
    let Some(problem) = response.extensions().get::<Arc<Problem>>().cloned() else { return response };
    if parts.uri.path().starts_with("/api/") && !problem.is(Kind::NoSuchPage) {
        return response;
    }
    match problem.kind() {
        Kind::NotSignedIn => sign_in_first(&site, &mut parts, typed).await,
        Kind::ChangePassword => to("/password"),
        Kind::SetUpSecondFactor => to("/me/second-factor"),
        _ => {
            let mut page = shown(&site, &mut parts, &problem).await;
            let again = response.headers().get(RETRY_AFTER).cloned();
            page.headers_mut().extend(again.map(|again| (RETRY_AFTER, again)));
            page
        }
    }
}

/// See there.
pub(crate) fn to(address: &str) -> Response {
    let Ok(address) = HeaderValue::try_from(address) else { return StatusCode::SEE_OTHER.into_response() };
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// The page on which to sign in, from which whoever does goes on to where he was going.
async fn sign_in_first(site: &Site, parts: &mut Parts, typed: Option<Filled>) -> Response {
    let Ok(frame) = Frame::from_request_parts(parts, site).await else {
        return problem_page(site, parts, Kind::Fault).await;
    };
    let Some(typed) = typed else {
        let next: String = form_urlencoded::byte_serialize(frame.here().as_bytes()).collect();
        return to(&format!("/sign-in?next={next}"));
    };
    asked_to_sign_in(&frame, &Again::of(frame.path(), &typed))
}

/// A form that an earlier session had begun.
#[derive(Template)]
#[template(path = "once_more.html")]
struct OnceMore<'p> {
    f: &'p Frame,
    w: &'static words::OnceMore,
    fields: Vec<(String, String)>,
}

async fn once_more(site: &Site, parts: &mut Parts, typed: Filled) -> Response {
    let Ok(frame) = Frame::from_request_parts(parts, site).await else {
        return problem_page(site, parts, Kind::Fault).await;
    };
    let w = words::once_more(frame.lang);
    let fields = typed.fields().cloned().collect();
    frame.shown(StatusCode::FORBIDDEN, w.title, &OnceMore { f: &frame, w, fields })
}

/// A problem as a page.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    title: &'p str,
    detail: &'p str,
    errors: Vec<(&'p str, &'p str)>,
    w: &'static words::ProblemPage,
    back: bool,
}

async fn problem_page(site: &Site, parts: &mut Parts, kind: Kind) -> Response {
    let lang = crate::language::spoken(&parts.headers);
    shown(site, parts, &Problem::new(kind, lang)).await
}

async fn shown(site: &Site, parts: &mut Parts, problem: &Problem) -> Response {
    let lang = crate::language::spoken(&parts.headers);
    let frame = match Frame::from_request_parts(parts, site).await {
        // Where nothing is, nothing of the address is said again.
        Ok(frame) if problem.is(Kind::NoSuchPage) => frame.anywhere(),
        Ok(frame) => frame,
        // Who looks cannot be found out now.
        Err(_) => Frame::of_nobody(parts),
    };
    let kind = problem.kind();
    let errors = problem.errors().map(|(_, message, suggestion)| (message, suggestion)).collect();
    let page = ProblemPage {
        title: kind.says(lang).title,
        // What the API says of it is for programs.
        detail: if problem.is(Kind::NoSuchPage) { words::no_such_page(lang) } else { problem.detail() },
        errors,
        w: words::problem_page(lang),
        back: parts.method == Method::POST,
    };
    frame.shown(kind.status(), page.title, &page)
}

/// Whether whoever asks would rather have a page than JSON, as browsers say in `Accept`. Programs that take anything say nothing
/// of pages.
fn prefers_pages(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT).into_iter().filter_map(|line| line.to_str().ok());
    let (mut pages, mut json) = (0.0, 0.0);
    for range in lines.flat_map(|line| line.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let liked = match parts.next() {
            Some("text/html") => &mut pages,
            Some("application/json" | "application/problem+json") => &mut json,
            _ => continue,
        };
        let quality: f32 = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        *liked = quality.max(*liked);
    }
    pages > json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_prefer_pages_and_programs_do_not() {
        for (accept, pages) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json;q=0.5, text/html", true),
            ("text/html;q=0.2, application/json;q=0.9", false),
            ("text/html, application/problem+json", false),
            ("text/html;q=0", false),
            ("application/json", false),
            ("*/*", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
            assert_eq!(prefers_pages(&headers), pages, "{accept}");
        }
        assert!(!prefers_pages(&HeaderMap::new()));
    }
}
