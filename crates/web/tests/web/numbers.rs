//! Filing numbers over HTTP: what happened to each, and how it ends.

use crate::{
    Called, Given,
    two_people::{SUBJECT, WEBSITE},
};
use app::access::Role;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

/// The address of a number, as a client writes it.
pub(crate) fn at(number: &str, below: &str) -> String {
    let escaped: String = number
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || byte == b'-' {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("/api/v1/numbers/{escaped}{below}")
}

impl Given {
    pub(crate) async fn number(&self, role: Role, number: &str) -> Called {
        self.seen(role, &at(number, "")).await
    }

    async fn ends(&self, number: &str, how: &str, key: &str, body: Value) -> Called {
        self.change(Role::Operator, "POST", &at(number, how), key, body).await
    }
}

fn words<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[field]["word"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_answers_for_a_number_what_happened_why_and_what_would_be_lost() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let own = given.seen(Role::Customer, "/api/v1/numbers").await.body();
        let first = &own["items"][0];
        assert_eq!(
            (&first["subject"]["number"], &first["websites"][0]["number"]),
            (&json!(SUBJECT), &json!(WEBSITE))
        );
        assert_eq!(first["websites"][0]["state"], json!({ "word": "active", "label": "正常" }), "{engine:?}");
        let before = given.number(Role::Customer, WEBSITE).await.body();
        assert_eq!(before["duties"].as_array().unwrap().len(), 4, "{engine:?}");
        assert_eq!(words(&before["endings"], "event"), ["drop-access", "cancel"], "{engine:?} {before}");
        assert_eq!(before["risks"], json!([]), "{engine:?}");
        let lost = before["endings"][1]["losses"][0]["message"].as_str().unwrap();
        assert_eq!(lost, format!("备案号 {WEBSITE} 注销后不可恢复。"), "{engine:?}");
        let dropped =
            given.ends(WEBSITE, "/drop-access", "d", json!({ "reason": "information-untrue" })).await;
        assert_eq!(
            (dropped.status.as_u16(), &dropped.body()["state"]["word"]),
            (200, &json!("access-dropped"))
        );
        let between = given.number(Role::Customer, WEBSITE).await.body();
        assert_eq!(between["risks"][0]["word"], "hosted-nowhere", "{engine:?}");
        assert_eq!(between["risks"][0]["day"], "2020-11-01", "{engine:?}");
        let body = json!({ "reason": "access-dropped-too-long", "confirmation": "１２３４５６７８－1" });
        let cancelled = given.ends(WEBSITE, "/cancel", "c", body.clone()).await;
        assert_eq!(
            (cancelled.status.as_u16(), &cancelled.body()["state"]["word"]),
            (200, &json!("cancelled"))
        );
        let again = given.ends(WEBSITE, "/cancel", "c", body).await;
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?}");
        let after = given.number(Role::Support, WEBSITE).await.body();
        assert_eq!(words(&after["history"], "event"), ["file", "drop-access", "cancel"], "{engine:?}");
        assert_eq!(after["history"][2]["reason"]["word"], "access-dropped-too-long", "{engine:?}");
        assert_eq!(
            (&after["account"], &after["duties"], &after["endings"]),
            (&json!("acc-7"), &json!([]), &json!([]))
        );
        let lines = given.seen(Role::Auditor, "/api/v1/access-log").await.body();
        assert_eq!(
            (&lines["items"][0]["what"], &lines["items"][0]["account"]),
            (&json!("number"), &json!("acc-7"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_happen_to_a_number_is_told_with_what_can() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let active = json!({ "reason": "access-dropped-too-long", "confirmation": "12345678-1" });
    let refused = given.ends(WEBSITE, "/cancel", "a", active).await;
    assert_eq!((refused.status.as_u16(), refused.errors()), (409, vec!["illegal-event".to_owned()]));
    let told = refused.body();
    assert_eq!(
        told["errors"][0]["message"],
        "该网站备案号为“正常”，不能以“长期没有接入，由管局注销”为由办理“注销”。"
    );
    assert!(told["errors"][0]["suggestion"].as_str().unwrap().starts_with("现在可以办理："), "{told}");
    let unmeant = json!({ "reason": "by-owner", "confirmation": "12345678" });
    let unmeant = given.ends(WEBSITE, "/cancel", "u", unmeant).await;
    assert_eq!(
        (unmeant.status.as_u16(), unmeant.errors()),
        (422, vec!["cancellation-not-confirmed".to_owned()])
    );
    let authority = json!({ "reason": "by-authority", "confirmation": "12345678-1" });
    assert_eq!(given.ends(WEBSITE, "/cancel", "t", authority).await.status, 422);
    let unknown =
        given.ends("粤ICP备87654321号-1", "/drop-access", "n", json!({ "reason": "by-owner" })).await;
    assert_eq!(unknown.status, 404);
    let li = given.customer("acc-8", 8).await;
    let other = given.user("li", Role::Customer, Some(li.name())).await;
    assert_eq!(given.get(&at(WEBSITE, "")).token(&other).sent().await.status, 404);
    let none = given.get("/api/v1/numbers").token(&other).sent().await.body();
    assert_eq!(none["items"], json!([]));
}
