//! Links in answers: relative, or to where the operator says that the desk is reached.

use crate::Given;
use app::access::Role;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header::CONTENT_LENGTH},
};
use serde_json::Value;
use std::num::NonZero;
use testbed::Engine;
use tower::ServiceExt;
use web::{Settings, Site, service};

const URL: &str = "https://beian.example.com/desk";

fn reached_at(given: &Given, requests_per_minute: u32) -> Router {
    let settings = Settings {
        public_url: Some(URL.to_owned()),
        requests_per_minute: NonZero::new(requests_per_minute),
        ..Settings::default()
    };
    service(Site::new(given.desk.clone(), settings))
}

async fn sent(service: &Router, method: &str, path: &str, token: &str) -> (HeaderMap, Vec<u8>) {
    let request = Request::builder().method(method).uri(path);
    let request =
        request.header("authorization", format!("Bearer {token}")).header("prefer", "respond-async");
    let response = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.headers, to_bytes(body, 1 << 20).await.unwrap().to_vec())
}

#[tokio::test]
async fn every_problem_has_its_type_where_the_desk_is_reached() {
    let given = Given::on(Engine::Sqlite).await;
    // Whoever limits, routes and decides tell problems each at another depth.
    let service = reached_at(&given, 3);
    let (customer, nobody) = (given.key(Role::Customer), "kbk_none");
    for (path, token, word) in [
        ("/api/v1/instances/none", customer, "not-found"),
        ("/none", customer, "no-such-page"),
        ("/api/v1/codes", nobody, "not-signed-in"),
        ("/api/v1/codes", nobody, "not-signed-in"),
        ("/api/v1/codes", nobody, "too-many-requests"),
    ] {
        let (headers, body) = sent(&service, "GET", path, token).await;
        let told: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(told["type"], format!("{URL}/problems/{word}"), "{path}");
        let length = headers.get(CONTENT_LENGTH).map(|length| length.to_str().unwrap().to_owned());
        assert_eq!(length, Some(body.len().to_string()), "{path}");
    }
}

#[tokio::test]
async fn head_has_no_body_wherever_the_desk_is_reached() {
    let given = Given::on(Engine::Sqlite).await;
    let (_, body) = sent(&reached_at(&given, 9), "HEAD", "/api/v1/codes", "kbk_none").await;
    assert_eq!(body, b"");
}

#[tokio::test]
async fn a_page_of_a_problem_names_it_as_the_problem_does() {
    let given = Given::on(Engine::Sqlite).await;
    let (_, page) = sent(&reached_at(&given, 9), "GET", "/problems/refused", "kbk_none").await;
    assert!(String::from_utf8(page).unwrap().contains(&format!("{URL}/problems/refused")));
}

#[tokio::test]
async fn next_pages_and_what_was_begun_are_found_where_the_desk_is_reached() {
    let given = Given::on(Engine::Sqlite).await;
    given.customer("acc-8", 8).await;
    let service = reached_at(&given, 9);
    let operator = given.key(Role::Operator);
    let (headers, _) = sent(&service, "GET", "/api/v1/instances?limit=1", operator).await;
    let link = headers["link"].to_str().unwrap();
    assert_eq!(link, format!("<{URL}/api/v1/instances?limit=1&cursor=i-7>; rel=\"next\""));
    let (headers, body) = sent(&service, "PUT", "/api/v1/instances", operator).await;
    let told: Value = serde_json::from_slice(&body).unwrap();
    let address = format!("{URL}/api/v1/imports/{}", told["id"].as_str().unwrap());
    assert_eq!(headers["location"].to_str().unwrap(), address);
}
