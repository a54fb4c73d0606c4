//! The rulebook over the API: read, looked at, published.

use crate::{Called, Given};
use app::access::Role;
use rulebook::ALIYUN;
use serde_json::json;
use testbed::{ENGINES, Engine};

impl Given {
    async fn publish(&self, text: &str, query: &str) -> Called {
        let call = self.post(&format!("/api/v1/rulebook{query}")).token(self.key(Role::Operator));
        call.bytes("application/toml", text.as_bytes().to_vec()).sent().await
    }
}

/// The same rulebook with one edition more.
pub(crate) fn longer() -> String {
    format!(
        "{ALIYUN}\n[[editions]]\nid = \"2020-12-01\"\neffective = 2020-12-01\nbased_on = \"2020-10-16\"\nsource = [\"004\"]\n[editions.products]\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rulebook_is_looked_at_published_and_read() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let read = given.seen(Role::Operator, "/api/v1/rulebook").await;
        assert_eq!(read.header("content-type"), Some("application/toml"), "{engine:?}");
        assert_eq!(read.bytes, ALIYUN.as_bytes(), "{engine:?}");
        let same = given.publish(ALIYUN, "").await;
        assert_eq!((same.status.as_u16(), &same.body()["same"]), (200, &json!(true)), "{engine:?}");
        let looked = given.publish(&longer(), "?dry_run=true").await;
        assert_eq!(looked.body()["added"][0]["id"], "2020-12-01", "{engine:?} {looked:?}");
        assert_eq!(
            given.seen(Role::Operator, "/api/v1/rulebook").await.bytes,
            ALIYUN.as_bytes(),
            "{engine:?}"
        );
        let published = given.publish(&longer(), "").await;
        assert_eq!(
            (&published.body()["dry_run"], &published.body()["digest"]),
            (&json!(false), &looked.body()["digest"])
        );
        let read = given.seen(Role::Operator, "/api/v1/rulebook").await;
        assert_eq!(read.bytes, longer().into_bytes(), "{engine:?}");
        let back = given.publish(ALIYUN, "").await;
        assert_eq!(
            (back.status.as_u16(), back.errors()),
            (409, vec!["edition-missing".to_owned()]),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_draft_would_do_to_the_desk_is_told_and_nothing_is_published() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let stricter = longer() + "[editions.products.ecs]\nsource = [\"004\"]\nmin_purchased_months = 120\n";
        let call = given.post("/api/v1/rulebook/impact").token(given.key(Role::Operator));
        let told = call.bytes("application/toml", stricter.into_bytes()).sent().await;
        let body = told.body();
        assert_eq!(told.status.as_u16(), 200, "{engine:?} {told:?}");
        assert_eq!(
            (&body["before"], &body["after"]),
            (&json!("2020-10-16"), &json!("2020-12-01")),
            "{engine:?}"
        );
        assert_eq!((&body["verifications"], &body["cut"]), (&json!(0), &json!(false)), "{engine:?}");
        let loses = |tally: &serde_json::Value| {
            let effects = tally["effects"].as_array().unwrap().iter();
            effects
                .filter(|one| one["effect"] == "loses")
                .map(|one| one["count"].as_u64().unwrap())
                .sum::<u64>()
        };
        let lost = loses(&body["total"]);
        assert!(lost > 0 && body["changes"][0]["after"] == "ineligible", "{engine:?} {body}");
        assert_eq!(body["products"].as_array().unwrap().iter().map(loses).sum::<u64>(), lost, "{engine:?}");
        assert_eq!(
            given.seen(Role::Operator, "/api/v1/rulebook").await.bytes,
            ALIYUN.as_bytes(),
            "{engine:?}"
        );
        let denied = given.post("/api/v1/rulebook/impact").token(given.key(Role::Support));
        let denied = denied.bytes("application/toml", ALIYUN.as_bytes().to_vec()).sent().await;
        assert_eq!(denied.status.as_u16(), 403, "{engine:?}");
    }
}

#[tokio::test]
async fn every_fault_of_a_rulebook_is_told_with_line_and_column() {
    let given = Given::on(Engine::Sqlite).await;
    let broken =
        ALIYUN.replacen("billing = \"subscription\"", "billing = \"monthly\"", 1) + "\nnonsense = 1\n";
    let line = ALIYUN.lines().position(|line| line.contains("billing = \"subscription\"")).unwrap() + 1;
    let told = given.publish(&broken, "").await;
    let errors = told.body()["errors"].clone();
    assert_eq!((told.status.as_u16(), &errors[0]["line"]), (422, &json!(line)), "{errors}");
    assert!(errors.as_array().unwrap().len() > 1 && errors[0]["column"].is_u64(), "{errors}");
    let call = given.post("/api/v1/rulebook").token(given.key(Role::Operator));
    assert_eq!(call.json(&json!({})).sent().await.status, 415);
}
