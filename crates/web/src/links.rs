//! Where links in answers lead: within this server, or to where it is reached from outside, as the operator says.

use crate::{problem::Problem, site::Site};
use axum::{
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{LINK, LOCATION},
    },
    middleware::Next,
    response::Response,
};

/// Headers with a link, each with what stands before its address.
const HEADERS: [(HeaderName, &str); 2] = [(LOCATION, ""), (LINK, "<")];

/// Makes links absolute where it is known how the desk is reached: proxies may serve it below some path, and whoever keeps an
/// answer no longer knows whom he asked.
pub(crate) async fn absolute(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(url) = &site.settings.public_url else { return response };
    for (name, before) in HEADERS {
        let value = response.headers().get(&name).and_then(|value| value.to_str().ok());
        let link = value.and_then(|value| value.strip_prefix(before)).filter(|link| link.starts_with('/'));
        let absolute = link.and_then(|link| HeaderValue::try_from(format!("{before}{url}{link}")).ok());
        if let Some(absolute) = absolute {
            response.headers_mut().insert(name, absolute);
        }
    }
    Problem::of_site(response, url)
}
