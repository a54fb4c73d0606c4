//! Support looks up over the API, and auditors read who did.

use crate::{Called, Given};
use app::access::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

impl Given {
    async fn why_not(&self, body: Value) -> Called {
        self.post("/api/v1/why-not").token(self.key(Role::Support)).json(&body).sent().await
    }

    async fn access_log(&self, query: &str) -> Called {
        self.get(&format!("/api/v1/access-log{query}")).token(self.key(Role::Auditor)).sent().await
    }

    async fn issued(&self) -> Vec<String> {
        let body = json!({ "instance": "i-7", "count": 2 });
        let made = self.post("/api/v1/codes").token(self.key(Role::Customer)).key("k-1").json(&body).sent();
        let made = made.await.body();
        let codes = made["codes"].as_array().unwrap().iter();
        codes.map(|code| code["code"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_has_what_the_customer_is_told_and_what_it_rests_on() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.issued().await;
        given.clock.pass(SignedDuration::from_hours(24 * 500));
        let body = json!({ "instance": "i-7" });
        let check = given.post("/api/v1/codes/check").token(given.key(Role::Customer)).json(&body);
        let check = check.sent().await.body();
        let seen = given.why_not(json!({ "q": " i-7 " })).await;
        assert_eq!(seen.status, 200, "{engine:?}");
        let seen = seen.body();
        let instance = &seen["instance"];
        assert_eq!(seen["found"], "instance", "{engine:?}");
        assert_eq!(instance["decision"], check["decision"], "{engine:?}");
        assert_eq!(instance["reasons"], check["reasons"], "{engine:?}");
        assert_eq!(instance["granted"], false, "{engine:?}");
        assert_eq!(instance["rule"]["product"], "ecs", "{engine:?}");
        let term = instance["rule"]["conditions"].as_array().unwrap().iter();
        let term = term.clone().find(|it| it["finding"] == "purchased-term-short").unwrap();
        assert_eq!(term["source"], json!(["004"]), "{engine:?}");
        assert!(instance["documents"].as_array().unwrap().iter().any(|it| it["id"] == "004"), "{engine:?}");
        assert_eq!(instance["facts"]["codes_issued"], 2, "{engine:?}");
        let own = given.get("/api/v1/codes").token(given.key(Role::Customer)).sent().await.body();
        for (seen, own) in instance["codes"].as_array().unwrap().iter().zip(own["items"].as_array().unwrap())
        {
            assert_eq!(
                [&seen["message"], &seen["suggestion"], &seen["state"]],
                [&own["message"], &own["suggestion"], &own["state"]]
            );
        }
        assert_eq!(seen["entries"]["items"][0]["kind"], "code.issued", "{engine:?}");
        assert_eq!(seen["entries"]["items"][0]["actor"], "account:acc-7", "{engine:?}");
        let then = given.why_not(json!({ "q": "i-7", "at": "2020-11-02" })).await.body();
        assert_eq!(then["instance"]["granted"], true, "{engine:?}");
        assert_eq!(then["instance"]["decision"]["verdict"], "eligible", "{engine:?}");
    }
}

#[tokio::test]
async fn no_answer_carries_a_code_and_a_mistyped_one_is_said_to_be() {
    let given = Given::on(Engine::Sqlite).await;
    let codes = given.issued().await;
    for q in ["i-7", "acc-7", &codes[0]] {
        let seen = given.why_not(json!({ "q": q })).await;
        let text = String::from_utf8(seen.bytes).unwrap();
        for code in &codes {
            assert!(!code[..17].split('-').any(|group| text.contains(group)), "{q}: {text}");
            assert!(text.contains(&code[18..]), "{q}: {text}");
        }
    }
    let wrong = given.why_not(json!({ "q": format!("{}UU", &codes[0][..21]) })).await;
    assert_eq!((wrong.status.as_u16(), wrong.errors()), (404, vec!["malformed-code".to_owned()]));
    assert!(wrong.body()["detail"].as_str().unwrap().contains("19"), "{:?}", wrong.body());
    assert!(!String::from_utf8(wrong.bytes).unwrap().contains(&codes[0][..17]));
    let unknown = given.why_not(json!({ "q": "i-none" })).await;
    assert_eq!((unknown.status.as_u16(), unknown.errors()), (404, Vec::<String>::new()));
}

#[tokio::test]
async fn what_is_asked_amiss_is_told_with_its_place() {
    let given = Given::on(Engine::Sqlite).await;
    for (body, status, path) in [
        (json!({}), 422, Some("q")),
        (json!({ "q": "i-7", "at": "yesterday" }), 422, Some("at")),
        (json!({ "q": "i-7", "day": "2020-11-01" }), 422, Some("day")),
        (json!({ "q": "i-7", "edition": "2099-01-01" }), 409, None),
        (json!({ "q": "i-none", "edition": "2099-01-01" }), 409, None),
        (json!({ "q": "i-7", "at": "2020-10-31" }), 404, None),
    ] {
        let told = given.why_not(body.clone()).await;
        assert_eq!(told.status.as_u16(), status, "{body}");
        assert_eq!(told.body()["errors"][0]["path"].as_str(), path, "{body}");
    }
    assert_eq!(given.get("/api/v1/why-not?q=i-7").sent().await.status, 405, "codes never stand in addresses");
}

#[tokio::test]
async fn auditors_read_who_looked_at_what_and_nothing_that_was_typed_in_vain() {
    let given = Given::on(Engine::Sqlite).await;
    given.issued().await;
    let canary = "wang.xiaoming@example.cn";
    for q in ["i-7", "acc-7", canary] {
        given.clock.pass(SignedDuration::from_secs(1));
        given.why_not(json!({ "q": q })).await;
    }
    given.clock.pass(SignedDuration::from_secs(1));
    let first = given.access_log("?limit=2").await;
    let lines = first.body();
    let whats: Vec<_> = lines["items"].as_array().unwrap().iter().map(|line| &line["what"]).collect();
    assert_eq!(whats, ["why-not-unknown", "why-not"]);
    assert_eq!(
        (&lines["items"][1]["account"], &lines["items"][1]["who"]),
        (&json!("acc-7"), &json!("support"))
    );
    let next = first.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
    let rest = given.get(&next).token(given.key(Role::Auditor)).sent().await;
    assert_eq!(rest.body()["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest.body()["items"][0]["instance"], "i-7");
    let all = given.access_log("").await;
    let text = String::from_utf8(all.bytes).unwrap();
    assert!(!text.contains(canary) && text.contains("access-log"), "{text}");
    assert_eq!(given.access_log("?cursor=none").await.status, 400);
}
