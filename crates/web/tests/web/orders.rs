//! Filing orders over HTTP: filled in by a customer, looked at by a reviewer, handed to the bureau by an operator.

use crate::{Called, Given, given::server};
use app::access::Role;
use rulebook::Facts;
use serde_json::{Value, json};
use store::{
    OrderId, StoreError, Tx, Unit,
    attachments::{self, Attachment},
};
use testbed::{ENGINES, Engine};

/// The mobile number that stands in every form, and how it is masked.
pub(crate) const MOBILE: [&str; 2] = ["13812345678", "138****5678"];
/// The name of whoever files.
pub(crate) const NAME: &str = "林晓";
/// Where every website is served.
pub(crate) const ADDRESS: &str = "47.96.0.1";
const NUMBER: &str = "粤ICP备12345678号";

/// The number of the ID card of the `nth` person, with its check symbol (GB 11643).
pub(crate) fn card(nth: u32) -> String {
    let body = format!("44030519900307{nth:02}3");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", "10X98765432".chars().nth((sum % 11) as usize).unwrap())
}

/// The subject of the `nth` order: a person.
pub(crate) fn subject(nth: u32) -> Value {
    json!({
        "nature": 5,
        "name": NAME,
        "certificate": { "kind": 2, "number": card(nth) },
        "certificate_address": "广东省深圳市南山区科技园路9号2栋301室",
        "region": "440305",
        "address": "科技园路9号2栋301室",
        "person": person(nth),
    })
}

fn person(nth: u32) -> Value {
    json!({
        "name": NAME,
        "certificate": { "kind": 2, "number": card(nth) },
        "mobile": MOBILE[0],
        "office_phone": "0755-26881234",
        "email": "lin@example.com",
        "emergency_phone": "13923456789",
    })
}

pub(crate) fn website(nth: u32, verification: &Value) -> Value {
    json!({
        "verification": verification,
        "name": "小林的摄影笔记",
        "domains": [format!("example{nth}.com")],
        "home_page": format!("www.example{nth}.com"),
        "services": [6],
        "pre_approvals": [{ "kind": 6, "number": "粤电子公告2026-012号" }],
        "languages": [1],
        "addresses": [ADDRESS],
        "access_methods": [5],
        "person": person(nth),
    })
}

/// Adds so many pictures to an order, past the desk.
pub(crate) struct Pictures(pub(crate) OrderId, pub(crate) u8);

impl Unit for Pictures {
    type Output = Vec<String>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
        let picture = |nth: u8| Attachment {
            id: format!("{}{nth:02x}", &self.0.to_string()[..34]).parse().unwrap(),
            order: self.0,
            purpose: i64::from(nth) + 1,
            size: (800, 600),
            bytes: (90_000, 60_000),
            added_at: 1,
            removed_at: None,
        };
        let pictures: Vec<_> = (0..self.1).map(picture).collect();
        tx.together(&pictures.iter().map(Attachment::adding).collect::<Vec<_>>()).await?;
        let found = attachments::of_order(tx, self.0).await?;
        Ok(found.iter().map(|picture| picture.id.to_string()).collect())
    }
}

/// A draft with everything filled in.
pub(crate) struct Filer {
    pub(crate) token: String,
    pub(crate) id: String,
    website: Value,
}

impl Given {
    pub(crate) async fn put(&self, token: &str, path: &str, body: &Value) -> Called {
        self.call("PUT", path).token(token).json(body).sent().await
    }

    /// A move of an order, under a key of its own.
    pub(crate) async fn moved(&self, token: &str, path: &str, body: Option<&Value>) -> Called {
        let call = self.post(path).token(token).key(&format!("key-{path}"));
        match body {
            Some(body) => call.json(body).sent().await,
            None => call.sent().await,
        }
    }

