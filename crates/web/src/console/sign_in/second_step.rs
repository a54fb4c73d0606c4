//! `/sign-in/code`: the second step. The password was right and is gone from here on: what stands for it is a sealed ticket in a cookie,
//! which opens nothing without a code.

use super::{Again, let_in, shown as first_step, within, words};
use crate::{
    address::ClientAddress,
    console::{
        cookies::{self, HALF_OPEN},
        field::{Faults, Field, Kind as FieldKind},
        filled::Filled,
        frame::Frame,
        told::to,
    },
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::access::{Code, HALF_OPEN as GOOD_FOR, HalfOpen};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::SET_COOKIE},
    response::Response,
};
use url::form_urlencoded;

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static words::Words,
    faults: &'p Faults<'p>,
    code: Field<'p>,
    next: &'p str,
    again: &'p Again,
}

/// The second step begins. A form that was typed is carried on the page, which is then shown at once.
pub(super) fn begun(frame: &Frame, ticket: &HalfOpen, next: &str, again: &Again) -> Response {
    let mut response = if again.is_none() {
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        to(&format!("/sign-in/code?next={next}"))
    } else {
        shown(frame, StatusCode::OK, &Faults::NONE, next, again)
    };
    with(&mut response, cookies::set(HALF_OPEN, ticket.reveal(), Some(GOOD_FOR)));
    response
}

fn with(response: &mut Response, cookie: Option<HeaderValue>) {
    cookie.map(|cookie| response.headers_mut().append(SET_COOKIE, cookie));
}

/// The page; for whoever did not give his password, that for signing in.
pub(crate) async fn code(
    frame: Frame,
    headers: HeaderMap,
    Query(super::Next { next }): Query<super::Next>,
) -> Response {
    let next = within(next.as_deref().unwrap_or("/"));
    match cookies::brought(&headers, HALF_OPEN) {
        Some(_) => shown(&frame, StatusCode::OK, &Faults::NONE, &next, &Again::default()),
        None => to("/sign-in"),
    }
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, next: &str, again: &Again) -> Response {
    let w = words::words(frame.lang);
    let code = Field::new("code", w.code).hinted(w.code_hint).of(FieldKind::Short(30));
    let code = code.known_as("one-time-code").faulted(faults);
    frame.shown(status, w.code_title, &Page { f: frame, w, faults, code, next, again })
}

/// Somebody shows his code.
pub(crate) async fn finish(
    State(site): State<Site>,
    frame: Frame,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let (next, again) = (within(filled.text("next")), Again::carried(&filled));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let typed = filled.text("code");
    if typed.is_empty() {
        return Ok(shown(&frame, status, &Faults::one("code", w.code_missing), &next, &again));
    }
    let ticket = HalfOpen::brought(cookies::brought(&headers, HALF_OPEN).unwrap_or_default());
    let told = site.desk.finish_sign_in(&ticket, Code::typed(typed), Some(address)).await;
    match told.or_told(frame.lang) {
        Ok(signed_in) => {
            let mut response = let_in(&frame, &site, &signed_in, &next, &again);
            with(&mut response, cookies::taken_away(HALF_OPEN));
            Ok(response)
        }
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) if problem.is(Kind::CodeNeeded) => {
            Ok(shown(&frame, status, &Faults::of(&problem, |_| "code"), &next, &again))
        }
        Err(problem) if problem.is(Kind::TooManyRequests) => {
            Ok(shown(&frame, status, &Faults::one("code", problem.detail()), &next, &again))
        }
        // It begins anew: too late, another password, or a user who is not let in.
        Err(problem) => {
            let faults = Faults::one("", problem.detail());
            let mut response = first_step(&frame, status, &faults, "", &next, &again);
            with(&mut response, cookies::taken_away(HALF_OPEN));
            Ok(response)
        }
    }
}
