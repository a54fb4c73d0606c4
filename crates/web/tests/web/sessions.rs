//! Signing in with name and password, one's own password, signing out.

use crate::{Called, Given};
use app::access::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

pub(crate) const OWN: &str = "ein Satz den niemand errät";

impl Given {
    pub(crate) async fn sign_in(&self, name: &str, password: &str) -> Called {
        self.post("/api/v1/sessions").json(&json!({ "name": name, "password": password })).sent().await
    }

    /// A new user's one-time password.
    pub(crate) async fn added(&self, name: &str, roles: &[&str]) -> String {
        let body = json!({ "name": name, "roles": roles });
        let added = self.change(Role::Operator, "POST", "/api/v1/users", name, body).await;
        assert_eq!(added.status, 201, "{added:?}");
        added.body()["one_time_password"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn set_password(&self, token: &str, old: &str, new: &str) -> Called {
        let body = json!({ "old": old, "new": new });
        self.call("PUT", "/api/v1/sessions/current/password").token(token).json(&body).sent().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_sets_a_password_of_his_own_works_and_signs_out() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let first = given.added("li.na", &["auditor"]).await;
        let signed_in = given.sign_in(" Li.Na ", &first).await;
        assert_eq!(signed_in.status, 201, "{engine:?} {signed_in:?}");
        assert_eq!(signed_in.body()["must_change_password"], true, "{engine:?}");
        let token = signed_in.body()["token"].as_str().unwrap().to_owned();
        let who = given.get("/api/v1/sessions/current").token(&token).sent().await.body();
        assert_eq!((&who["name"], &who["rights"]), (&json!("li.na"), &json!([])), "{engine:?}");
        let key = given.get("/api/v1/ledger/key").token(&token).sent().await;
        assert_eq!(
            (key.status.as_u16(), &key.body()["type"]),
            (403, &json!("/problems/change-password")),
            "{engine:?}"
        );
        for (old, new, code) in [
            ("wrong and long enough", OWN, "wrong-password"),
            (&*first, "short", "password-length"),
            (&*first, &*first, "password-is-old"),
        ] {
            let told = given.set_password(&token, old, new).await;
            assert_eq!((told.status.as_u16(), told.errors()), (422, vec![code.to_owned()]), "{engine:?}");
        }
        assert_eq!(given.set_password(&token, &first, OWN).await.status, 204, "{engine:?}");
        let who = given.get("/api/v1/sessions/current").token(&token).sent().await.body();
        let rights = json!(["read-numbers", "read-ledger", "read-access-log", "own-keys", "own-sessions"]);
        assert_eq!((&who["rights"], &who["roles"]), (&rights, &json!(["auditor"])), "{engine:?}");
        assert_eq!(given.get("/api/v1/ledger/key").token(&token).sent().await.status, 200, "{engine:?}");
        assert_eq!(given.sign_in("li.na", &first).await.status, 401, "{engine:?}");
        let out = given.call("DELETE", "/api/v1/sessions/current").token(&token).sent().await;
        assert_eq!(out.status, 204, "{engine:?}");
        assert_eq!(
            given.get("/api/v1/sessions/current").token(&token).sent().await.status,
            401,
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_answered_alike_and_slowed_down() {
    let given = Given::on(Engine::Sqlite).await;
    given.added("li.na", &["auditor"]).await;
    let (wrong, unknown) = (given.sign_in("li.na", "x").await, given.sign_in("nobody", "x").await);
    assert_eq!((wrong.status.as_u16(), wrong.bytes), (401, unknown.bytes));
    for _ in 0..5 {
        assert_eq!(given.sign_in("li.na", "x").await.status, 401);
    }
    let slowed = given.sign_in("li.na", "x").await;
    assert_eq!((slowed.status.as_u16(), slowed.header("retry-after")), (429, Some("1")));
    given.clock.pass(SignedDuration::from_secs(1));
    assert_eq!(given.sign_in("li.na", "x").await.status, 401);
    assert_eq!(given.sign_in("li.na", "x").await.header("retry-after"), Some("2"));
}

#[tokio::test]
async fn a_key_sets_no_password_and_makes_no_keys() {
    let given = Given::on(Engine::Sqlite).await;
    let token = given.key(Role::Support);
    assert_eq!(given.set_password(token, "the old one, whatever", OWN).await.status, 403);
    let body = json!({ "label": "another" });
    assert_eq!(given.change(Role::Support, "POST", "/api/v1/keys", "k", body).await.status, 403);
    let who = given.seen(Role::Support, "/api/v1/sessions/current").await.body();
    assert_eq!((&who["with_key"], &who["account"]), (&json!(true), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_in_a_session_shown_once_used_listed_and_revoked() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let first = given.added("li.na", &["auditor"]).await;
        let token = given.sign_in("li.na", &first).await.body()["token"].as_str().unwrap().to_owned();
        given.set_password(&token, &first, OWN).await;
        let ask = |body: Value, key: &'static str| {
            given.post("/api/v1/keys").token(&token).key(key).json(&body).sent()
        };
        let body = json!({ "label": "nightly", "scopes": ["read-ledger"], "expires_at": "2020-12-01T00:00:00+08:00" });
        let made = ask(body.clone(), "m").await;
        assert_eq!(made.status, 201, "{engine:?} {made:?}");
        let secret = made.body()["secret"].as_str().unwrap().to_owned();
        let again = ask(body, "m").await;
        assert_eq!((&again.body()["secret"], &again.body()["id"]), (&Value::Null, &made.body()["id"]));
        assert_eq!(given.get("/api/v1/ledger/key").token(&secret).sent().await.status, 200, "{engine:?}");
        assert_eq!(given.get("/api/v1/keys").token(&secret).sent().await.status, 403, "beyond its scopes");
        for (body, code) in [
            (json!({ "label": " " }), "bad-label"),
            (json!({ "label": "x", "scopes": [] }), "no-scope"),
            (json!({ "label": "x", "scopes": ["all"] }), "unknown-scope"),
            (json!({ "label": "x", "scopes": ["manage-users"] }), "beyond-roles"),
            (json!({ "label": "x", "expires_at": "2020-01-01T00:00:00Z" }), "expires-in-the-past"),
            (json!({ "label": "x", "expires_at": "tomorrow" }), "malformed"),
        ] {
            let told = ask(body, code).await;
            assert_eq!((told.status.as_u16(), told.errors()), (422, vec![code.to_owned()]), "{engine:?}");
        }
        let listed = given.get("/api/v1/keys").token(&token).sent().await;
        assert_eq!(listed.body()["items"][0]["label"], "nightly", "{engine:?}");
        assert!(!String::from_utf8(listed.bytes).unwrap().contains(&secret), "{engine:?}");
        let path = format!("/api/v1/keys/{}", made.body()["id"].as_str().unwrap());
        let revoke = |key: &'static str| given.call("DELETE", &path).token(&token).key(key).sent();
        assert_eq!(revoke("d").await.status, 204, "{engine:?}");
        assert_eq!(revoke("d").await.header("idempotent-replayed"), Some("true"), "{engine:?}");
        assert_eq!(revoke("d2").await.status, 404, "{engine:?}");
        assert_eq!(given.get("/api/v1/ledger/key").token(&secret).sent().await.status, 401, "{engine:?}");
    }
}

#[tokio::test]
async fn a_one_time_password_that_was_used_or_is_past_says_how_to_get_another() {
    let given = Given::on(Engine::Sqlite).await;
    let (first, late) = (given.added("li.na", &["auditor"]).await, given.added("zhao", &["auditor"]).await);
    let refused = async |name: &str, password: &str, words: &str| {
        let told = given.sign_in(name, password).await;
        let detail = told.body()["detail"].as_str().unwrap().to_owned();
        assert!(told.status == 401 && detail.contains(words), "{detail}");
        assert!(detail.contains("kebei user reset"), "{detail}");
    };
    given.clock.pass(SignedDuration::from_hours(95));
    let token = given.sign_in("li.na", &first).await.body()["token"].as_str().unwrap().to_owned();
    refused("li.na", &first, "只能登录一次").await;
    given.clock.pass(SignedDuration::from_hours(1));
    refused("zhao", &late, "已过期").await;
    let told = given.set_password(&token, &first, OWN).await;
    assert_eq!((told.status.as_u16(), told.errors()), (422, vec!["one-time-expired".to_owned()]));
}
