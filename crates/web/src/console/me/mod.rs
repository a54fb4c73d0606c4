//! `/me`: who is signed in, and for which account; the way to a new password.

mod words;

use super::frame::Frame;
use crate::caller::SignedIn;
use askama::Template;
use axum::response::Response;
use words::Words;

#[derive(Template)]
#[template(path = "me/page.html")]
struct Page {
    w: &'static Words,
    name: String,
    account: Option<String>,
    roles: String,
}

/// The page.
pub(crate) async fn me(frame: Frame, SignedIn(principal): SignedIn) -> Response {
    let w = words::words(frame.lang);
    let roles: Vec<_> = principal.roles().iter().map(|role| words::role(role, frame.lang)).collect();
    let page = Page {
        w,
        name: principal.name().to_owned(),
        account: principal.account().map(|account| account.name().to_owned()),
        roles: roles.join(w.and),
    };
    frame.page(w.title, &page)
}
