//! `/me`: who is signed in, and for which account; the way to a new password, to a second factor, and to where else he is signed in.

mod words;

pub(super) use words::role;

use super::frame::Frame;
use crate::{
    caller::SignedIn,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::{SecondFactor, SecondFactorError};
use askama::Template;
use axum::{extract::State, response::Response};
use words::Words;

#[derive(Template)]
#[template(path = "me/page.html")]
struct Page {
    w: &'static Words,
    name: String,
    account: Option<String>,
    roles: String,
    second_factor: &'static str,
}

/// The page.
pub(crate) async fn me(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let roles: Vec<_> = principal.roles().iter().map(|role| words::role(role, frame.lang)).collect();
    let second_factor = match site.desk.second_factor(&principal).await {
        Ok(SecondFactor::On { .. }) => w.is_on,
        Ok(SecondFactor::Begun(_) | SecondFactor::Off) => w.is_off,
        // It is looked after in a session, once there is a password.
        Err(SecondFactorError::NotInSession | SecondFactorError::PasswordFirst) => "—",
        Err(error) => return Err(error).or_told(frame.lang),
    };
    let page = Page {
        w,
        name: principal.name().to_owned(),
        account: principal.account().map(|account| account.name().to_owned()),
        roles: roles.join(w.and),
        second_factor,
    };
    Ok(frame.page(w.title, &page))
}
