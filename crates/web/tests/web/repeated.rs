//! Every POST of the API document, sent again under the same key.

use crate::{Called, Given, document::operations, numbers, pictures::photo, rulebook::longer, sessions::OWN};
use ::rulebook::ALIYUN;
use app::access::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testbed::{ENGINES, Engine};
use web::document;

/// A request, and another one under the same key.
struct Twice {
    /// As the document names it.
    pattern: &'static str,
    path: String,
    token: String,
    body: Body,
    /// Another path with its body.
    other: (String, Body),
}

enum Body {
    None,
    Json(Value),
    Toml(String),
    Jpeg(Vec<u8>),
}

const RULEBOOK: &str = "/api/v1/rulebook";

/// Those that change nothing that lasts, and keep no key.
const NOT_KEPT: [&str; 7] = [
    "/api/v1/codes/check",
    "/api/v1/decisions",
    "/api/v1/orders/{id}/check",
    "/api/v1/rulebook/impact",
    "/api/v1/sessions",
    "/api/v1/why-not",
    "/gate/v1/domains",
];

async fn sent(given: &Given, path: &str, token: &str, key: &str, body: &Body) -> Called {
    let call = given.post(path).token(token).key(key);
    match body {
        Body::None => call.sent().await,
        Body::Json(body) => call.json(body).sent().await,
        Body::Jpeg(bytes) => call.bytes("image/jpeg", bytes.clone()).sent().await,
        Body::Toml(text) => call.bytes("application/toml", text.clone().into_bytes()).sent().await,
    }
}

/// What the requests are about.
struct Ready {
    session: String,
    codes: Value,
    spare: Value,
    import: String,
}

/// A desk on which each of them can be done.
async fn ready(given: &Given) -> Ready {
    given.customer("acc-8", 8).await;
    let (operator, customer) = (given.key(Role::Operator), given.key(Role::Customer));
    let first = given.added("li.na", &["auditor"]).await;
    given.added("wang", &["auditor"]).await;
    let session = given.sign_in("li.na", &first).await.body()["token"].as_str().unwrap().to_owned();
    given.set_password(&session, &first, OWN).await;
    let three = Body::Json(json!({ "instance": "i-7", "count": 3 }));
    let codes = sent(given, "/api/v1/codes", customer, "first", &three).await.body()["codes"].clone();
    let one = Body::Json(json!({ "count": 1 }));
    let spare = sent(given, "/api/v1/codes/premade", operator, "spare", &one).await;
    let spare = spare.body()["codes"][0]["code"].clone();
    let facts = json!({ "id": "site-1", "product": "site-builder", "account": "acc-7" });
    given.desk.record_instance(serde_json::from_value(facts).unwrap()).await.unwrap();
    let list = "id,product,account\ni-100,ecs,acc-7\n";
    let call = given.call("PUT", "/api/v1/instances").token(operator);
    let import = call.bytes("text/csv", list.as_bytes().to_vec()).sent().await;
    let import = import.body()["id"].as_str().unwrap().to_owned();
    Ready { session, codes, spare, import }
}

/// Those of orders, in an order in which each can be done.
async fn of_orders(given: &Given) -> Vec<Twice> {
    given.customer("acc-20", 20).await;
    let customer = &given.user("owner", Role::Customer, Some("acc-20")).await;
    let (reviewer, operator) = (given.key(Role::Reviewer), given.key(Role::Operator));
    let first = given.filled(customer, "i-20", 11).await;
    let returned = given.filled(customer, "i-20", 12).await;
    let rejected = given.filled(customer, "i-20", 13).await;
    let filed = given.filled(customer, "i-20", 14).await;
    for order in [&returned, &rejected] {
        given.submitted(order, &order.id).await;
        given.claimed(order).await;
    }
    given.remarked(&returned).await;
    given.sent_to_bureau(&filed).await;
    let told = |pattern, path, body, other| told(operator, pattern, path, body, other);
    let open = Twice {
        pattern: "/api/v1/orders",
        path: "/api/v1/orders".to_owned(),
        token: customer.clone(),
        body: Body::Json(json!({ "kind": "first-filing" })),
        other: ("/api/v1/orders".to_owned(), Body::Json(json!({ "kind": "change" }))),
    };
    let numbers = |nth: u32| {
        let number = "粤ICP备12345678号";
        json!({ "subject_number": number, "website_numbers": [format!("{number}-{nth}")] })
    };
    let reason = |reason: &str| json!({ "reason": reason });
    let pictures = first.at("/pictures?purpose=2");
    let picture = Twice {
        pattern: "/api/v1/orders/{id}/pictures",
        path: pictures.clone(),
        token: customer.clone(),
        body: Body::Jpeg(photo(30)),
        other: (pictures, Body::Jpeg(photo(60))),
    };
    let (erase, whose) = ("/api/v1/personal-data/erase", |order: &str| json!({ "order": order }));
    vec![
        open,
        picture,
        bare(customer, "/api/v1/orders/{id}/submit", first.at("/submit"), filed.at("/submit")),
        bare(customer, "/api/v1/orders/{id}/withdraw", first.at("/withdraw"), filed.at("/withdraw")),
        bare(
            reviewer,
            "/api/v1/review/orders/{id}/return",
            returned.review("/return"),
            filed.review("/return"),
        ),
        bare(
            reviewer,
            "/api/v1/review/orders/{id}/approve",
            rejected.review("/approve"),
            filed.review("/approve"),
        ),
        bare(operator, "/api/v1/bureau/orders/{id}/send", rejected.bureau("/send"), filed.bureau("/send")),
        bare(
            operator,
            "/api/v1/bureau/orders/{id}/confirm-sms",
            rejected.bureau("/confirm-sms"),
            filed.bureau("/confirm-sms"),
        ),
        told("/api/v1/bureau/orders/{id}/reject", rejected.bureau("/reject"), reason("one"), reason("other")),
        bare(customer, "/api/v1/orders/{id}/correct", rejected.at("/correct"), filed.at("/correct")),
        told("/api/v1/bureau/orders/{id}/file", filed.bureau("/file"), numbers(1), numbers(2)),
        told(erase, erase.to_owned(), whose(&first.id), whose(&returned.id)),
    ]
}

