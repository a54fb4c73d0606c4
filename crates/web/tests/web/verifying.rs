//! Product verification over the API: passed, refused with one cause, slowed down, read back.

use crate::{Called, Given, given::server};
use app::access::Role;
use rulebook::Facts;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

impl Given {
    async fn verify(&self, token: &str, body: &Value) -> Called {
        self.post("/api/v1/verifications").token(token).json(body).sent().await
    }

    /// A fresh code of the customer.
    async fn code(&self, key: &str) -> String {
        let body = json!({ "instance": "i-7" });
        let made =
            self.post("/api/v1/codes").token(self.key(Role::Customer)).key(key).json(&body).sent().await;
        made.body()["codes"][0]["code"].as_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_verified_and_read_back_by_its_owner_alone() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        let stranger = given.user("li", Role::Customer, Some("acc-8")).await;
        let typed = given.code("k-1").await.to_lowercase().replace('-', " ");
        let body = json!({ "product": "ECS实例", "code": typed });
        let made = given.verify(given.key(Role::Customer), &body).await;
        assert_eq!(made.status, 201, "{engine:?} {made:?}");
        let told = made.body();
        assert_eq!(
            (&told["instance"], &told["public_ips"]),
            (&json!("i-7"), &json!(["203.0.113.7"])),
            "{engine:?}"
        );
        assert!(
            told["expires_at"].as_str().unwrap().starts_with("2020-12-01T09:00:00"),
            "{engine:?}: thirty days"
        );
        let path = format!("/api/v1/verifications/{}", told["id"].as_str().unwrap());
        assert_eq!(given.get(&path).token(given.key(Role::Customer)).sent().await.body(), told, "{engine:?}");
        assert_eq!(given.get(&path).token(&stranger).sent().await.status, 404, "{engine:?}");
        let moved =
            Facts { public_ips: Some(vec!["203.0.113.9".parse().unwrap()]), ..server("i-7", "acc-8") };
        given.desk.record_instance(moved).await.unwrap();
        let later = given.get(&path).token(given.key(Role::Customer)).sent().await.body();
        assert_eq!(later, told, "{engine:?}: where the instance went is not told");
        let refused = given.verify(&stranger, &body).await;
        let unknown = json!({ "product": "ecs", "code": "7ZQ4M-2X9K1-C8V5T-3B6NZ" });
        let unknown = given.verify(&stranger, &unknown).await;
        assert_eq!(
            refused.body(),
            unknown.body(),
            "{engine:?}: a stranger does not learn that the code is there"
        );
    }
}

#[tokio::test]
async fn each_failure_has_its_fixed_text_and_one_cause() {
    let given = Given::on(Engine::Sqlite).await;
    let code = given.code("k-1").await;
    let customer = given.key(Role::Customer);
    for (body, failure, text, cause, path) in [
        (
            json!({ "product": "ecs", "code": "7ZQ4M" }),
            "invalid-product-info",
            "Invalid product information",
            "malformed-code",
            "code",
        ),
        (
            json!({ "product": "swas", "code": code }),
            "invalid-product-info",
            "Invalid product information",
            "product-mismatch",
            "code",
        ),
        (
            json!({ "product": "web-hosting", "name": "h-1", "password": "wrong" }),
            "invalid-product-info",
            "Invalid product information",
            "bad-credentials",
            "name",
        ),
    ] {
        let call = given.post("/api/v1/verifications").token(customer).english().json(&body);
        let told = call.sent().await;
        assert_eq!(told.status, 409, "{body}");
        let said = told.body();
        assert_eq!(
            (&said["type"], &said["detail"]),
            (&json!("/problems/not-verified"), &json!(text)),
            "{body}"
        );
        let why = &said["verification"];
        assert_eq!((&why["failure"], &why["cause"]), (&json!(failure), &json!(cause)), "{body}");
        assert_eq!((&said["errors"][0]["path"], &said["errors"][0]["code"]), (&json!(path), &json!(cause)));
    }
    let matched = given.verify(customer, &json!({ "product": "swas", "code": code })).await.body();
    assert_eq!(matched["detail"], "产品信息无效");
    assert_eq!(matched["verification"]["remedy"]["product"], "ecs", "its owner may know");
}

#[tokio::test]
async fn a_proof_is_of_one_kind_and_of_the_products() {
    let given = Given::on(Engine::Sqlite).await;
    for (body, path) in [
        (json!({ "product": "ecs" }), "code"),
        (json!({ "product": "ecs", "code": "x", "name": "y" }), "code"),
        (json!({ "product": "ecs", "name": "y" }), "password"),
        (json!({ "product": "ecs", "name": "y", "password": "z" }), "code"),
        (json!({ "product": "web-hosting", "code": "x" }), "name"),
        (json!({ "product": "none", "code": "x" }), "product"),
        (json!({ "product": "shop", "code": "x" }), "product"),
        (json!({ "product": "shop", "name": "y", "password": "z" }), "product"),
    ] {
        let told = given.verify(given.key(Role::Customer), &body).await;
        assert_eq!((told.status.as_u16(), &told.body()["errors"][0]["path"]), (422, &json!(path)), "{body}");
    }
    let shop = given.verify(given.key(Role::Customer), &json!({ "product": "shop", "code": "x" })).await;
    let shop = &shop.body()["errors"][0];
    assert_eq!(shop["code"], "filed-elsewhere");
    assert!(shop["suggestion"].as_str().unwrap().ends_with("再登录旺铺备案系统提交备案。"), "{shop}");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_slowed_down_and_told_when_to_come_again() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let guess = json!({ "product": "ecs", "code": "7ZQ4M-2X9K1-C8V5T-3B6NZ" });
        let mut slowed = None;
        for _ in 0..100 {
            let told = given.verify(given.key(Role::Customer), &guess).await;
            if told.status == 429 {
                slowed = told.header("retry-after").map(|seconds| seconds.parse::<u64>().unwrap());
                break;
            }
            assert_eq!(told.status, 409, "{engine:?}");
        }
        assert!(slowed.is_some_and(|seconds| seconds > 0), "{engine:?}");
    }
}
