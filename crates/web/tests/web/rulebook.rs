//! The rulebook over the API: read, looked at, proposed by one and published by another.

use crate::{Called, Given};
use app::{
    Actor, Operator,
    access::{KeysOf, MakeKey, Role},
};
use rulebook::ALIYUN;
use serde_json::json;
use testbed::{ENGINES, Engine};

impl Given {
    /// Sends a rulebook as an operator does.
    async fn sends_rulebook(&self, text: &str, query: &str) -> Called {
        let call = self.post(&format!("/api/v1/rulebook{query}")).token(self.key(Role::Operator));
        call.bytes("application/toml", text.as_bytes().to_vec()).sent().await
    }

    /// The address of the proposal of a rulebook that an operator sends.
    pub(crate) async fn proposes_rulebook(&self, text: &str) -> String {
        let made = self.sends_rulebook(text, "").await;
        assert_eq!(made.status, 201, "{made:?}");
        made.header("location").unwrap().to_owned()
    }

    /// Another operator agrees through that key of his.
    async fn agrees(&self, token: &str, at: &str, key: &str) -> Called {
        self.post(&format!("{at}/agree")).token(token).key(key).sent().await
    }
}

/// The same rulebook with one edition more.
pub(crate) fn longer() -> String {
    format!(
        "{ALIYUN}\n[[editions]]\nid = \"2020-12-01\"\neffective = 2020-12-01\nbased_on = \"2020-10-16\"\nsource = [\"004\"]\n[editions.products]\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rulebook_is_looked_at_proposed_published_by_another_and_read() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let second = given.user("yan", Role::Operator, None).await;
        let read = given.seen(Role::Operator, "/api/v1/rulebook").await;
        assert_eq!(read.header("content-type"), Some("application/toml"), "{engine:?}");
        assert_eq!(read.bytes, ALIYUN.as_bytes(), "{engine:?}");
        let same = given.sends_rulebook(ALIYUN, "?dry_run=true").await;
        assert_eq!((same.status.as_u16(), &same.body()["same"]), (200, &json!(true)), "{engine:?}");
        let same = given.sends_rulebook(ALIYUN, "").await;
        assert_eq!((same.status.as_u16(), same.errors()), (409, vec!["in-force".to_owned()]), "{engine:?}");
        let looked = given.sends_rulebook(&longer(), "?dry_run=true").await;
        assert_eq!(looked.body()["added"][0]["id"], "2020-12-01", "{engine:?} {looked:?}");
        let at = given.proposes_rulebook(&longer()).await;
        let list = given.seen(Role::Operator, "/api/v1/rulebook/proposals").await.body();
        assert_eq!(
            (&list["items"][0]["proposed_by"], &list["items"][0]["digest"]),
            (&json!("operator"), &looked.body()["digest"]),
            "{engine:?}"
        );
        let seen = given.seen(Role::Operator, &at).await.body();
        assert_eq!((&seen["text"], &seen["outcome"]), (&json!(longer()), &json!(null)), "{engine:?}");
        assert_eq!(seen["differences"][0]["to"], "2020-12-01", "{engine:?} {seen}");
        let impact = given.seen(Role::Operator, &format!("{at}/impact")).await.body();
        assert_eq!(impact["after"], "2020-12-01", "{engine:?} {impact}");
        let own = given.agrees(given.key(Role::Operator), &at, "own").await;
        assert_eq!((own.status.as_u16(), own.errors()), (409, vec!["own-proposal".to_owned()]), "{engine:?}");
        let in_force = given.seen(Role::Operator, "/api/v1/rulebook").await.bytes;
        assert_eq!(in_force, ALIYUN.as_bytes(), "{engine:?}: nothing is published yet");
        let published = given.agrees(&second, &at, "yes").await;
        assert_eq!(published.body()["digest"], looked.body()["digest"], "{engine:?} {published:?}");
        let read = given.seen(Role::Operator, "/api/v1/rulebook").await;
        assert_eq!(read.bytes, longer().into_bytes(), "{engine:?}");
        let seen = given.seen(Role::Operator, &at).await.body();
        assert_eq!((&seen["outcome"], &seen["decided_by"]), (&json!("agreed"), &json!("yan")), "{engine:?}");
        let back = given.sends_rulebook(ALIYUN, "").await;
        assert_eq!(
            (back.status.as_u16(), back.errors()),
            (409, vec!["edition-missing".to_owned()]),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_of_whoever_proposed_a_rulebook_publishes_nothing_and_a_system_neither() {
    let given = Given::on(Engine::Sqlite).await;
    let at = given.proposes_rulebook(&longer()).await;
    let by = Actor::Staff(Operator::parse("wei").unwrap());
    let of = KeysOf::User { by, name: "operator".to_owned() };
    let ask = MakeKey { of, label: "another".to_owned(), scopes: None, expires_at: None };
    let other = given.desk.make_key(ask, None).await.unwrap().answer.secret.unwrap();
    let own = given.agrees(other.reveal(), &at, "own").await;
    assert_eq!((own.status.as_u16(), own.errors()), (409, vec!["own-proposal".to_owned()]));
    let body = json!({ "name": "robot", "system": true, "roles": ["operator"] });
    assert_eq!(given.change(Role::Operator, "POST", "/api/v1/users", "robot", body).await.status, 201);
    let body = json!({ "label": "robot" });
    let made = given.change(Role::Operator, "POST", "/api/v1/users/robot/keys", "robot-key", body).await;
    let robot = made.body()["secret"].as_str().unwrap().to_owned();
    assert_eq!(given.agrees(&robot, &at, "robot").await.status, 403);
    let call = given.post("/api/v1/rulebook").token(&robot);
    let sent = call.bytes("application/toml", longer().into_bytes()).sent().await;
    assert_eq!(sent.status, 403, "two keys of systems are not two people");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rulebook_is_declined_with_a_reason_that_whoever_proposed_it_reads() {
    let given = Given::on(Engine::Sqlite).await;
    let second = given.user("yan", Role::Operator, None).await;
    let at = given.proposes_rulebook(&longer()).await;
    let decline = |body, key| given.post(&format!("{at}/decline")).token(&second).key(key).json(&body).sent();
    let told = decline(json!({}), "k-1").await;
    assert_eq!((told.status.as_u16(), told.errors()), (422, vec!["reason-missing".to_owned()]));
    assert_eq!(decline(json!({ "reason": "日期不对" }), "k-2").await.status, 200);
    let seen = given.seen(Role::Operator, &at).await.body();
    assert_eq!((&seen["outcome"], &seen["reason"]), (&json!("declined"), &json!("日期不对")));
    let late = given.agrees(&second, &at, "late").await;
    assert_eq!((late.status.as_u16(), late.errors()), (409, vec!["decided".to_owned()]));
    let none = given.seen(Role::Operator, "/api/v1/rulebook/proposals/none").await;
    assert_eq!(none.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_meanwhile_is_told_to_whoever_agrees() {
    let given = Given::on(Engine::Sqlite).await;
    let second = given.user("yan", Role::Operator, None).await;
    let first = given.proposes_rulebook(&longer()).await;
    let note = given.proposes_rulebook(&format!("{ALIYUN}\n# a note\n")).await;
    assert_eq!(given.agrees(&second, &note, "k-1").await.status, 200);
    let told = given.agrees(&second, &first, "k-2").await;
    assert_eq!((told.status.as_u16(), told.errors()), (409, vec!["published-meanwhile".to_owned()]));
    let seen = given.seen(Role::Operator, &first).await.body();
    assert_eq!(seen["stale"][0], told.body()["errors"][0]["message"]);
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
    let told = given.sends_rulebook(&broken, "").await;
    let errors = told.body()["errors"].clone();
    assert_eq!((told.status.as_u16(), &errors[0]["line"]), (422, &json!(line)), "{errors}");
    assert!(errors.as_array().unwrap().len() > 1 && errors[0]["column"].is_u64(), "{errors}");
    let call = given.post("/api/v1/rulebook").token(given.key(Role::Operator));
    assert_eq!(call.json(&json!({})).sent().await.status, 415);
}
