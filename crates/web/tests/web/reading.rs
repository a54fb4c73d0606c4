//! What an order and a number say to whoever reads them: which numbers came of it, what it means that it is filed, who did what, what
//! can be done now, and what stands behind the ids in it.

use crate::{
    Given,
    document::whole,
    given::server,
    numbers::at,
    orders::{ADDRESS, Filer, Pictures, card, subject, website},
    two_people::{SUBJECT, WEBSITE},
};
use app::{access::Role, access_log::Looking};
use filing::{orders::Kind, tables::Table};
use rulebook::Facts;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

/// The number of the second website.
const SECOND: &str = "粤ICP备12345678号-2";

impl Given {
    /// A draft of the customer with two websites.
    async fn with_two_websites(&self) -> Filer {
        let token = self.key(Role::Customer);
        let facts = Facts { public_ips: Some(vec![ADDRESS.parse().unwrap()]), ..server("i-7", "acc-7") };
        self.desk.record_instance(facts).await.unwrap();
        let lin = self.drafted(token, "first-filing").await;
        let mut sites = Vec::new();
        for nth in [1, 2] {
            let verification = self.verified(token, "i-7", &format!("code-{nth}")).await;
            let mut site = website(nth, &verification);
            site["name"] = json!(["小林的摄影笔记", "小林的读书笔记"][nth as usize - 1]);
            site["person"]["certificate"]["number"] = json!(card(1));
            sites.push(site);
        }
        let pictures = self.store.write(Pictures(lin.id.parse().unwrap(), 8)).await.unwrap();
        let purposes = [
            (1, Some(0)),
            (2, None),
            (3, None),
            (4, Some(0)),
            (5, Some(0)),
            (1, Some(1)),
            (4, Some(1)),
            (5, Some(1)),
        ];
        let materials: Vec<_> = pictures
            .iter()
            .zip(purposes)
            .map(|(id, (purpose, website))| json!({ "attachment": id, "purpose": purpose, "website": website }))
            .collect();
        self.saved(&lin, "subject", subject(1)).await;
        self.saved(&lin, "websites", json!(sites)).await;
        self.saved(&lin, "materials", json!(materials)).await;
        lin
    }

    async fn files(&self, lin: &Filer, numbers: Value) {
        self.sent_to_bureau(lin).await;
        let filed = self.moved(self.key(Role::Operator), &lin.bureau("/file"), Some(&numbers)).await;
        assert_eq!(filed.status, 200, "{filed:?}");
    }

    /// An order for the end of the customer's website, with the bureau's answer.
    async fn access_ended(&self) -> Filer {
        let lin = self.drafted(self.key(Role::Customer), "cancel-access").await;
        self.saved(&lin, "target", json!({ "number": WEBSITE })).await;
        let why = json!({ "reason": "服务器不再续费", "confirmation": "12345678-1" });
        self.saved(&lin, "cancellation", why).await;
        self.files(&lin, json!({})).await;
        lin
    }

    async fn moves(&self, token: &str, lin: &Filer) -> Value {
        self.get(&lin.review("")).token(token).sent().await.body()["moves"].clone()
    }
}

