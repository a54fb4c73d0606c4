//! Codes over the API: asked for, refused with reasons, issued, used up, told again.

use crate::{Called, Given};
use app::access::Role;
use jiff::SignedDuration;
use serde_json::json;
use testbed::{ENGINES, Engine};

impl Given {
    async fn ask(&self, count: u32, key: &str) -> Called {
        let body = json!({ "instance": "i-7", "count": count });
        self.post("/api/v1/codes").token(self.key(Role::Customer)).key(key).json(&body).sent().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_issued_listed_and_used_up() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let made = given.ask(3, "k-1").await;
        assert_eq!((made.status.as_u16(), made.header("idempotent-replayed")), (201, None), "{engine:?}");
        assert_eq!(made.body()["codes"].as_array().unwrap().len(), 3, "{engine:?}");
        assert_eq!(made.body()["left"], 2, "{engine:?}");
        let again = given.ask(3, "k-1").await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        assert_eq!(again.body(), made.body(), "{engine:?}");
        let refused = given.ask(3, "k-2").await;
        assert_eq!((refused.status.as_u16(), refused.errors()), (409, vec!["not-enough-places".to_owned()]));
        assert_eq!(refused.body()["decision"]["verdict"], "eligible", "{engine:?}");
        let other = given.ask(1, "k-1").await;
        assert_eq!(
            (other.status.as_u16(), &other.body()["type"]),
            (422, &json!("/problems/idempotency-key-used"))
        );
        let listed = given.get("/api/v1/codes?limit=2").token(given.key(Role::Customer)).sent().await;
        assert_eq!(listed.body()["items"].as_array().unwrap().len(), 2, "{engine:?}");
        let next =
            listed.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
        let rest = given.get(&next).token(given.key(Role::Customer)).sent().await;
        assert_eq!(rest.body()["items"].as_array().unwrap().len(), 1, "{engine:?}");
        assert_eq!((rest.header("link"), &rest.body()["next"]), (None, &json!(null)), "{engine:?}");
    }
}

#[tokio::test]
async fn a_refusal_has_every_reason_in_the_language_of_whoever_asks() {
    let given = Given::on(Engine::Sqlite).await;
    given.clock.pass(SignedDuration::from_hours(24 * 500));
    let body = json!({ "instance": "i-7" });
    let check = || given.post("/api/v1/codes/check").token(given.key(Role::Customer)).json(&body);
    let chinese = check().sent().await;
    let english = check().english().sent().await;
    assert_eq!(
        (&chinese.body()["granted"], chinese.header("content-language")),
        (&json!(false), Some("zh-CN"))
    );
    assert_eq!(english.header("content-language"), Some("en"));
    for told in [&chinese, &english] {
        assert_eq!(told.body()["reasons"][0]["code"], "expired");
    }
    assert!(chinese.body()["reasons"][0]["message"].as_str().unwrap().contains("到期"));
    assert!(english.body()["reasons"][0]["message"].as_str().unwrap().contains("expired"));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_with_its_place() {
    let given = Given::on(Engine::Sqlite).await;
    let call = || given.post("/api/v1/codes").token(given.key(Role::Customer)).key("k-1");
    for (body, status, path) in [
        ("{", 400, None),
        (r#"{"instance":"i-7"} {}"#, 400, None),
        ("", 400, None),
        (r#"{"instance":7}"#, 422, Some("instance")),
    ] {
        let told = call().bytes("application/json", body.as_bytes().to_vec()).sent().await;
        assert_eq!(told.status.as_u16(), status, "{body}");
        assert_eq!(told.body()["errors"][0]["path"].as_str(), path, "{body}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(call().bytes("application/json", deep.into_bytes()).sent().await.status, 422);
    assert_eq!(call().bytes("text/plain", b"{}".to_vec()).sent().await.status, 415);
    assert_eq!(call().bytes("application/json", vec![b' '; (1 << 20) + 1]).sent().await.status, 413);
    let body = json!({ "instance": "i-7" });
    let keyless = given.post("/api/v1/codes").token(given.key(Role::Customer)).json(&body).sent().await;
    assert_eq!(
        (keyless.status.as_u16(), &keyless.body()["type"]),
        (400, &json!("/problems/idempotency-key-missing"))
    );
    assert_eq!(call().key("k-2").json(&body).sent().await.status, 400, "two keys");
    assert_eq!(given.get("/api/v1/none").sent().await.status, 404);
    assert_eq!(given.call("DELETE", "/api/v1/codes").sent().await.status, 405);
}
