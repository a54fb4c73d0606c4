//! How much one caller may ask, and who that is.

use crate::Given;
use app::access::Role;
use axum::{Router, body::Body, http::Request};
use jiff::SignedDuration;
use std::num::NonZero;
use testbed::Engine;
use tower::ServiceExt;
use web::{Peer, Settings, Site, service};

/// The desk with a limit of three requests, behind a proxy at 10.0.0.1.
fn limited(given: &Given) -> Router {
    let settings = Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        requests_per_minute: NonZero::new(3),
        ..Settings::default()
    };
    service(Site::new(given.desk.clone(), settings))
}

/// One request from that address, over the proxy; its status, `RateLimit` and `Retry-After`.
async fn asked(service: &Router, from: &str, token: Option<&str>) -> (u16, String, Option<String>) {
    let mut request = Request::builder().uri("/api/v1/codes").header("x-forwarded-for", from);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer("10.0.0.1".parse().unwrap()));
    let response = service.clone().oneshot(request).await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), header("ratelimit").unwrap(), header("retry-after"))
}

#[tokio::test]
async fn each_address_behind_a_trusted_proxy_has_a_limit_of_its_own() {
    let given = Given::on(Engine::Sqlite).await;
    let service = limited(&given);
    for left in ["2", "1", "0"] {
        let (status, limit, _) = asked(&service, "198.51.100.1", None).await;
        assert_eq!((status, limit), (401, format!("\"minute\";r={left};t=60")));
    }
    given.clock.pass(SignedDuration::from_secs(20));
    let (status, limit, again) = asked(&service, "198.51.100.1", None).await;
    assert_eq!((status, limit.as_str(), again.as_deref()), (429, "\"minute\";r=0;t=40", Some("40")));
    assert_eq!(asked(&service, "198.51.100.2", None).await.0, 401);
    given.clock.pass(SignedDuration::from_secs(40));
    assert_eq!(asked(&service, "198.51.100.1", None).await.0, 401);
}

#[tokio::test]
async fn a_good_token_has_a_limit_of_its_own_and_invented_ones_have_none() {
    let given = Given::on(Engine::Sqlite).await;
    let service = limited(&given);
    let good = given.key(Role::Customer);
    let here = "198.51.100.1";
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(asked(&service, here, Some(good)).await.0);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
    // Its first request counted for the address as well, where nobody knew yet that it was good.
    for (nth, status) in [(1, 401), (2, 401), (3, 429), (4, 429)] {
        let invented = format!("kbk_{}{nth}", "a".repeat(51));
        assert_eq!(asked(&service, here, Some(&invented)).await.0, status, "{nth}");
    }
    // From elsewhere it is the same token, and the same limit.
    assert_eq!(asked(&service, "198.51.100.9", Some(good)).await.0, 429);
}

#[tokio::test]
async fn what_needs_no_token_makes_none_good_and_a_good_one_has_one_limit_however_it_is_spelled() {
    let given = Given::on(Engine::Sqlite).await;
    let service = limited(&given);
    let asked = async |path: &str, header: String| {
        let mut request = Request::builder().uri(path).header("authorization", header);
        request.extensions_mut().unwrap().insert(Peer("198.51.100.2".parse().unwrap()));
        service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status().as_u16()
    };
    for (nth, status) in [(1, 200), (2, 200), (3, 200), (4, 429)] {
        assert_eq!(
            asked("/api/v1/roles", format!("Bearer kbk_{}{nth}", "a".repeat(51))).await,
            status,
            "{nth}"
        );
    }
    given.clock.pass(SignedDuration::from_secs(61));
    let good = given.key(Role::Customer);
    let spelled = [
        format!("Bearer {good}"),
        format!("bEARER {good}"),
        format!("Bearer   {good}"),
        format!("bearer {good} "),
    ];
    let mut statuses = Vec::new();
    for header in spelled {
        statuses.push(asked("/api/v1/codes", header).await);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}