/// The numbers that an order tells, each with its website and what happened to it.
fn numbers(order: &Value) -> Vec<Value> {
    let told = order["numbers"].as_array().unwrap().iter();
    told.map(|of| json!([of["number"], of["of"], of["website"], of["event"]["word"], of["state"]["word"]]))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_order_tells_its_numbers_in_the_order_of_its_form() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.with_two_websites().await;
        assert_eq!(given.order(&lin).await["numbers"], json!([]), "{engine:?}: it is a draft");
        // The bureau gives the second number to the first website.
        given.files(&lin, json!({ "subject_number": SUBJECT, "website_numbers": [SECOND, WEBSITE] })).await;
        let wanted = [
            json!([SUBJECT, "subject", null, "file", "active"]),
            json!([SECOND, "website", 0, "file", "active"]),
            json!([WEBSITE, "website", 1, "file", "active"]),
        ];
        assert_eq!(numbers(&given.order(&lin).await), wanted, "{engine:?}");
        for (role, path) in [
            (Role::Reviewer, lin.review("")),
            (Role::Operator, lin.bureau("")),
            (Role::Support, lin.review("/masked")),
        ] {
            let looked = given.seen(role, &path).await.body();
            assert_eq!(numbers(&looked), wanted, "{engine:?} {path}");
        }
        let ended = given.access_ended().await;
        let told = numbers(&given.order(&ended).await);
        assert_eq!(told, [json!([WEBSITE, "website", null, "drop-access", "access-dropped"])], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_came_to_its_end_says_what_that_means() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    assert_eq!(given.order(&lin).await["outcome"], Value::Null);
    given.files(&lin, json!({ "subject_number": SUBJECT, "website_numbers": [WEBSITE] })).await;
    let filed = given.order(&lin).await["outcome"].as_str().unwrap().to_owned();
    assert!(filed.contains("beian.miit.gov.cn") && filed.contains("30 日"), "{filed}");
    let ended = given.access_ended().await;
    let said = given.order(&ended).await["outcome"].as_str().unwrap().to_owned();
    assert!(said.starts_with("网站已取消在本服务商的接入"), "{said}");
    let late = given.moved(&ended.token, &ended.at("/withdraw"), None).await.body();
    assert_eq!(late["errors"][0]["suggestion"], format!("这份订单已经办结。{said}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_reads_that_the_provider_did_it_and_staff_reads_who() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let own = given.number(Role::Customer, WEBSITE).await;
    let provider = json!({ "word": "provider", "label": "接入服务商", "name": null });
    assert_eq!(own.body()["history"][0]["by"], provider);
    let whole = String::from_utf8(own.bytes).unwrap();
    assert!(!whole.contains("staff:"), "{whole}");
    let seen = given.number(Role::Support, WEBSITE).await.body();
    let operator = json!({ "word": "provider", "label": "接入服务商", "name": "staff:operator" });
    assert_eq!(seen["history"][0]["by"], operator);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_says_which_number_was_read() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        given.number(Role::Support, WEBSITE).await;
        let line = given.seen(Role::Auditor, "/api/v1/access-log").await.body()["items"][0].clone();
        let told = ["what", "number", "account"].map(|key| &line[key]);
        assert_eq!(told, [&json!("number"), &json!(WEBSITE), &json!("acc-7")], "{engine:?}");
    }
}

#[test]
fn the_document_names_every_kind_of_line_of_the_access_log() {
    let line = &whole()["components"]["schemas"]["AccessLogLine"]["properties"];
    let told = line["what"]["description"].as_str().unwrap();
    for what in Looking::ALL {
        assert!(told.contains(&format!("`{}`", what.word())), "{what:?}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_is_told_what_works_now_and_nothing_else() {
    let given = Given::on(Engine::Sqlite).await;
    let (reviewer, other) = (given.key(Role::Reviewer), &given.user("zhou", Role::Reviewer, None).await);
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    given.submitted(&lin, "k").await;
    assert_eq!(given.moves(reviewer, &lin).await, json!(["claim"]));
    given.claimed(&lin).await;
    assert_eq!(given.moves(reviewer, &lin).await, json!(["remark", "approve"]));
    assert_eq!(given.moves(other, &lin).await, json!([]), "another has it");
    given.remarked(&lin).await;
    assert_eq!(given.moves(reviewer, &lin).await, json!(["remark", "return"]));
    given.moved(reviewer, &lin.review("/return"), None).await;
    assert_eq!(given.moves(reviewer, &lin).await, json!([]));
    let approved = given.filled(given.key(Role::Customer), "i-7", 2).await;
    given.submitted(&approved, "k-2").await;
    given.claimed(&approved).await;
    given.moved(reviewer, &approved.review("/approve"), None).await;
    assert_eq!(given.moves(reviewer, &approved).await, json!(["claim"]));
    given.claimed(&approved).await;
    assert_eq!(given.moves(reviewer, &approved).await, json!(["remark"]), "it is approved already");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_behind_an_id_is_read_in_words() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.submitted(&lin, "k").await;
        let clear = format!("{}?purpose=review", lin.review("/in-clear"));
        for path in [lin.review(""), clear] {
            let looked = given.seen(Role::Reviewer, &path).await.body();
            let items = looked["in_words"].as_array().unwrap();
            let words = |path: &str| items.iter().find(|item| item["path"] == path).unwrap()["words"].clone();
            assert_eq!(
                words("websites[0].verification"),
                "云服务器 ECS，实例 i-7，2020-11-01 验证",
                "{engine:?}"
            );
            assert_eq!(words("materials[0].attachment"), "图片，800 × 600 像素，88 KiB", "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_does_not_learn_that_a_number_is_of_another_account() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let li = given.customer("acc-8", 8).await;
    let token = given.user("li", Role::Customer, Some(li.name())).await;
    let order = given.drafted(&token, "add-access").await;
    let saved = given.saved(&order, "target", json!({ "number": WEBSITE })).await;
    let told = ["code", "message", "suggestion"].map(|key| saved["faults"][0][key].as_str().unwrap());
    let wanted = [
        "filing-number-unknown",
        "您在本服务商没有这个备案号的备案记录。",
        "请核对备案号；确认无误的，请联系客服。",
    ];
    assert_eq!(told, wanted, "{saved:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_in_another_way_is_led_on() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.drafted(given.key(Role::Customer), "first-filing").await;
    let wrap = "请只发送地址中指定的部分：{\"subject\": …}。";
    for (body, path) in [
        (json!({ "nature": 5 }), "nature"),
        (json!({ "subject": { "subject": { "nature": 5 } } }), "subject.subject"),
        (json!({ "subject": [] }), "subject"),
    ] {
        let wrong = given.put(&lin.token, &lin.at("/parts/subject"), &body).await;
        assert_eq!(wrong.header("link"), Some("</api/openapi.json>; rel=\"service-desc\""), "{path}");
        let first = wrong.body()["errors"][0].clone();
        assert_eq!((wrong.status.as_u16(), &first["path"]), (422, &json!(path)), "{first}");
        assert!(first["suggestion"].as_str().unwrap().ends_with(wrap), "{first}");
    }
    let inner = json!({ "subject": { "natur": 5 } });
    let typo = given.put(&lin.token, &lin.at("/parts/subject"), &inner).await.body();
    assert!(!typo["errors"][0]["suggestion"].as_str().unwrap().contains(wrap), "{typo}: it is wrapped well");
    let unknown = given.get("/api/v1/orders/none").token(&lin.token).sent().await;
    assert!(unknown.status == 404 && unknown.header("link").is_some());
    let cancel = json!({ "reason": "by-authority", "confirmation": "12345678" });
    let refused = given.change(Role::Operator, "POST", &at(SUBJECT, "/cancel"), "c", cancel).await;
    let said = refused.body()["errors"][0]["suggestion"].as_str().unwrap().to_owned();
    assert!(refused.status == 422 && said.contains("POST /api/v1/proposals"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_are_listed_as_chinese_lists_them() {
    let given = Given::on(Engine::Sqlite).await;
    let opened =
        |body: Value| given.post("/api/v1/orders").token(given.key(Role::Customer)).json(&body).sent();
    let first = "first-filing、add-website、";
    for body in [json!({}), json!({ "kind": "first" })] {
        let told = opened(body).await.body()["errors"][0]["suggestion"].as_str().unwrap().to_owned();
        assert!(told.contains(first) && !told.contains("字符串"), "{told}");
    }
}

#[test]
fn the_document_says_how_an_order_goes_and_what_each_kind_needs() {
    let whole = whole();
    let told = whole["info"]["description"].as_str().unwrap();
    for named in [
        "/api/v1/orders",
        "/api/v1/orders/{id}/parts/{part}",
        "/api/v1/orders/{id}/pictures",
        "/api/v1/verifications",
    ] {
        assert!(told.contains(named) && !whole["paths"][named].is_null(), "{named}");
    }
    let row =
        |kind: Kind| told.lines().find(|line| line.starts_with(&format!("| `{}`", kind.word()))).unwrap();
    for kind in Kind::ALL {
        for part in kind.needs().parts {
            assert!(row(kind).contains(&format!("`{}`", part.word())), "{kind:?} {part:?}");
        }
    }
    let pictures = |kind| row(kind).rsplit(" | ").next().unwrap();
    for picture in ["of the subject: 2 ", "of an organisation also: 3 ", "of each website: 1 ", "4 ", "5 "] {
        assert!(pictures(Kind::FirstFiling).contains(picture), "{picture}: {}", row(Kind::FirstFiling));
    }
    assert!(!pictures(Kind::Change).contains("5 "), "{}", row(Kind::Change));
    assert_eq!(pictures(Kind::CancelSubject), "none |");
    assert!(told.contains("| `nature`, `name`") && told.contains("`home_page`"), "{told}");
}

#[test]
fn every_field_that_takes_a_number_of_a_table_names_where_the_table_is() {
    let whole = whole();
    let schemas = &whole["components"]["schemas"];
    for (schema, field, table) in [
        ("Subject", "nature", Table::Natures),
        ("Certificate", "kind", Table::Certificates),
        ("Website", "services", Table::Services),
        ("PreApproval", "kind", Table::PreApprovals),
        ("Website", "languages", Table::Languages),
        ("Website", "access_methods", Table::AccessMethods),
        ("Material", "purpose", Table::Purposes),
    ] {
        let told = schemas[schema]["properties"][field]["description"].as_str().unwrap();
        assert!(told.contains(&format!("`GET /api/v1/tables/{}`", table.word())), "{schema}.{field}: {told}");
    }
}