    /// A draft of whoever has that token, on his instance, that differs from the others by its number.
    pub(crate) async fn filled(&self, token: &str, instance: &str, nth: u32) -> Filer {
        self.filled_on(token, server(instance, &instance.replace("i-", "acc-")), nth).await
    }

    /// The same on an instance of which that is known.
    pub(crate) async fn filled_on(&self, token: &str, facts: Facts, nth: u32) -> Filer {
        let facts = Facts { public_ips: Some(vec![ADDRESS.parse().unwrap()]), ..facts };
        let instance = &facts.id.clone();
        self.desk.record_instance(facts).await.unwrap();
        let mut filer = self.drafted(token, "first-filing").await;
        filer.website = website(nth, &self.verified(token, instance, &format!("code-{nth}")).await);
        let pictures = self.store.write(Pictures(filer.id.parse().unwrap(), 5)).await.unwrap();
        let purposes = [(1, Some(0)), (2, None), (3, None), (4, Some(0)), (5, Some(0))];
        let materials: Vec<_> = pictures
            .iter()
            .zip(purposes)
            .map(|(id, (purpose, website))| {
                json!({ "attachment": id, "purpose": purpose, "website": website })
            })
            .collect();
        self.saved(&filer, "subject", subject(nth)).await;
        self.saved(&filer, "websites", json!([filer.website])).await;
        let saved = self.saved(&filer, "materials", json!(materials)).await;
        assert_eq!(saved["faults"], json!([]), "{saved:#}");
        filer
    }

    /// A draft of that kind without anything in it.
    pub(crate) async fn drafted(&self, token: &str, kind: &str) -> Filer {
        let opened = self.post("/api/v1/orders").token(token).json(&json!({ "kind": kind })).sent().await;
        let id = opened.body()["id"].as_str().unwrap().to_owned();
        assert_eq!(opened.header("location"), Some(&*format!("/api/v1/orders/{id}")));
        Filer { token: token.to_owned(), id, website: Value::Null }
    }

    /// A product that was just verified, by a code of its own.
    pub(crate) async fn verified(&self, token: &str, instance: &str, key: &str) -> Value {
        let body = json!({ "instance": instance });
        let made = self.post("/api/v1/codes").token(token).key(key).json(&body).sent().await.body();
        let body = json!({ "product": "ecs", "code": made["codes"][0]["code"] });
        let verified = self.post("/api/v1/verifications").token(token).json(&body).sent().await;
        verified.body()["id"].clone()
    }

    /// A part as it was saved.
    pub(crate) async fn saved(&self, filer: &Filer, part: &str, value: Value) -> Value {
        let saved =
            self.put(&filer.token, &filer.at(&format!("/parts/{part}")), &json!({ part: value })).await;
        assert_eq!(saved.status, 200, "{saved:?}");
        saved.body()
    }

    /// Submits an order, under that key.
    pub(crate) async fn submitted(&self, filer: &Filer, key: &str) -> Called {
        self.post(&filer.at("/submit")).token(&filer.token).key(key).sent().await
    }

    pub(crate) async fn claimed(&self, filer: &Filer) -> Called {
        let path = filer.review("/claim");
        self.call("PUT", &path).token(self.key(Role::Reviewer)).sent().await
    }

    /// Says that the name of the website is to be mended.
    pub(crate) async fn remarked(&self, filer: &Filer) -> Called {
        let body = json!({ "passes": false, "problem": "网站名称不规范。", "suggestion": "请重新填写。" });
        self.put(self.key(Role::Reviewer), &filer.review("/remarks/websites%5B0%5D.name"), &body).await
    }

    /// Brings an order to the bureau.
    pub(crate) async fn sent_to_bureau(&self, filer: &Filer) {
        assert_eq!(self.submitted(filer, &filer.id).await.status, 200);
        assert_eq!(self.claimed(filer).await.status, 200);
        assert_eq!(self.moved(self.key(Role::Reviewer), &filer.review("/approve"), None).await.status, 200);
        assert_eq!(self.moved(self.key(Role::Operator), &filer.bureau("/send"), None).await.status, 200);
    }

