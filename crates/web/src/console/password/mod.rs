//! `/password`: a password of one's own. Whoever signed in with a one-time password sees nothing else before.

mod words;

use super::{
    field::{Faults, Field, Kind},
    filled::Filled,
    frame::Frame,
};
use crate::{
    caller::SignedIn,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::Password;
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "password/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static words::Words,
    faults: &'p Faults<'p>,
    must: bool,
    name: &'p str,
    fields: [Field<'p>; 3],
}

/// The page.
pub(crate) async fn page(frame: Frame, SignedIn(_): SignedIn) -> Response {
    shown(&frame, StatusCode::OK, &Faults::NONE)
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>) -> Response {
    let w = words::words(frame.lang);
    let field =
        |name, label, known_as| Field::new(name, label).of(Kind::Password).known_as(known_as).faulted(faults);
    let page = Page {
        f: frame,
        w,
        faults,
        must: frame.who.as_ref().is_some_and(app::access::Principal::must_change_password),
        name: frame.who.as_ref().map(app::access::Principal::name).unwrap_or_default(),
        fields: [
            field("old", w.old, "current-password"),
            field("new", w.new, "new-password").hinted(w.new_hint),
            field("again", w.again, "new-password"),
        ],
    };
    frame.shown(status, w.title, &page)
}

#[derive(Template)]
#[template(path = "password/done.html")]
struct Done {
    w: &'static words::Words,
}

/// A password is set.
pub(crate) async fn set(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let [old, new, again] = ["old", "new", "again"].map(|name| filled.exact(name));
    if new != again {
        return Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &Faults::one("again", w.unlike)));
    }
    let [old, new] = [old, new].map(|text| Password::new(text.to_owned()));
    match site.desk.set_password(&principal, old, new).await.or_told(frame.lang) {
        Ok(()) => Ok(frame.page(w.done_title, &Done { w })),
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) => {
            let faults = Faults::of(&problem, |path| match path {
                "old" => "old",
                "new" => "new",
                _ => "",
            });
            Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &faults))
        }
    }
}
