//! What becomes of a code over the API: made beforehand, bound, granted, withdrawn, made void, taken in.

use crate::{Called, Given, given::server};
use app::access::{Right, Role};
use rulebook::Facts;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testbed::{ENGINES, Engine};

impl Given {
    /// A change by that role.
    pub(crate) async fn change(
        &self,
        role: Role,
        method: &'static str,
        path: &str,
        key: &str,
        body: Value,
    ) -> Called {
        let call = self.call(method, path).token(self.key(role)).key(key);
        if body.is_null() { call.sent().await } else { call.json(&body).sent().await }
    }

    pub(crate) async fn seen(&self, role: Role, path: &str) -> Called {
        self.get(path).token(self.key(role)).sent().await
    }
}

fn status(called: &Called) -> u16 {
    called.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_made_beforehand_bound_granted_withdrawn_and_made_void() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        let other = given.user("zhou", Role::Customer, Some("acc-8")).await;
        let made = json!({ "count": 2, "account": "acc-7" });
        let made = given.change(Role::Operator, "POST", "/api/v1/codes/premade", "p", made).await;
        assert_eq!(
            (status(&made), made.header("cache-control")),
            (201, Some("private, no-store")),
            "{engine:?}"
        );
        let code = made.body()["codes"][0]["code"].as_str().unwrap().to_lowercase();
        let id = made.body()["codes"][0]["id"].as_str().unwrap().to_owned();
        let one = format!("/api/v1/codes/{id}");
        assert_eq!(given.seen(Role::Customer, &one).await.body()["state"], "init", "{engine:?}");

        let body = json!({ "code": code, "instance": "i-7" });
        let bound = given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b", body.clone()).await;
        assert_eq!((status(&bound), &bound.body()["state"]), (200, &json!("bound")), "{engine:?}");
        let again = given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b", body.clone()).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        assert_eq!(again.body(), bound.body(), "{engine:?}");
        let twice = given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b2", body).await;
        assert_eq!(status(&twice), 409, "{engine:?}");
        let by_id = json!({ "code": made.body()["codes"][1]["id"], "instance": "i-7" });
        assert_eq!(
            status(&given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b3", by_id).await),
            200
        );

        let granting = format!("{one}/grant");
        let to = json!({ "account": "acc-8" });
        assert_eq!(given.get(&one).token(&other).sent().await.status, 404, "{engine:?}");
        let granted = given.change(Role::Customer, "POST", &granting, "g", to.clone()).await;
        assert_eq!((status(&granted), &granted.body()["granted_to"]), (200, &json!("acc-8")), "{engine:?}");
        let seen = given.get(&one).token(&other).sent().await.body();
        assert_eq!((&seen["own"], &seen["instance"]), (&json!(false), &json!(null)), "{engine:?}");
        let nobody = json!({ "account": "acc-9" });
        assert_eq!(status(&given.change(Role::Customer, "POST", &granting, "g2", nobody).await), 409);
        let withdrawn = given.change(Role::Customer, "DELETE", &granting, "w", Value::Null).await;
        assert_eq!((status(&withdrawn), &withdrawn.body()["granted_to"]), (200, &json!(null)), "{engine:?}");
        assert_eq!(given.get(&one).token(&other).sent().await.status, 404, "{engine:?}");

        let release = format!("{one}/release");
        let reasonless = given.change(Role::Operator, "POST", &release, "r", json!({ "reason": " " })).await;
        assert_eq!(status(&reasonless), 409, "{engine:?}");
        let why = json!({ "reason": "on the wrong instance" });
        let void = given.change(Role::Operator, "POST", &release, "r2", why).await;
        assert_eq!((status(&void), &void.body()["state"]), (200, &json!("void")), "{engine:?}");
        assert_eq!(given.seen(Role::Customer, &one).await.body()["usable"], false, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_with_the_purchase_is_taken_in_and_its_id_alone_is_told() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let builder = Facts {
            product: "site-builder".to_owned(),
            first_purchase_months: Some(12),
            first_order_amount: "199.00".parse().ok(),
            ..server("s-7", "acc-7")
        };
        given.desk.record_instance(builder).await.unwrap();
        let body = json!({ "instance": "s-7" });
        let taken = given.change(Role::Operator, "POST", "/api/v1/codes/imports", "i", body.clone()).await;
        assert_eq!(status(&taken), 201, "{engine:?} {taken:?}");
        let again = given.change(Role::Operator, "POST", "/api/v1/codes/imports", "i", body.clone()).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        assert_eq!(again.body()["id"], taken.body()["id"], "{engine:?}");
        let listed = given.seen(Role::Customer, "/api/v1/codes").await.body();
        let code = listed["items"][0]["code"].as_str().unwrap().to_owned();
        assert!(!String::from_utf8(taken.bytes).unwrap().contains(&code), "{engine:?}");
        let more = given.change(Role::Operator, "POST", "/api/v1/codes/imports", "i2", body).await;
        assert_eq!((status(&more), &more.body()["decision"]["product"]), (409, &json!("site-builder")));
        let none = json!({ "instance": "i-99" });
        assert_eq!(
            status(&given.change(Role::Operator, "POST", "/api/v1/codes/imports", "i3", none).await),
            404
        );
    }
}

#[tokio::test]
async fn what_is_no_code_is_told_without_asking_the_database() {
    let given = Given::on(Engine::Sqlite).await;
    let body = json!({ "code": "7ZQ4M-2X9K1-C8V5T-3B6NX", "instance": "i-7" });
    let told = given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b", body).await;
    assert_eq!((status(&told), told.errors()), (422, vec!["malformed-code".to_owned()]));
    let many = json!({ "count": 51 });
    let told = given.change(Role::Operator, "POST", "/api/v1/codes/premade", "p", many).await;
    assert_eq!((status(&told), told.errors()), (422, vec!["out-of-range".to_owned()]));
}

#[tokio::test]
async fn a_key_gives_at_the_counter_what_its_scopes_say_and_no_more() {
    let given = Given::on(Engine::Sqlite).await;
    let scopes = |right| Some(BTreeSet::from([right]));
    let (codes, check) = (json!({ "instance": "i-7" }), "/api/v1/codes/check");
    let verify = json!({ "product": "ecs", "code": "7ZQ4M-2X9K1-C8V5T-3B6NZ" });
    let issuer = given.scoped("issuer", Role::Customer, Some("acc-7"), scopes(Right::OwnCodes)).await;
    let verifier =
        given.scoped("verifier", Role::Customer, Some("acc-7"), scopes(Right::VerifyProduct)).await;
    for (path, body, wanted) in [
        (check, &codes, [200, 403]),
        ("/api/v1/codes", &codes, [201, 403]),
        ("/api/v1/verifications", &verify, [403, 409]),
    ] {
        // Twice, so that the key is remembered the second time.
        for nth in ["once", "again"] {
            let nth = format!("{nth}-{}", path.len());
            let [by_issuer, by_verifier] =
                [&issuer, &verifier].map(|token| given.post(path).token(token).key(&nth).json(body).sent());
            let statuses = [by_issuer.await.status.as_u16(), by_verifier.await.status.as_u16()];
            assert_eq!(statuses, wanted, "{path}");
        }
    }
}
