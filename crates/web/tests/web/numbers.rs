//! Filing numbers over HTTP: what happened to each, and how it ends.

use crate::{
    Called, Given,
    two_people::{SUBJECT, WEBSITE},
};
use app::{Worker, access::Role, ledger::Sequencer};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
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
        let dropped = given.ends(WEBSITE, "/drop-access", "d", json!({ "reason": "by-owner" })).await;
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
async fn the_history_of_a_number_leads_to_receipts_that_an_auditor_can_verify() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let body = json!({ "reason": "by-owner", "confirmation": "12345678" });
        assert_eq!(given.ends(SUBJECT, "/cancel", "c", body).await.status, 200);
        let history = given.number(Role::Customer, WEBSITE).await.body()["history"].clone();
        let link = history[1]["receipt"].as_str().unwrap();
        let receipt = given.seen(Role::Customer, link).await.body();
        assert_eq!(
            receipt["statement"],
            "2020-11-01 09:00（北京时间），网站备案号 粤ICP备12345678号-1 已注销。原因：备案主体申请。",
            "{engine:?}"
        );
        assert_eq!(receipt["reference"], history[1]["entry"], "{engine:?}");
        assert_eq!(receipt["asked"], json!({ "word": "owner", "label": "备案主体" }), "{engine:?}");
        assert_eq!(receipt["by"], json!({ "word": "provider", "label": "接入服务商", "name": null }));
        assert_eq!((&receipt["edition"], &receipt["today"]), (&json!("2020-10-16"), &json!(null)));
        assert_eq!(
            (&receipt["others"][0]["number"], &receipt["account"]),
            (&json!(SUBJECT), &json!("acc-7"))
        );
        assert_eq!(receipt["lost"][0]["word"], "number", "{engine:?}");
        assert_eq!(receipt["possible"][0]["word"], "file-anew", "{engine:?}");
        let english = given.get(link).token(given.key(Role::Customer)).header("accept-language", "en");
        let english = english.sent().await.body();
        assert_eq!(
            english["statement"],
            "On 2020-11-01 at 09:00 (Beijing time) the website number 粤ICP备12345678号-1 was cancelled. \
             The reason: its owner asked for it.",
            "{engine:?}"
        );
        given.clock.pass(jiff::SignedDuration::from_mins(5));
        Sequencer::new(given.desk.clone()).step(given.desk.now()).await;
        let proof = given.seen(Role::Auditor, receipt["ledger"]["proof"].as_str().unwrap()).await.body();
        let entry = STANDARD.decode(proof["entry"].as_str().unwrap()).unwrap();
        let leaf = Sha256::new().chain_update([0]).chain_update(&entry).finalize();
        assert_eq!(receipt["ledger"]["leaf"], STANDARD.encode(leaf), "{engine:?}");
        let staff = given.seen(Role::Auditor, link).await.body();
        assert_eq!(staff["by"]["name"], "staff:operator", "{engine:?}");
        let lines = given.seen(Role::Auditor, "/api/v1/access-log").await.body();
        assert_eq!(lines["items"][0]["what"], "number", "{engine:?}");
        let li = given.customer("acc-8", 8).await;
        let other = given.user("li", Role::Customer, Some(li.name())).await;
        let (mine, none) = (given.key(Role::Customer), "/receipts/00000000-0000-7000-8000-000000000000");
        for (path, token) in [
            (link.to_owned(), other.as_str()),
            (at(WEBSITE, "/receipts/none"), mine),
            (at(WEBSITE, none), mine),
        ] {
            assert_eq!(given.get(&path).token(token).sent().await.status, 404, "{engine:?} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submitted_order_leads_to_its_receipt() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let mine = given.seen(Role::Customer, "/api/v1/orders").await.body();
        let path = format!("/api/v1/orders/{}", mine["items"][0]["id"].as_str().unwrap());
        let order = given.seen(Role::Customer, &path).await.body();
        let link = order["receipt"].as_str().unwrap();
        let told = given.seen(Role::Customer, link).await;
        assert_eq!(told.header("cache-control"), Some("private, no-store"), "{engine:?}");
        let receipt = told.body();
        assert_eq!(
            receipt["statement"], "2020-11-01 09:00（北京时间），备案订单（首次备案）已提交。",
            "{engine:?}"
        );
        assert_eq!((&receipt["round"], &receipt["order"]), (&json!(1), &order["id"]), "{engine:?}");
        assert_eq!(receipt["websites"][0]["domains"], json!(["example1.com"]), "{engine:?}");
        assert_eq!(receipt["next"][0]["awaited"], "review", "{engine:?}");
        let submitted = order["stages"].as_array().unwrap().iter().find(|stage| stage["move"] == "submit");
        assert_eq!(receipt["reference"], submitted.unwrap()["entry"], "{engine:?}");
        let body = json!({ "kind": "first-filing" });
        let draft = given.change(Role::Customer, "POST", "/api/v1/orders", "draft", body).await.body();
        let path = format!("/api/v1/orders/{}", draft["id"].as_str().unwrap());
        assert_eq!(given.seen(Role::Customer, &path).await.body()["receipt"], json!(null), "{engine:?}");
        assert_eq!(given.seen(Role::Customer, &format!("{path}/receipt")).await.status, 404, "{engine:?}");
        let li = given.customer("acc-8", 8).await;
        let other = given.user("li", Role::Customer, Some(li.name())).await;
        assert_eq!(given.get(link).token(&other).sent().await.status, 404, "{engine:?}");
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

#[tokio::test(flavor = "multi_thread")]
async fn before_an_access_ends_for_what_is_untrue_it_is_told_what_has_to_be_recorded_or_awaited() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let refused = async |key| {
        let told = given.ends(WEBSITE, "/drop-access", key, json!({ "reason": "information-untrue" })).await;
        assert_eq!(told.status, 409);
        let error = told.body()["errors"][0].clone();
        ["code", "message", "suggestion"].map(|key| error[key].as_str().unwrap_or_default().to_owned())
    };
    let unrecorded = ["nothing-untrue", "该备案号没有待改正的信息。", "请先登记核查发现的问题和改正期限。"];
    assert_eq!(refused("n").await, unrecorded);
    let untrue = json!({ "what": "主体负责人的电话打不通。", "mend_by": "2020-11-15" });
    assert_eq!(given.change(Role::Operator, "POST", &at(WEBSITE, "/untrue"), "u", untrue).await.status, 200);
    let early =
        ["mendable", "改正期限 2020-11-15 还没有过。", "到 2020-11-16 仍未改正的，从这一天起可以取消接入。"];
    assert_eq!(refused("m").await, early);
}
