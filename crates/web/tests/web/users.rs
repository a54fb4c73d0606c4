//! Users, for whoever manages them: added, changed, locked; their keys; accounts.

use crate::Given;
use app::access::Role;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_not_changed_where_somebody_else_changed_him_meanwhile() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let path = "/api/v1/users/support";
        let tag = given.seen(Role::Operator, path).await.header("etag").unwrap().to_owned();
        let edit = |body: Value, key: &'static str, version: &str| {
            let call = given.call("PATCH", path).token(given.key(Role::Operator)).key(key);
            call.header("if-match", version).json(&body).sent()
        };
        let roles = json!({ "roles": ["reviewer", "support"] });
        let changed = edit(roles.clone(), "e", &tag).await;
        assert_eq!(changed.status, 200, "{engine:?} {changed:?}");
        assert_eq!(changed.body()["roles"], json!(["support", "reviewer"]), "{engine:?}");
        let again = edit(roles, "e", &tag).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        let weak = format!("W/{}", changed.header("etag").unwrap());
        let several = format!("{tag}, \"x\"");
        for version in [&*tag, "\"x\"", "none", &weak, &several, ""] {
            let late = edit(json!({ "locked": true }), "l", version).await;
            assert_eq!(
                (late.status.as_u16(), &late.body()["type"]),
                (412, &json!("/problems/changed")),
                "{engine:?}"
            );
        }
        let either = format!("{tag},\"x\" , {}", changed.header("etag").unwrap());
        let locked = edit(json!({ "locked": true }), "l2", &either).await;
        assert_eq!((locked.status.as_u16(), &locked.body()["locked"]), (200, &json!(true)), "{engine:?}");
        assert_eq!(given.seen(Role::Support, "/api/v1/sessions/current").await.status, 401, "{engine:?}");
        let open = edit(json!({ "locked": false }), "u", "\"x\", *").await;
        assert_eq!(open.body()["locked"], false, "{engine:?}");
        assert_eq!(given.seen(Role::Support, "/api/v1/sessions/current").await.status, 200, "{engine:?}");
        assert_eq!(given.seen(Role::Operator, path).await.header("etag"), open.header("etag"), "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_user_is_told_with_its_field() {
    let given = Given::on(Engine::Sqlite).await;
    for (body, status, path) in [
        (json!({ "name": "li@example.cn", "roles": ["auditor"] }), 422, "name"),
        (json!({ "name": "support", "roles": ["auditor"] }), 409, "name"),
        (json!({ "name": "li", "roles": [] }), 422, "roles"),
        (json!({ "name": "li", "roles": ["king"] }), 422, "roles[0]"),
        (json!({ "name": "li", "roles": ["customer", "auditor"], "account": "acc-7" }), 422, "roles"),
        (json!({ "name": "li", "roles": ["customer"] }), 422, "account"),
        (json!({ "name": "li", "roles": ["customer"], "account": "acc-9" }), 422, "account"),
        (json!({ "name": "li", "roles": ["auditor"], "account": "acc-7" }), 422, "account"),
        (json!({ "name": "li", "roles": ["auditor"], "email": "li" }), 422, "email"),
    ] {
        let told = given.change(Role::Operator, "POST", "/api/v1/users", "k", body.clone()).await;
        assert_eq!(told.status.as_u16(), status, "{body}");
        assert_eq!(told.body()["errors"][0]["path"], path, "{body}");
    }
    for body in [json!({}), json!({ "roles": ["auditor"], "locked": true })] {
        let told = given.change(Role::Operator, "PATCH", "/api/v1/users/support", "k", body).await;
        assert_eq!(told.errors(), ["one-change-at-a-time"]);
    }
    assert_eq!(given.seen(Role::Operator, "/api/v1/users/none").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_gets_an_account_a_user_and_a_key_from_an_operator() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let open = json!({ "name": "acc-9", "number": 9 });
        let opened = given.change(Role::Operator, "POST", "/api/v1/accounts", "a", open.clone()).await;
        assert_eq!((opened.status.as_u16(), opened.body()), (201, open.clone()), "{engine:?}");
        let again = given.change(Role::Operator, "POST", "/api/v1/accounts", "a", open.clone()).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        let other = json!({ "name": "acc-9", "number": 10 });
        let taken = given.change(Role::Operator, "POST", "/api/v1/accounts", "b", other).await;
        assert_eq!(taken.status, 409, "{engine:?}");
        assert_eq!(given.seen(Role::Operator, "/api/v1/accounts/acc-9").await.body(), open, "{engine:?}");
        assert_eq!(given.seen(Role::Operator, "/api/v1/accounts/acc-99").await.status, 404, "{engine:?}");

        let system = json!({ "name": "shop", "system": true, "roles": ["customer"], "account": "acc-9" });
        let added = given.change(Role::Operator, "POST", "/api/v1/users", "s", system).await;
        assert_eq!(
            (added.status.as_u16(), &added.body()["one_time_password"]),
            (201, &Value::Null),
            "{engine:?}"
        );
        let reset = "/api/v1/users/shop/password-reset";
        assert_eq!(
            given.change(Role::Operator, "POST", reset, "r", Value::Null).await.status,
            409,
            "{engine:?}"
        );
        let keys = "/api/v1/users/shop/keys";
        let body = json!({ "label": "orders" });
        let made = given.change(Role::Operator, "POST", keys, "k", body).await;
        let secret = made.body()["secret"].as_str().unwrap().to_owned();
        let who = given.get("/api/v1/sessions/current").token(&secret).sent().await.body();
        assert_eq!((&who["name"], &who["account"]), (&json!("shop"), &json!("acc-9")), "{engine:?}");
        let check = json!({ "instance": "i-1" });
        let check = || given.post("/api/v1/codes/check").token(&secret).json(&check).sent();
        for _ in 0..2 {
            assert_eq!(check().await.status, 404, "{engine:?}: from now on its key is remembered");
        }
        let listed = given.seen(Role::Operator, keys).await.body();
        let path = format!("{keys}/{}", listed["items"][0]["id"].as_str().unwrap());
        assert_eq!(given.change(Role::Operator, "DELETE", &path, "d", Value::Null).await.status, 204);
        assert_eq!(
            given.get("/api/v1/sessions/current").token(&secret).sent().await.status,
            401,
            "{engine:?}"
        );
        assert_eq!(check().await.status, 401, "{engine:?}");

        let reset = "/api/v1/users/support/password-reset";
        let first = given.change(Role::Operator, "POST", reset, "p", Value::Null).await;
        let password = first.body()["one_time_password"].as_str().unwrap().to_owned();
        let again = given.change(Role::Operator, "POST", reset, "p", Value::Null).await;
        assert_eq!(again.body()["one_time_password"], Value::Null, "{engine:?}");
        assert_eq!(given.sign_in("support", &password).await.status, 201, "{engine:?}");
    }
}