    pub(crate) async fn order(&self, filer: &Filer) -> Value {
        self.get(&filer.at("")).token(&filer.token).sent().await.body()
    }
}

impl Filer {
    pub(crate) fn at(&self, below: &str) -> String {
        format!("/api/v1/orders/{}{below}", self.id)
    }

    pub(crate) fn review(&self, below: &str) -> String {
        format!("/api/v1/review/orders/{}{below}", self.id)
    }

    pub(crate) fn bureau(&self, below: &str) -> String {
        format!("/api/v1/bureau/orders/{}{below}", self.id)
    }
}

fn states(stages: &Value) -> Vec<&str> {
    stages["stages"].as_array().unwrap().iter().map(|stage| stage["move"].as_str().unwrap()).collect()
}

fn paths(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["path"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_files_a_first_website_to_the_end() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let (reviewer, operator) = (given.key(Role::Reviewer), given.key(Role::Operator));
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        let checked = given.post(&lin.at("/check")).token(&lin.token).sent().await.body();
        assert_eq!(checked["passes"], json!(true), "{engine:?} {checked}");
        let submitted = given.submitted(&lin, "k").await.body();
        assert_eq!((&submitted["move"], &submitted["state"]), (&json!("submit"), &json!("submitted")));
        let order = given.order(&lin).await;
        assert_eq!(
            (&order["waiting"][0]["awaited"], &order["moves"]),
            (&json!("review"), &json!(["withdraw"])),
            "{engine:?}"
        );
        let queue = given.seen(Role::Reviewer, "/api/v1/review/orders").await.body();
        assert_eq!((&queue["items"][0]["id"], &queue["items"][0]["claimed"]), (&json!(lin.id), &Value::Null));
        given.claimed(&lin).await;
        let queue = given.seen(Role::Reviewer, "/api/v1/review/orders").await.body();
        assert_eq!(queue["items"][0]["claimed"]["by"], "reviewer", "{engine:?}");
        let approved = given.moved(reviewer, &lin.review("/approve"), None).await.body();
        assert_eq!(approved["state"], "approved", "{engine:?}");
        let queue = given.seen(Role::Operator, "/api/v1/bureau/orders").await.body();
        assert_eq!(queue["items"][0]["id"], json!(lin.id), "{engine:?}");
        assert_eq!(given.moved(operator, &lin.bureau("/send"), None).await.status, 200);
        let order = given.order(&lin).await;
        let awaited = [&order["waiting"][0]["awaited"], &order["waiting"][1]["awaited"]];
        assert_eq!(awaited, [&json!("sms"), &json!("decision")], "{engine:?}");
        let queue = given.seen(Role::Operator, "/api/v1/bureau/orders?state=at-bureau").await.body();
        assert_eq!(queue["items"][0]["id"], json!(lin.id), "{engine:?}");
        assert_eq!(given.moved(operator, &lin.bureau("/confirm-sms"), None).await.status, 200);
        let none = given.moved(operator, &lin.bureau("/file"), Some(&json!({}))).await;
        assert_eq!((none.status.as_u16(), none.errors()), (422, vec!["subject-number".to_owned()]));
        let numbers = json!({ "subject_number": NUMBER, "website_numbers": [format!("{NUMBER}-1")] });
        let call = given.post(&lin.bureau("/file")).token(operator).key("file").json(&numbers);
        assert_eq!(call.sent().await.body()["state"], "filed", "{engine:?}");
        let order = given.order(&lin).await;
        assert_eq!(
            states(&order),
            ["open", "submit", "approve", "send", "confirm-sms", "file"],
            "{engine:?}"
        );
        assert_eq!(order["form"]["subject"]["person"]["mobile"], MOBILE[0], "{engine:?}");
        let codes = given.seen(Role::Customer, "/api/v1/codes").await.body();
        assert_eq!(codes["items"][0]["state"], "recorded", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_returned_with_remarks_mended_there_alone_and_submitted_again() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let reviewer = given.key(Role::Reviewer);
        let mut lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.submitted(&lin, "k-1").await;
        given.claimed(&lin).await;
        let early = given.moved(reviewer, &lin.review("/return"), None).await;
        assert_eq!((early.status.as_u16(), early.errors()), (409, vec!["nothing-to-mend".to_owned()]));
        assert_eq!(given.remarked(&lin).await.status, 200, "{engine:?}");
        let said = given.seen(Role::Reviewer, &lin.review("")).await.body();
        assert_eq!(said["said"][0]["label"], "第 1 个网站的名称", "{engine:?}");
        assert_eq!(said["form"]["subject"]["person"]["mobile"], MOBILE[1], "{engine:?}: it is masked");
        assert_eq!(given.order(&lin).await["remarks"], json!([]), "{engine:?}: not before it is returned");
        let call = given.post(&lin.review("/return")).token(reviewer).key("return");
        assert_eq!(call.sent().await.body()["state"], "returned", "{engine:?}");
        let order = given.order(&lin).await;
        assert_eq!(order["remarks"][0]["problem"], "网站名称不规范。", "{engine:?}");
        assert_eq!(order["opened"], json!(["websites[0].name"]), "{engine:?}");
        lin.website["name"] = json!("小林的风景摄影笔记");
        lin.website["home_page"] = json!("photo.example1.com");
        let saved = given.saved(&lin, "websites", json!([lin.website])).await;
        let told = (&saved["faults"][0]["path"], &saved["faults"][0]["code"]);
        assert_eq!(told, (&json!("websites[0].home_page"), &json!("field-locked")), "{engine:?}");
        let refused = given.submitted(&lin, "k-2").await;
        let kind = refused.body()["type"].clone();
        assert_eq!((refused.status.as_u16(), kind), (409, json!("/problems/order-faulty")), "{engine:?}");
        assert_eq!(paths(&refused.body()["errors"]), ["websites[0].home_page"], "{engine:?}");
        lin.website["home_page"] = json!("www.example1.com");
        given.saved(&lin, "websites", json!([lin.website])).await;
        assert_eq!(given.submitted(&lin, "k-3").await.body()["state"], "submitted", "{engine:?}");
        let looked = given.seen(Role::Reviewer, &lin.review("")).await.body();
        let former = &looked["former"];
        assert_eq!(paths(&former["changes"]), ["websites[0].name"], "{engine:?}");
        assert_eq!(former["changes"][0]["before"], "小林的摄影笔记", "{engine:?}");
        assert_eq!(former["opened"], json!(["websites[0].name"]), "{engine:?}");
        assert_eq!(looked["said"], json!([]), "{engine:?}: it is looked at anew");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_not_possible_is_refused_with_those_that_are() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.submitted(&lin, "k-1").await;
        let again = given.submitted(&lin, "k-2").await;
        let body = again.body();
        assert_eq!((again.status.as_u16(), &body["type"]), (409, &json!("/problems/illegal-move")));
        let told = json!({ "state": "submitted", "tried": "submit", "legal": ["withdraw"] });
        assert_eq!(body["illegal_move"], told, "{engine:?}");
        let said = ["message", "suggestion"].map(|key| body["errors"][0][key].as_str().unwrap().to_owned());
        assert_eq!(said, ["备案订单的状态是“待初审”，不能提交初审。", "现在可以：撤回。"], "{engine:?}");
        let english = given.post(&lin.at("/submit")).token(&lin.token).key("k-3").english().sent().await;
        let said = english.body()["errors"][0]["suggestion"].clone();
        assert_eq!(said, "It can now be withdrawn.", "{engine:?}");
        let early = given.moved(given.key(Role::Operator), &lin.bureau("/send"), None).await;
        assert_eq!(
            early.body()["illegal_move"]["legal"],
            json!([]),
            "{engine:?}: what others can do is not his"
        );
        let saved = given.put(&lin.token, &lin.at("/parts/subject"), &json!({ "subject": {} })).await;
        assert_eq!(saved.body()["illegal_move"]["tried"], "save", "{engine:?}");
        let withdrawn = given.moved(&lin.token, &lin.at("/withdraw"), None).await;
        assert_eq!(withdrawn.body()["state"], "withdrawn", "{engine:?}");
        let corrected = given.moved(&lin.token, &lin.at("/correct"), None).await;
        assert_eq!(corrected.errors(), ["illegal-move"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_order_answers_exactly_as_one_that_does_not_exist() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        let stranger = given.user("li", Role::Customer, Some("acc-8")).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        let missing = "01929b3e-7c00-7000-8000-000000000000";
        for (method, below, body) in [
            ("GET", "", None),
            ("PUT", "/parts/subject", Some(json!({ "subject": subject(2) }))),
            ("POST", "/check", None),
            ("POST", "/submit", None),
            ("POST", "/withdraw", None),
            ("POST", "/correct", None),
        ] {
            let ask = async |id: &str| {
                let call = given.call(method, &format!("/api/v1/orders/{id}{below}")).token(&stranger);
                let call = if method == "POST" { call.key(&format!("{id}{below}")) } else { call };
                let called = match &body {
                    Some(body) => call.json(body).sent().await,
                    None => call.sent().await,
                };
                (called.status.as_u16(), called.bytes)
            };
            let (foreign, unknown, none) = (ask(&lin.id).await, ask(missing).await, ask("none").await);
            assert_eq!(foreign.0, 404, "{engine:?} {method} {below}");
            assert_eq!(foreign, unknown, "{engine:?} {method} {below}");
            assert_eq!(foreign, none, "{engine:?} {method} {below}");
        }
        let own = given.get("/api/v1/orders").token(&stranger).sent().await.body();
        assert_eq!(own["items"], json!([]), "{engine:?}");
        let draft = given.seen(Role::Reviewer, &lin.review("")).await.status;
        assert_eq!(draft, 404, "{engine:?}: a draft is its owner's alone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_an_order_is_told_with_its_path_and_what_to_do() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let mut lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        let mut wrong = subject(1);
        wrong["person"]["mobile"] = json!("12345");
        wrong["person"]["email"] = json!("lin@gmial.com");
        wrong["region"] = Value::Null;
        lin.website["verification"] = json!("none");
        given.saved(&lin, "websites", json!([lin.website])).await;
        let saved = given.saved(&lin, "subject", wrong).await;
        let told = ["subject.region", "subject.person.mobile", "subject.person.email"];
        assert_eq!(paths(&saved["faults"]), told, "{engine:?}: of that part alone");
        assert_eq!(saved["faults"][1]["label"], "主体负责人的手机号码", "{engine:?}");
        assert_eq!(saved["faults"][2]["weight"], "warning", "{engine:?}");
        let refused = given.submitted(&lin, "k").await.body();
        let expected = ["subject.region", "subject.person.mobile", "websites[0].verification"];
        assert_eq!(paths(&refused["errors"]), expected, "{engine:?}");
        for error in refused["errors"].as_array().unwrap() {
            for said in ["message", "suggestion"] {
                assert!(error[said].as_str().unwrap().ends_with('。'), "{engine:?} {error}");
            }
        }
        let checked = given.post(&lin.at("/check")).token(&lin.token).english().sent().await.body();
        assert_eq!(
            (&checked["passes"], paths(&checked["faults"])),
            (&json!(false), [told.as_slice(), &expected[2..]].concat())
        );
        assert_eq!(given.order(&lin).await["state"], "draft", "{engine:?}");
    }
}

#[tokio::test]
async fn a_part_is_saved_by_its_name_and_only_over_what_was_seen() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    let seen = given.get(&lin.at("")).token(&lin.token).sent().await;
    let tag = seen.header("etag").unwrap().to_owned();
    let save = |tag: &str, nth: u32| {
        let call = given.call("PUT", &lin.at("/parts/subject")).token(&lin.token).header("if-match", tag);
        call.json(&json!({ "subject": subject(nth) })).sent()
    };
    let saved = save(&tag, 1).await;
    let version = saved.header("etag").unwrap();
    let again = save(&tag, 1).await;
    assert_eq!((again.status.as_u16(), again.header("etag")), (200, Some(version)), "the answer was lost");
    assert_eq!((saved.status.as_u16(), save(&tag, 2).await.status.as_u16()), (200, 412));
    assert_eq!(save(version, 1).await.status, 200);
    assert_eq!(save("\"x\"", 1).await.status, 412);
    let stale = given.post(&lin.at("/submit")).token(&lin.token).key("k").header("if-match", &tag);
    assert_eq!(stale.sent().await.status, 412);
    for (part, body, status, codes) in [
        ("subject", json!({}), 422, &["missing"][..]),
        ("subject", json!({ "websites": [] }), 422, &["missing", "unknown-field"]),
        (
            "subject",
            json!({ "subject": { "nature": 65536, "nam": "x" } }),
            422,
            &["unknown-field", "out-of-range"],
        ),
        (
            "websites",
            json!({ "websites": [{ "services": [-1], "person": null }] }),
            422,
            &["wrong-type", "out-of-range"],
        ),
        ("cancellation", json!({ "cancellation": {} }), 404, &[]),
        ("none", json!({ "subject": {} }), 404, &[]),
    ] {
        let told = given.put(&lin.token, &lin.at(&format!("/parts/{part}")), &body).await;
        assert_eq!(
            (told.status.as_u16(), told.errors()),
            (status, codes.iter().map(|code| (*code).to_owned()).collect()),
            "{part} {body}"
        );
    }
    let long = json!({ "subject": { "remark": "长".repeat(100_000) } });
    assert_eq!(given.put(&lin.token, &lin.at("/parts/subject"), &long).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_order_is_corrected_once_with_the_reason_before_ones_eyes() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.sent_to_bureau(&lin).await;
        let operator = given.key(Role::Operator);
        let empty =
            given.post(&lin.bureau("/reject")).token(operator).key("e").json(&json!({ "reason": " " }));
        assert_eq!(empty.sent().await.errors(), ["reason-length"], "{engine:?}");
        let reason = json!({ "reason": "网站名称与主体性质不符。" });
        let rejected = given.moved(operator, &lin.bureau("/reject"), Some(&reason)).await;
        assert_eq!(rejected.body()["state"], "rejected", "{engine:?}");
        assert_eq!(given.order(&lin).await["reason"], reason["reason"], "{engine:?}");
        let call = given.post(&lin.at("/correct")).token(&lin.token).key("correct");
        let corrected = call.sent().await;
        assert_eq!(corrected.status, 201, "{engine:?}");
        let draft = given.get(corrected.header("location").unwrap()).token(&lin.token).sent().await.body();
        assert_eq!((&draft["state"], &draft["corrects"]), (&json!("draft"), &json!(lin.id)), "{engine:?}");
        assert_eq!(draft["form"]["websites"][0]["verification"], Value::Null, "{engine:?}");
        assert_eq!(draft["form"]["websites"][0]["name"], "小林的摄影笔记", "{engine:?}");
        let twice = given.moved(&lin.token, &lin.at("/correct"), None).await;
        let body = twice.body();
        assert_eq!((twice.status.as_u16(), twice.errors()), (409, vec!["corrected".to_owned()]));
        let there = draft["id"].as_str().unwrap();
        assert!(body["errors"][0]["suggestion"].as_str().unwrap().contains(there), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_never_judge_the_same_order() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let other = given.user("zhou", Role::Reviewer, None).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.submitted(&lin, "k").await;
        let unclaimed = given.moved(&other, &lin.review("/approve"), None).await;
        assert_eq!((unclaimed.status.as_u16(), unclaimed.errors()), (409, vec!["not-claimed".to_owned()]));
        given.claimed(&lin).await;
        given.clock.pass(jiff::SignedDuration::from_mins(31));
        let queue = given.seen(Role::Reviewer, "/api/v1/review/orders").await.body();
        assert_eq!(queue["items"][0]["claimed"], Value::Null, "{engine:?}: it has run out");
        given.claimed(&lin).await;
        let taken = given.call("PUT", &lin.review("/claim")).token(&other).sent().await;
        assert_eq!((taken.status.as_u16(), taken.errors()), (409, vec!["claimed-by-another".to_owned()]));
        let name = lin.review("/remarks/websites%5B0%5D.name");
        let passes = json!({ "passes": true });
        assert_eq!(given.put(&other, &name, &passes).await.errors(), ["claimed-by-another"], "{engine:?}");
        let reviewer = given.key(Role::Reviewer);
        assert_eq!(given.put(reviewer, &name, &passes).await.status, 200, "{engine:?}");
        let both = json!({ "passes": true, "problem": "x" });
        assert_eq!(given.put(reviewer, &name, &both).await.errors(), ["passes-with-words"], "{engine:?}");
        let wordless = given.put(reviewer, &name, &json!({ "passes": false })).await;
        assert_eq!(paths(&wordless.body()["errors"]), ["problem", "suggestion"], "{engine:?}");
        let nowhere = given.put(reviewer, &lin.review("/remarks/none"), &passes).await;
        assert_eq!((nowhere.status.as_u16(), nowhere.errors()), (422, vec!["no-such-field".to_owned()]));
        given.remarked(&lin).await;
        let marked = given.post(&lin.review("/approve")).token(reviewer).key("early").sent().await;
        assert_eq!(marked.errors(), ["to-be-mended"], "{engine:?}");
        assert_eq!(given.call("DELETE", &name).token(reviewer).sent().await.status, 204, "{engine:?}");
        let said = given.seen(Role::Reviewer, &lin.review("")).await.body()["said"].clone();
        assert_eq!(said, json!([]), "{engine:?}");
        let free = given.call("DELETE", &lin.review("/claim")).token(reviewer).sent().await;
        assert_eq!(free.status, 204, "{engine:?}");
        assert_eq!(
            given.call("PUT", &lin.review("/claim")).token(&other).sent().await.status,
            200,
            "{engine:?}"
        );
        let call = given.post(&lin.review("/approve")).token(&other).key("late");
        assert_eq!(call.sent().await.body()["state"], "approved", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_and_queues_are_listed_a_page_at_a_time() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let customer = given.key(Role::Customer);
        let mut orders = Vec::new();
        for nth in 1..=3 {
            let filer = given.filled(customer, "i-7", nth).await;
            given.sent_to_bureau(&filer).await;
            given.clock.pass(jiff::SignedDuration::from_mins(1));
            orders.push(filer.id);
        }
        let walk = async |role: Role, first: &str| {
            let (mut path, mut found) = (Some(first.to_owned()), Vec::new());
            while let Some(at) = path {
                let page = given.seen(role, &at).await;
                let items = page.body()["items"].as_array().unwrap().clone();
                assert!(items.len() <= 2, "{engine:?}");
                found.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
                let link = page.header("link").map(|link| link[1..link.find('>').unwrap()].to_owned());
                path = link;
            }
            found
        };
        let queued = walk(Role::Operator, "/api/v1/bureau/orders?state=at-bureau&limit=2").await;
        assert_eq!(queued, orders, "{engine:?}");
        orders.reverse();
        assert_eq!(walk(Role::Customer, "/api/v1/orders?limit=2").await, orders, "{engine:?}");
        for (role, path) in [
            (Role::Customer, "/api/v1/orders?cursor=x"),
            (Role::Reviewer, "/api/v1/review/orders?cursor=x"),
            (Role::Operator, "/api/v1/bureau/orders?cursor=1.x"),
            (Role::Operator, "/api/v1/bureau/orders?state=draft"),
        ] {
            assert_eq!(given.seen(role, path).await.status, 400, "{engine:?} {path}");
        }
    }
}

#[tokio::test]
async fn a_reviewer_reads_which_entry_of_the_blacklist_stops_an_order_and_support_reads_it_masked() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    let draft = given.seen(Role::Support, &lin.review("/masked")).await;
    assert_eq!(draft.status, 404, "a draft is its owner's");
    given.submitted(&lin, "k-1").await;
    let seen = given.seen(Role::Support, &lin.review("/masked")).await.body();
    assert_eq!((&seen["account"], &seen["state"]), (&json!("acc-7"), &json!("submitted")));
    assert_eq!(seen["form"]["subject"]["person"]["mobile"], MOBILE[1]);
    let looked = given.seen(Role::Reviewer, &lin.review("")).await.body();
    let backing = &looked["backings"][0];
    assert_eq!((&backing["product_name"], &backing["instance"]), (&json!("云服务器 ECS"), &json!("i-7")));
    let thing = json!({ "list": { "thing": "certificate", "certificate_kind": 2, "value": card(1), "reason": "unlawful-content" } });
    let proposed = given.moved(given.key(Role::Reviewer), "/api/v1/proposals", Some(&thing)).await.body();
    let agree = format!("/api/v1/proposals/{}/agree", proposed["id"].as_str().unwrap());
    assert_eq!(given.moved(given.key(Role::Operator), &agree, Some(&json!({}))).await.status, 200);
    let list = given.seen(Role::Reviewer, "/api/v1/blacklist").await.body();
    let entry = list["items"][0]["id"].as_str().unwrap();
    let looked = given.seen(Role::Reviewer, &lin.review("")).await.body();
    let said = format!("已列入黑名单，条目编号为 {entry}。");
    assert_eq!(looked["faults"][0]["message"], json!(said));
    given.claimed(&lin).await;
    let refused = given.moved(given.key(Role::Reviewer), &lin.review("/approve"), None).await;
    assert_eq!((refused.status.as_u16(), &refused.body()["errors"][0]["message"]), (409, &json!(said)));
    let customer = given.post(&lin.at("/withdraw")).token(&lin.token).key("k-w").sent().await;
    assert_eq!(customer.status, 200);
}

#[tokio::test]
async fn an_order_that_does_not_wait_for_review_is_not_claimed_and_is_told_so() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    assert_eq!(given.claimed(&lin).await.status, 404, "a draft is its owner's");
    given.sent_to_bureau(&lin).await;
    let late = given.claimed(&lin).await;
    let message = late.body()["errors"][0]["message"].clone();
    assert_eq!((late.status.as_u16(), message), (409, json!("备案订单的状态是“管局审核中”，不能领取。")));
}

#[tokio::test]
async fn more_domains_than_are_kept_are_told_at_their_website_and_nothing_is_saved() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    let mut many = lin.website.clone();
    many["domains"] = (0..51).map(|nth| json!(format!("example{nth}.com"))).collect();
    let path = lin.at("/parts/websites");
    let refused = given.put(&lin.token, &path, &json!({ "websites": [many] })).await;
    let told = refused.body()["errors"][0].clone();
    assert_eq!((refused.status.as_u16(), &told["path"]), (422, &json!("websites[0].domains")));
    assert_eq!(told["message"], "这里最多 50 项，您填写了 51 项，没有保存。");
    assert_eq!(given.order(&lin).await["form"]["websites"][0]["domains"], lin.website["domains"]);
}
