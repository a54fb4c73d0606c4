//! `/sign-out`: the session ends, here and wherever its token went.

use super::{
    cookies::{self, SESSION},
    filled::Filled,
    told::to,
};
use crate::{
    caller::SignedIn,
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header::SET_COOKIE},
    response::Response,
};

/// Browsers throw away what they keep of this host.
const FORGET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

/// Somebody signs out.
pub(crate) async fn sign_out(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SignedIn(principal): SignedIn,
    _: Filled,
) -> Result<Response, Problem> {
    site.desk.sign_out(&principal).await.or_told(lang)?;
    let mut response = to("/");
    response.headers_mut().extend(cookies::taken_away(SESSION).map(|cookie| (SET_COOKIE, cookie)));
    response.headers_mut().extend([FORGET]);
    Ok(response)
}