#[tokio::test]
async fn users_are_listed_a_page_at_a_time_and_roles_say_who_may_do_what() {
    let given = Given::on(Engine::Sqlite).await;
    let first = given.seen(Role::Operator, "/api/v1/users?limit=3").await;
    let next = first.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
    let rest = given.seen(Role::Operator, &next).await.body();
    let names = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|user| user["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = [names(&first.body()), names(&rest)].concat();
    assert_eq!(all, ["auditor", "customer", "operator", "reviewer", "support"]);
    let table = given.get("/api/v1/roles").sent().await.body();
    let own = table["items"].as_array().unwrap().iter().find(|row| row["right"] == "own-codes").unwrap();
    assert_eq!(own["roles"], json!(["customer"]));
}

#[tokio::test]
async fn a_key_gives_its_own_user_nothing_that_outlives_it() {
    let given = Given::on(Engine::Sqlite).await;
    let operator = given.key(Role::Operator);
    let body = json!({ "label": "for ever" });
    // Every spelling by which the user is found.
    for name in ["operator", "Operator", "OPERATOR", "%20operator", "operator%20%09", "op%65rator"] {
        for what in ["keys", "password-reset"] {
            let path = format!("/api/v1/users/{name}/{what}");
            let told = given.post(&path).token(operator).key(&path).json(&body).sent().await;
            assert_eq!(told.status, 403, "{path}");
        }
    }
    let other = json!({ "label": "nightly" });
    let made = given.post("/api/v1/users/auditor/keys").token(operator).key("k-3").json(&other).sent().await;
    assert_eq!(made.status, 201);
}

#[tokio::test]
async fn nobody_gives_himself_other_roles() {
    let given = Given::on(Engine::Sqlite).await;
    let other = given.user("li", Role::Operator, None).await;
    let roles = json!({ "roles": ["operator", "auditor"] });
    for name in ["operator", "Operator"] {
        let path = format!("/api/v1/users/{name}");
        for (lang, words) in [("zh-CN", "不能修改自己的角色"), ("en", "Nobody changes his own roles")]
        {
            let call = given.call("PATCH", &path).token(given.key(Role::Operator)).key("own");
            let told = call.header("accept-language", lang).json(&roles).sent().await;
            assert_eq!((told.status.as_u16(), told.errors()), (409, vec!["own-roles".to_owned()]), "{path}");
            assert!(told.body()["errors"][0]["message"].as_str().unwrap().contains(words), "{told:?}");
        }
    }
    let path = "/api/v1/users/operator";
    assert_eq!(given.seen(Role::Operator, path).await.body()["roles"], json!(["operator"]));
    let by_other = given.call("PATCH", path).token(&other).key("his").json(&roles).sent().await;
    assert_eq!(by_other.body()["roles"], json!(["operator", "auditor"]));
}

#[tokio::test]
async fn the_last_operator_is_neither_locked_nor_given_other_roles_and_it_is_said_what_to_do() {
    let given = Given::on(Engine::Sqlite).await;
    let path = "/api/v1/users/operator";
    for (body, key) in [(json!({ "roles": ["support"] }), "r"), (json!({ "locked": true }), "l")] {
        for (lang, words) in
            [("zh-CN", "最后一个可以登录的 operator"), ("en", "the last operator who is not locked")]
        {
            let call = given.call("PATCH", path).token(given.key(Role::Operator)).key(key);
            let told = call.header("accept-language", lang).json(&body).sent().await;
            assert_eq!((told.status.as_u16(), told.errors()), (409, vec!["last-operator".to_owned()]));
            assert!(told.body()["errors"][0]["message"].as_str().unwrap().contains(words), "{told:?}");
        }
    }
    assert_eq!(given.seen(Role::Operator, path).await.body()["locked"], false);
}