/// Those of the number that the last of them filed, in an order in which each can be done.
fn of_numbers(given: &Given) -> Vec<Twice> {
    let operator = given.key(Role::Operator);
    let told = |pattern, path, body, other| told(operator, pattern, path, body, other);
    let number = |nth: &str, below: &str| numbers::at(&format!("粤ICP备12345678号-{nth}"), below);
    let reason = |reason: &str| json!({ "reason": reason });
    vec![
        told(
            "/api/v1/numbers/{number}/correct",
            number("1", "/correct"),
            json!({ "to": "粤ICP备12345678号-7" }),
            json!({ "to": "粤ICP备12345678号-8" }),
        ),
        told("/api/v1/numbers/{number}/untrue", number("7", "/untrue"), untrue("电话"), untrue("地址")),
        bare(
            operator,
            "/api/v1/numbers/{number}/mended",
            number("7", "/mended"),
            numbers::at("粤ICP备12345678号", "/mended"),
        ),
        told(
            "/api/v1/numbers/{number}/drop-access",
            number("7", "/drop-access"),
            reason("by-owner"),
            reason("by-authority"),
        ),
        told(
            "/api/v1/numbers/{number}/cancel",
            number("7", "/cancel"),
            json!({ "reason": "by-owner", "confirmation": "12345678-7" }),
            json!({ "reason": "by-new-domain-holder", "confirmation": "12345678-7" }),
        ),
    ]
}

/// A call without a body.
fn bare(token: &str, pattern: &'static str, path: String, other: String) -> Twice {
    Twice { pattern, path, token: token.to_owned(), body: Body::None, other: (other, Body::None) }
}

/// A call with one.
fn told(token: &str, pattern: &'static str, path: String, body: Value, other: Value) -> Twice {
    Twice {
        pattern,
        path: path.clone(),
        token: token.to_owned(),
        body: Body::Json(body),
        other: (path, Body::Json(other)),
    }
}

/// That something is untrue.
fn untrue(what: &str) -> Value {
    json!({ "what": what, "mend_by": "2020-11-30" })
}

/// Every POST that keeps its key.
async fn all(given: &Given) -> Vec<Twice> {
    let mut all = of_the_desk(given).await;
    all.extend(of_orders(given).await);
    all.extend(of_numbers(given));
    all.extend(of_two_people(given).await);
    all.extend(of_the_gate(given));
    all
}

/// Those of the gate.
fn of_the_gate(given: &Given) -> [Twice; 2] {
    let twice = |path: &'static str, body: Value, other: Value| Twice {
        pattern: path,
        path: path.to_owned(),
        token: given.key(Role::Operator).to_owned(),
        body: Body::Json(body),
        other: (path.to_owned(), Body::Json(other)),
    };
    let names = |name: &str| json!({ "names": [name], "reason": "搬迁" });
    let range = |range: &str| json!({ "range": range, "reason": "自有" });
    [
        twice("/api/v1/gate/windows", names("a.cn"), names("b.cn")),
        twice("/api/v1/gate/ranges", range("10.0.0.0/8"), range("10.0.0.0/9")),
    ]
}

