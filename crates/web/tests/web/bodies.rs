//! What is wrong with a body or with parameters is told all at once, each with its place, in the language of whoever asks.

use crate::{Called, Given};
use app::access::Role;
use serde_json::{Value, json};
use testbed::Engine;

/// Places and codes of everything that is wrong.
fn told(called: &Called) -> Vec<(String, String)> {
    let text = |error: &Value, key: &str| error[key].as_str().unwrap().to_owned();
    let body = called.body();
    let errors = body["errors"].as_array().unwrap().iter();
    errors.map(|error| (text(error, "path"), text(error, "code"))).collect()
}

fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    wanted.iter().map(|(path, code)| ((*path).to_owned(), (*code).to_owned())).collect()
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_body_is_told_at_once_with_its_place() {
    let given = Given::on(Engine::Sqlite).await;
    let customer = given.key(Role::Customer);
    let operator = given.key(Role::Operator);
    let codes = "/api/v1/codes";
    for (path, token, body, wanted) in [
        (codes, customer, "{}", &[("instance", "missing")][..]),
        (codes, customer, "[]", &[("", "wrong-type")]),
        (codes, customer, r#"["i-7",1]"#, &[("", "wrong-type")]),
        (codes, customer, r#"{"instance":null}"#, &[("instance", "wrong-type")]),
        (codes, customer, r#"{"instance":"i-7","count":1.5}"#, &[("count", "wrong-type")]),
        (codes, customer, r#"{"instance":"i-7","count":"1"}"#, &[("count", "wrong-type")]),
        (codes, customer, r#"{"instance":"i-7","count":0}"#, &[("count", "out-of-range")]),
        (codes, customer, r#"{"instance":"i-7","count":21}"#, &[("count", "out-of-range")]),
        (codes, customer, r#"{"instance":"i-7","count":4294967296}"#, &[("count", "out-of-range")]),
        (codes, customer, r#"{"instance":"i-7","count":1e30}"#, &[("count", "out-of-range")]),
        (codes, customer, r#"{"instance":"i-7","instance":"i-8"}"#, &[("instance", "twice")]),
        (
            codes,
            customer,
            r#"{"conut":1,"count":true}"#,
            &[("conut", "unknown-field"), ("count", "wrong-type"), ("instance", "missing")],
        ),
        (
            "/api/v1/users",
            operator,
            r#"{"roles":["operator","boss",7],"email":[],"account":null}"#,
            &[
                ("roles[1]", "no-such-word"),
                ("roles[2]", "wrong-type"),
                ("email", "wrong-type"),
                ("name", "missing"),
            ],
        ),
        (
            "/api/v1/decisions",
            customer,
            r#"{"facts":[{"id":"i-1","product":"ecs","billing":"monthly","public_ips":["x"],"codes_issued":-1,
               "expires_at":"soon","first_order_amount":"1.005"},{"id":"i-2","regoin":"x"}]}"#,
            &[
                ("facts[0].billing", "no-such-word"),
                ("facts[0].public_ips[0]", "malformed"),
                ("facts[0].codes_issued", "out-of-range"),
                ("facts[0].expires_at", "malformed"),
                ("facts[0].first_order_amount", "malformed"),
                ("facts[1].regoin", "unknown-field"),
                ("facts[1].product", "missing"),
            ],
        ),
    ] {
        let call = || given.post(path).token(token).key("k").bytes("application/json", body.into());
        let chinese = call().sent().await;
        assert_eq!((chinese.status.as_u16(), told(&chinese)), (422, pairs(wanted)), "{path} {body}");
        for error in chinese.body()["errors"].as_array().unwrap() {
            for said in [&error["message"], &error["suggestion"]] {
                let said = said.as_str().unwrap();
                assert!(said.ends_with('。') && !said.contains("expected"), "{path} {body}: {said}");
            }
        }
        assert_eq!(told(&call().english().sent().await), pairs(wanted), "{path} {body}");
    }
}

#[tokio::test]
async fn a_fault_names_the_field_what_is_there_and_what_to_write() {
    let given = Given::on(Engine::Sqlite).await;
    let limit = json!({ "instance": "i-7", "count": 0 });
    let limited = given.post("/api/v1/codes").token(given.key(Role::Customer)).key("k").json(&limit);
    let limited = limited.english().sent().await.body();
    assert_eq!(limited["errors"][0]["suggestion"], "Use a whole number from 1 to 20.");
    let body = json!({ "count": "7" });
    let call = || given.post("/api/v1/codes").token(given.key(Role::Customer)).key("k").json(&body);
    let said = |called: &Called| {
        let errors = called.body()["errors"].clone();
        [0, 1].map(|nth: usize| {
            ["message", "suggestion"].map(|key| errors[nth][key].as_str().unwrap().to_owned())
        })
    };
    assert_eq!(
        said(&call().sent().await),
        [
            ["这里应为整数，您填写的是字符串。", "请改为整数。"],
            ["缺少必填项 instance。", "请补上这一项，类型为字符串，例如 \"i-bp1a2b3c4d\"。"],
        ]
    );
    assert_eq!(
        said(&call().english().sent().await),
        [
            ["This must be a whole number, and is a string.", "Write a whole number."],
            ["instance is missing.", "Add it: a string, such as \"i-bp1a2b3c4d\"."],
        ]
    );
}

#[tokio::test]
async fn a_body_is_bounded_in_depth_in_number_and_in_what_is_told_of_it() {
    let given = Given::on(Engine::Sqlite).await;
    let sent = |body: String| {
        let call = given.post("/api/v1/codes").token(given.key(Role::Customer)).key("k");
        call.bytes("application/json", body.into_bytes()).sent()
    };
    let deep = "[".repeat(100_000);
    assert_eq!(told(&sent(deep).await), pairs(&[("", "too-deep")]));
    let many = format!("[{}0]", "0,".repeat(200_000));
    assert_eq!(told(&sent(many).await), pairs(&[("", "too-deep")]));
    let fields: Vec<_> = (0..1000).map(|nth| format!("\"{}{nth}\":1", "x".repeat(500))).collect();
    let called = sent(format!("{{{}}}", fields.join(","))).await;
    assert_eq!(called.body()["errors"].as_array().unwrap().len(), 20);
    assert!(called.bytes.len() < 20_000, "{}", called.bytes.len());
}

#[tokio::test]
async fn a_stranger_who_sends_as_many_fields_as_are_read_is_told_the_first_twenty() {
    let given = Given::on(Engine::Sqlite).await;
    let fields: Vec<_> = (0..99_999).map(|nth| format!("\"{nth}\":1")).collect();
    let body = format!("{{{}}}", fields.join(",")).into_bytes();
    let called = given.post("/api/v1/sessions").bytes("application/json", body).sent().await;
    let first: Vec<_> = (0..20).map(|nth| (nth.to_string(), "unknown-field".to_owned())).collect();
    assert_eq!((called.status.as_u16(), told(&called)), (422, first));
}

#[tokio::test]
async fn everything_that_is_wrong_with_parameters_is_told_at_once() {
    let given = Given::on(Engine::Sqlite).await;
    for (path, wanted) in [
        (
            "/api/v1/instances?limit=0&colour=red&gone=maybe",
            &[("limit", "out-of-range"), ("colour", "unknown-field"), ("gone", "wrong-type")][..],
        ),
        ("/api/v1/instances?limit=x", &[("limit", "wrong-type")]),
        ("/api/v1/instances?limit=1&limit=2", &[("limit", "twice")]),
        (
            "/api/v1/rules/difference?form=x",
            &[("form", "unknown-field"), ("from", "missing"), ("to", "missing")],
        ),
        ("/api/v1/instances/i-7/decision?at=then", &[("at", "malformed")]),
        ("/api/v1/instances/i-7/decision?at=2020-11-01T09:00:00", &[("at", "malformed")]),
    ] {
        let chinese = given.get(path).token(given.key(Role::Support)).sent().await;
        assert_eq!((chinese.status.as_u16(), told(&chinese)), (400, pairs(wanted)), "{path}");
        let text = String::from_utf8(chinese.bytes).unwrap();
        assert!(!text.contains("Failed") && !text.contains("expected"), "{path}: {text}");
    }
}

#[tokio::test]
async fn a_list_of_one_answer_of_a_provider_is_no_object_with_facts() {
    let given = Given::on(Engine::Sqlite).await;
    let list = given.post("/api/v1/decisions").json(&json!([{ "facts": [] }])).sent().await;
    assert_eq!(told(&list), pairs(&[("", "no-inventory")]));
}

#[tokio::test]
async fn json_that_is_neither_facts_nor_an_answer_of_a_provider_is_a_problem_and_no_decision() {
    let given = Given::on(Engine::Sqlite).await;
    for (body, status, wanted) in [
        (r#"{"fact":[{"id":"i-1"}]}"#, 422, &[("fact", "unknown-field"), ("facts", "missing")][..]),
        ("[1,1,1]", 422, &[("", "wrong-type")]),
        ("[]", 422, &[("", "wrong-type")]),
        ("7", 422, &[("", "wrong-type")]),
        (r#"{"facts":[{"id":"#, 400, &[]),
        (r#"{"facts":[]} {"facts":[]}"#, 400, &[]),
        ("i-1;ecs", 400, &[]),
        (r#"{"Instances":{"Instance":["#, 400, &[]),
        (r#"{"Instances":{"Instance":[]}} x"#, 400, &[]),
        (r#"{"Facts":[]}"#, 422, &[("", "no-inventory")]),
        (r#"{"Code":"Throttling","Message":"later"}"#, 422, &[("", "no-inventory")]),
        ("[{},1]", 422, &[("", "no-inventory")]),
    ] {
        let call = given.post("/api/v1/decisions").bytes("application/json", body.into());
        let called = call.english().sent().await;
        assert_eq!((called.status.as_u16(), told(&called)), (status, pairs(wanted)), "{body}");
        let detail = called.body()["detail"].as_str().unwrap().to_owned();
        assert_eq!(status == 400, detail.contains("line 1, column"), "{body}: {detail}");
    }
    let instance = r#"{"InstanceId":"i-1","RegionId":"cn-hangzhou"}"#;
    let answer = format!(r#"{{"Instances":{{"Instance":[{instance},7]}}}}"#);
    for body in [
        &answer,
        &format!("[{answer}]"),
        &format!("\u{FEFF}{answer}"),
        &format!("{answer}{{\"Code\":\"x\"}}"),
    ] {
        let call = given.post("/api/v1/decisions").bytes("application/json", body.clone().into_bytes());
        let read = call.sent().await.body();
        assert_eq!(read["decisions"].as_array().map(Vec::len), Some(1), "{body}: {read}");
        assert!(!read["rejected"].as_array().unwrap().is_empty(), "{body}: {read}");
    }
}

#[tokio::test]
async fn whatever_is_refused_before_an_endpoint_is_a_problem_in_the_language_of_whoever_asks() {
    let given = Given::on(Engine::Sqlite).await;
    let basic = || given.get("/api/v1/codes").header("authorization", "Basic eDp4");
    assert!(basic().sent().await.body()["detail"].as_str().unwrap().contains("Bearer"));
    for (call, status, word) in [
        (given.get("/api/docs/none"), 404, "no-such-page"),
        (given.get("/problems/a%FFb"), 400, "unreadable"),
        (given.get("/api/v1/accounts/%FF").token(given.key(Role::Operator)), 400, "unreadable"),
        (given.call("DELETE", "/api/docs/"), 405, "no-such-method"),
        (basic(), 401, "not-signed-in"),
    ] {
        let told = call.english().sent().await;
        let kind = told.body()["type"].clone();
        assert_eq!((told.status.as_u16(), kind), (status, json!(format!("/problems/{word}"))));
        assert_eq!(told.header("content-type"), Some("application/problem+json"), "{word}");
        assert_eq!(told.header("content-language"), Some("en"), "{word}");
    }
    let other = given.call("PUT", "/api/v1/codes").english().sent().await;
    let detail = "This address does not support that method. It supports: GET, HEAD, OPTIONS, POST.";
    assert_eq!(other.body()["detail"], detail);
}

#[tokio::test]
async fn an_answer_that_did_not_need_the_body_says_that_the_connection_ends() {
    let given = Given::on(Engine::Sqlite).await;
    let check = || given.post("/api/v1/codes/check").json(&json!({ "instance": "i-7" }));
    let unknown = check().sent().await;
    assert_eq!((unknown.status.as_u16(), unknown.header("connection")), (401, Some("close")));
    let known = check().token(given.key(Role::Customer)).sent().await;
    assert_eq!((known.status.as_u16(), known.header("connection")), (200, None));
    let without = given.get("/api/v1/codes").sent().await;
    assert_eq!((without.status.as_u16(), without.header("connection")), (401, None));
}
