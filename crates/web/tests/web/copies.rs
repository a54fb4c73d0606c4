//! Versions, conditional requests, who may keep a copy; `HEAD` and `OPTIONS`.

use crate::{Given, given::server};
use app::access::Role;
use jiff::SignedDuration;
use rulebook::Facts;
use testbed::Engine;

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let given = Given::on(Engine::Sqlite).await;
    for (path, role) in [
        ("/api/v1/codes", Role::Customer),
        ("/api/v1/users", Role::Operator),
        ("/api/v1/users/support", Role::Operator),
        ("/api/v1/roles", Role::Operator),
        ("/api/v1/rulebook", Role::Operator),
        ("/api/v1/ledger/key", Role::Auditor),
    ] {
        let first = given.seen(role, path).await;
        let tag = first.header("etag").unwrap_or_else(|| panic!("{path}")).to_owned();
        let again =
            |known: String| given.get(path).token(given.key(role)).header("if-none-match", &known).sent();
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let same = again(known).await;
            assert_eq!((same.status.as_u16(), same.bytes.len()), (304, 0), "{path}");
            assert_eq!(same.header("etag"), Some(&*tag), "{path}");
        }
        let other = again("\"x\"".to_owned()).await;
        assert_eq!((other.status.as_u16(), &other.bytes), (200, &first.bytes), "{path}");
    }
    let (zh, en) = (given.get("/problems"), given.get("/problems").english());
    assert_ne!(zh.sent().await.header("etag"), en.sent().await.header("etag"));
}

/// Every answer with a decision that is given now.
const DECIDED: [&str; 3] =
    ["/api/v1/instances/i-7", "/api/v1/instances/i-7/decision", "/api/v1/instances?limit=1"];

/// The version of each, and whether it is that of the copy.
async fn versions(given: &Given, copies: &[String]) -> Vec<(u16, String)> {
    let mut found = Vec::new();
    for (nth, path) in DECIDED.into_iter().enumerate() {
        let known = copies.get(nth).map_or("\"none\"", String::as_str);
        let asked = given.get(path).token(given.key(Role::Customer)).header("if-none-match", known);
        let told = asked.sent().await;
        found.push((told.status.as_u16(), told.header("etag").unwrap().to_owned()));
    }
    found
}

#[tokio::test]
async fn a_copy_of_a_decision_stands_until_it_would_be_decided_otherwise() {
    let given = Given::on(Engine::Sqlite).await;
    let until = |time: &str| Facts { expires_at: Some(time.parse().unwrap()), ..server("i-7", "acc-7") };
    given.desk.record_instance(until("2020-11-01T09:30:00+08:00")).await.unwrap();
    // A change is told from the moment on at which it was heard of.
    given.clock.pass(SignedDuration::from_mins(1));
    let mut copies: Vec<String> = versions(&given, &[]).await.into_iter().map(|(_, tag)| tag).collect();
    assert!(copies.iter().all(|tag| tag.starts_with("W/")), "{copies:?} name more than one text");
    given.clock.pass(SignedDuration::from_mins(28));
    let passed = versions(&given, &copies).await;
    assert!(passed.iter().all(|(status, _)| *status == 304), "nothing but time passed: {passed:?}");
    given.clock.pass(SignedDuration::from_mins(1));
    let expired = versions(&given, &copies).await;
    assert!(expired.iter().all(|(status, _)| *status == 200), "it expired: {expired:?}");
    copies = expired.into_iter().map(|(_, tag)| tag).collect();
    given.desk.record_instance(until("2021-11-01T09:30:00+08:00")).await.unwrap();
    let renewed = versions(&given, &copies).await;
    assert!(renewed.iter().all(|(status, _)| *status == 200), "it was renewed: {renewed:?}");
}

#[tokio::test]
async fn what_has_codes_or_secrets_in_it_is_kept_by_nobody() {
    let given = Given::on(Engine::Sqlite).await;
    let cache = |called: crate::Called| called.header("cache-control").unwrap().to_owned();
    assert_eq!(cache(given.seen(Role::Customer, "/api/v1/codes").await), "private, no-store");
    assert_eq!(cache(given.seen(Role::Operator, "/api/v1/users").await), "private, no-cache");
    assert_eq!(cache(given.get("/api/v1/codes").sent().await), "no-store");
}

#[tokio::test]
async fn a_page_of_whoever_signed_in_is_another_each_time_and_has_no_version() {
    let given = Given::on(Engine::Sqlite).await;
    let page = given.seen(Role::Customer, "/products").await;
    assert_eq!((page.status.as_u16(), page.header("etag")), (200, None));
    assert_eq!(page.header("content-length"), Some(&*page.bytes.len().to_string()));
    assert_ne!(given.seen(Role::Customer, "/products").await.bytes, page.bytes);
}

#[tokio::test]
async fn head_is_get_without_its_body_and_options_names_the_methods() {
    let given = Given::on(Engine::Sqlite).await;
    let get = given.seen(Role::Customer, "/api/v1/codes").await;
    let head = given.call("HEAD", "/api/v1/codes").token(given.key(Role::Customer)).sent().await;
    assert_eq!((head.status, head.bytes.len()), (get.status, 0));
    for name in ["etag", "content-type", "content-length", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(head.header("content-length"), Some(&*get.bytes.len().to_string()));
    assert_eq!(given.call("HEAD", "/api/v1/codes").sent().await.status, 401);
    let options = given.call("OPTIONS", "/api/v1/codes").sent().await;
    let allowed = options.header("allow").unwrap();
    assert_eq!(options.status, 204);
    assert!(allowed.contains("GET") && allowed.contains("POST") && !allowed.contains("PUT"), "{allowed}");
    let refused = given.call("PUT", "/api/v1/codes").sent().await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, Some(allowed)));
    assert_eq!(given.call("OPTIONS", "/api/v1/none").sent().await.status, 404);
}