/// Those of what two people decide.
async fn of_two_people(given: &Given) -> Vec<Twice> {
    let list = |value: &str| json!({ "list": { "thing": "website-name", "value": value, "reason": "unlawful-content" } });
    let mut made = Vec::new();
    for value in ["甲网", "乙网", "丙网"] {
        made.push(given.proposed(list(value)).await);
    }
    let (mut drafts, other) = (Vec::new(), given.user("yan", Role::Operator, None).await);
    for note in ["one", "two", "three"] {
        let text = Body::Toml(format!("{ALIYUN}# {note}\n"));
        let made = sent(given, RULEBOOK, &other, note, &text).await.body()["proposal"].clone();
        drafts.push(made.as_str().unwrap().to_owned());
    }
    let draft = |nth: usize, to: &str| format!("{RULEBOOK}/proposals/{}/{to}", drafts[nth]);
    let (reviewer, operator) = (given.key(Role::Reviewer), given.key(Role::Operator));
    let why = || Body::Json(json!({ "reason": "why" }));
    let (proposals, at) =
        ("/api/v1/proposals", |nth: usize, to: &str| format!("/api/v1/proposals/{}/{to}", made[nth]));
    let nothing = || Body::Json(json!({}));
    vec![
        Twice {
            pattern: proposals,
            path: proposals.to_owned(),
            token: reviewer.to_owned(),
            body: Body::Json(list("丁网")),
            other: (proposals.to_owned(), Body::Json(list("戊网"))),
        },
        Twice {
            pattern: "/api/v1/proposals/{id}/agree",
            path: at(0, "agree"),
            token: operator.to_owned(),
            body: nothing(),
            other: (at(2, "agree"), nothing()),
        },
        Twice {
            pattern: "/api/v1/proposals/{id}/decline",
            path: at(1, "decline"),
            token: operator.to_owned(),
            body: Body::None,
            other: (at(2, "decline"), Body::None),
        },
        Twice {
            pattern: "/api/v1/rulebook/proposals/{id}/decline",
            path: draft(0, "decline"),
            token: operator.to_owned(),
            body: why(),
            other: (draft(2, "decline"), why()),
        },
        bare(operator, "/api/v1/rulebook/proposals/{id}/agree", draft(1, "agree"), draft(2, "agree")),
    ]
}

/// Those of everything but orders.
async fn of_the_desk(given: &Given) -> Vec<Twice> {
    let Ready { session, codes, spare, import } = ready(given).await;
    given.set_up_factor(&given.settled("sun", &["auditor"]).await).await;
    let (operator, customer) = (given.key(Role::Operator), given.key(Role::Customer));
    let id = |nth: usize| codes[nth]["id"].as_str().unwrap().to_owned();
    let apply = format!("/api/v1/imports/{import}/apply");
    let (grant, release) =
        (format!("/api/v1/codes/{}/grant", id(0)), format!("/api/v1/codes/{}/release", id(1)));
    let json = |token: &str, pattern: &'static str, path: &str, body: Value, other: Value| Twice {
        pattern,
        path: path.to_owned(),
        token: token.to_owned(),
        body: Body::Json(body),
        other: (path.to_owned(), Body::Json(other)),
    };
    let here =
        |token: &str, path: &'static str, body: Value, other: Value| json(token, path, path, body, other);
    let label = |label: &str| json!({ "label": label });
    let reset = |name: &str| format!("/api/v1/users/{name}/password-reset");
    let reset_factor = |name: &str| format!("/api/v1/users/{name}/second-factor-reset");
    let verified = json!({ "product": "ecs", "code": codes[2]["code"] });
    vec![
        here(
            operator,
            "/api/v1/accounts",
            json!({ "name": "acc-9", "number": 9 }),
            json!({ "name": "acc-9" }),
        ),
        here(
            customer,
            "/api/v1/codes",
            json!({ "instance": "i-7" }),
            json!({ "instance": "i-7", "count": 2 }),
        ),
        here(
            customer,
            "/api/v1/codes/bind",
            json!({ "instance": "i-7", "code": spare }),
            json!({ "instance": "i-8", "code": spare }),
        ),
        here(
            operator,
            "/api/v1/codes/imports",
            json!({ "instance": "site-1" }),
            json!({ "instance": "i-7" }),
        ),
        here(operator, "/api/v1/codes/premade", json!({ "count": 1 }), json!({ "count": 2 })),
        json(
            customer,
            "/api/v1/codes/{id}/grant",
            &grant,
            json!({ "account": "acc-8" }),
            json!({ "account": "acc-7" }),
        ),
        json(
            operator,
            "/api/v1/codes/{id}/release",
            &release,
            json!({ "reason": "wrong instance" }),
            json!({ "reason": "other" }),
        ),
        json(operator, "/api/v1/imports/{id}/apply", &apply, json!({}), json!({ "allow_gone": true })),
        here(&session, "/api/v1/keys", label("one"), label("two")),
        Twice {
            pattern: "/api/v1/rulebook",
            path: "/api/v1/rulebook".to_owned(),
            token: operator.to_owned(),
            body: Body::Toml(longer()),
            other: ("/api/v1/rulebook".to_owned(), Body::Toml(longer() + "\n# other\n")),
        },
        here(
            operator,
            "/api/v1/users",
            json!({ "name": "zhao", "roles": ["auditor"] }),
            json!({ "name": "qian", "roles": ["auditor"] }),
        ),
        json(operator, "/api/v1/users/{name}/keys", "/api/v1/users/wang/keys", label("one"), label("two")),
        Twice {
            pattern: "/api/v1/users/{name}/password-reset",
            path: reset("wang"),
            token: operator.to_owned(),
            body: Body::None,
            other: (reset("li.na"), Body::None),
        },
        Twice {
            pattern: "/api/v1/users/{name}/second-factor-reset",
            path: reset_factor("sun"),
            token: operator.to_owned(),
            body: Body::None,
            other: (reset_factor("li.na"), Body::None),
        },
        here(
            customer,
            "/api/v1/verifications",
            verified,
            json!({ "product": "ecs", "code": codes[0]["code"] }),
        ),
    ]
}

