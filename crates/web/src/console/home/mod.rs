//! `/`: what this is, and where to go on: the pages of whoever signed in, and what is open to everybody.

mod words;

use super::{frame::Frame, told::to};
use askama::Template;
use axum::response::Response;
use words::{Entry, Words};

#[derive(Template)]
#[template(path = "home/page.html")]
struct Page<'p> {
    w: &'static Words,
    own: Vec<&'p Entry>,
    open: &'static [Entry],
    signed_in: bool,
}

/// The page that whoever opens the address of the desk sees first.
pub(crate) async fn home(frame: Frame) -> Response {
    // Whoever has to do something first is not left wondering where his pages are.
    match &frame.who {
        Some(who) if who.must_change_password() => return to("/password"),
        Some(who) if who.must_set_up_second_factor() => return to("/me/second-factor"),
        _ => {}
    }
    let w = words::words(frame.lang);
    let own = words::own(frame.lang).iter();
    let own = own.filter(|entry| entry.right.is_some_and(|right| frame.may(right))).collect();
    let page = Page { w, own, open: words::open(frame.lang), signed_in: frame.who.is_some() };
    frame.page(w.title, &page)
}
