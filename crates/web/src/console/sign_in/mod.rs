//! `/sign-in`: somebody signs in, in two steps where he has a second factor, and goes on to where he was going. What he had typed when
//! his session ended is not lost.

mod second_step;
mod words;

pub(crate) use second_step::{code, finish};

use super::{
    cookies::{self, SESSION, VISIT},
    field::{Faults, Field, Kind},
    filled::Filled,
    form_token,
    frame::Frame,
    told::to,
};
use crate::{
    address::ClientAddress,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::{LONGEST_SESSION, Password, SignIn, SignInError, SignedIn};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{StatusCode, header::SET_COOKIE},
    response::Response,
};
use serde::Deserialize;
use url::{Url, form_urlencoded};

/// Forms of which nothing is carried on: they have passwords or codes in them.
const NOT_CARRIED: [&str; 7] = [
    "/sign-in",
    "/sign-in/code",
    "/sign-out",
    "/password",
    "/me/second-factor/confirm",
    "/me/second-factor/recovery-codes",
    "/me/second-factor/remove",
];

/// Where to go on.
#[derive(Debug, Deserialize)]
pub(crate) struct Next {
    next: Option<String>,
}

/// A form that was sent when the session had ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Again {
    /// Where it goes; empty when there is none.
    path: String,
    /// Its fields, as browsers write them.
    body: String,
}

impl Again {
    /// That form, for that address.
    pub(crate) fn of(path: &str, typed: &Filled) -> Self {
        if NOT_CARRIED.contains(&path) {
            return Self::default();
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed.fields()).finish();
        Self { path: path.to_owned(), body }
    }

    /// The form that the page for signing in carried.
    fn carried(filled: &Filled) -> Self {
        Self { path: filled.text("again-path").to_owned(), body: filled.exact("again-body").to_owned() }
    }

    fn is_none(&self) -> bool {
        self.path.is_empty()
    }

    fn fields(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }
}

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static words::Words,
    faults: &'p Faults<'p>,
    name: Field<'p>,
    password: Field<'p>,
    next: &'p str,
    again: &'p Again,
}

/// The page.
pub(crate) async fn page(frame: Frame, Query(Next { next }): Query<Next>) -> Response {
    let next = within(next.as_deref().unwrap_or("/"));
    shown(&frame, StatusCode::OK, &Faults::NONE, "", &next, &Again::default())
}

/// The same for whoever sent a form when his session had ended.
pub(crate) fn asked_to_sign_in(frame: &Frame, again: &Again) -> Response {
    let status = StatusCode::UNAUTHORIZED;
    let next = if again.is_none() { "/" } else { frame.path() };
    shown(frame, status, &Faults::NONE, "", next, again)
}

fn shown(
    frame: &Frame,
    status: StatusCode,
    faults: &Faults<'_>,
    name: &str,
    next: &str,
    again: &Again,
) -> Response {
    let w = words::words(frame.lang);
    let page = Page {
        f: frame,
        w,
        faults,
        name: Field::new("name", w.name).known_as("username").valued(name).faulted(faults),
        password: Field::new("password", w.password)
            .of(Kind::Password)
            .known_as("current-password")
            .faulted(faults),
        next,
        again,
    };
    frame.shown(status, w.title, &page)
}

/// Somebody signs in.
pub(crate) async fn sign_in(
    State(site): State<Site>,
    frame: Frame,
    ClientAddress(address): ClientAddress,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let (name, password) = (filled.text("name"), filled.exact("password"));
    let next = within(filled.text("next"));
    let again = Again::carried(&filled);
    let mut faults = Faults::NONE;
    if name.is_empty() {
        faults = faults.and("name", w.name_missing);
    }
    if password.is_empty() {
        faults = faults.and("password", w.password_missing);
    }
    if !faults.is_empty() {
        return Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &faults, name, &next, &again));
    }
    let ask = SignIn {
        name: name.to_owned(),
        password: Password::new(password.to_owned()),
        address: Some(address),
        code: None,
    };
    let signed_in = match site.desk.sign_in(ask).await {
        Err(SignInError::CodeNeeded(ticket)) => {
            return Ok(second_step::begun(&frame, &ticket, &next, &again));
        }
        told => told.or_told(frame.lang),
    };
    match signed_in {
        Ok(signed_in) => Ok(let_in(&frame, &site, &signed_in, &next, &again)),
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) => {
            let faults = Faults::one("", problem.detail());
            Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &faults, name, &next, &again))
        }
    }
}

/// Goes on to where somebody was going, with the cookie of his session.
fn let_in(frame: &Frame, site: &Site, signed_in: &SignedIn, next: &str, again: &Again) -> Response {
    let token = signed_in.token.reveal();
    let mut response = if again.is_none() { to(next) } else { go_on(frame, site, token, again) };
    let cookies = [cookies::set(SESSION, token, Some(LONGEST_SESSION)), cookies::taken_away(VISIT)];
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The form that was sent when the session had ended, to be sent once more.
#[derive(Template)]
#[template(path = "sign_in/go_on.html")]
struct GoOn<'p> {
    w: &'static words::Words,
    path: String,
    fields: Vec<(String, String)>,
    token: String,
    key: &'p str,
}

fn go_on(frame: &Frame, site: &Site, session: &str, again: &Again) -> Response {
    let w = words::words(frame.lang);
    let token = form_token::made(session, site.desk.random());
    let page = GoOn { w, path: within(&again.path), fields: again.fields(), token, key: frame.key() };
    frame.page(w.go_on_title, &page)
}

/// `address`, if it is one of ours; otherwise the first page. Nobody is sent elsewhere by a link that begins here.
fn within(address: &str) -> String {
    let elsewhere = || "/".to_owned();
    let Ok(ours) = Url::parse("https://ours.invalid/") else { return elsewhere() };
    let Ok(url) = ours.join(address) else { return elsewhere() };
    if !address.starts_with('/') || url.origin() != ours.origin() {
        return elsewhere();
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    // Two slashes would lead to another host.
    if url.path().starts_with("//") { elsewhere() } else { format!("{}{query}", url.path()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (address, leads_to) in [
            ("/products", "/products"),
            ("/products?cursor=i-1&x=%2F", "/products?cursor=i-1&x=%2F"),
            ("", "/"),
            ("products", "/"),
            ("//elsewhere.example/", "/"),
            ("/\\elsewhere.example/", "/"),
            ("https://elsewhere.example/", "/"),
            ("https:elsewhere.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/\t/elsewhere.example", "/"),
            ("/a\r\nSet-Cookie: x=y", "/aSet-Cookie:%20x=y"),
            ("/../..//elsewhere.example", "/"),
        ] {
            assert_eq!(within(address), leads_to, "{address:?}");
        }
    }
}