/// The answer as it is told again: without what is told once.
fn without_secrets(called: &Called) -> Value {
    if called.bytes.is_empty() {
        return Value::Null;
    }
    let mut body = called.body();
    for secret in ["secret", "one_time_password"] {
        if let Some(told) = body.get_mut(secret) {
            *told = Value::Null;
        }
    }
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_that_changes_something_is_done_once_under_its_key() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        for (nth, Twice { pattern, path, token, body, other }) in all(&given).await.iter().enumerate() {
            let key = format!("again-{nth}");
            let first = sent(&given, path, token, &key, body).await;
            assert!(first.status.is_success(), "{engine:?} {pattern}: {first:?}");
            assert_eq!(first.header("idempotent-replayed"), None, "{engine:?} {pattern}");
            let again = sent(&given, path, token, &key, body).await;
            assert_eq!(again.header("idempotent-replayed"), Some("true"), "{engine:?} {pattern} {again:?}");
            assert_eq!(again.status, first.status, "{engine:?} {pattern}");
            assert_eq!(without_secrets(&again), without_secrets(&first), "{engine:?} {pattern}");
            let used = sent(&given, &other.0, token, &key, &other.1).await;
            let kind = used.body()["type"].clone();
            assert_eq!(
                (used.status.as_u16(), kind),
                (422, json!("/problems/idempotency-key-used")),
                "{engine:?} {pattern}"
            );
        }
    }
}

#[tokio::test]
async fn the_document_says_of_every_post_what_becomes_of_its_key() {
    let given = Given::on(Engine::Sqlite).await;
    let tried: BTreeSet<_> = all(&given).await.iter().map(|twice| twice.pattern.to_owned()).collect();
    let whole = serde_json::to_value(document()).unwrap();
    let (mut kept, mut not_kept) = (BTreeSet::new(), BTreeSet::new());
    for (path, item) in operations(&whole).filter(|(_, item)| item["post"].is_object()) {
        let parameters = item["post"]["parameters"].as_array().unwrap();
        let key = parameters.iter().find(|parameter| parameter["name"] == "Idempotency-Key");
        let said = key.unwrap_or_else(|| panic!("{path} says nothing of a key"))["description"].as_str();
        let group = if said.unwrap().contains("not kept:") { &mut not_kept } else { &mut kept };
        group.insert(path.clone());
    }
    assert_eq!(kept, tried);
    assert_eq!(not_kept, NOT_KEPT.map(str::to_owned).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rulebook_that_is_looked_at_keeps_no_key() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let propose = |query: &'static str, text: String| {
            let call = given.post(&format!("{RULEBOOK}{query}")).token(given.key(Role::Operator)).key("k");
            call.bytes("application/toml", text.into_bytes()).sent()
        };
        let looked = propose("?dry_run=true", longer()).await;
        assert_eq!(looked.body()["added"][0]["id"], "2020-12-01", "{engine:?}");
        let done = propose("", longer()).await;
        assert_eq!((done.status.as_u16(), done.header("idempotent-replayed")), (201, None), "{engine:?}");
        let again = propose("", longer()).await;
        assert_eq!(
            (again.header("idempotent-replayed"), again.body()),
            (Some("true"), done.body()),
            "{engine:?}"
        );
    }
}
