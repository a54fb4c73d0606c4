//! Instances over the API: listed with their decisions, as of a day, decided without storing, imported with a report first.

use crate::{Called, Given, given::server};
use app::{Actor, Operator, access::Role, instances::PlanImport};
use jiff::SignedDuration;
use rulebook::Facts;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

fn ids(page: &Called) -> Vec<String> {
    let items = page.body()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_sees_of_an_instance_is_in_the_access_log_and_what_its_buyer_sees_is_not() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        for address in ["/api/v1/instances/i-7", "/api/v1/instances/i-7/decision"] {
            given.get(address).token(given.key(Role::Customer)).sent().await;
            given.get(address).token(given.key(Role::Support)).sent().await;
        }
        let log = given.get("/api/v1/access-log").token(given.key(Role::Auditor)).sent().await;
        let log = log.body();
        let lines = log["items"].as_array().unwrap();
        let told: Vec<_> =
            lines.iter().map(|line| json!([line["what"], line["instance"], line["account"]])).collect();
        assert_eq!(told, vec![json!(["instance", "i-7", "acc-7"]); 2], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_sees_his_instances_and_staff_those_of_all() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        given
            .desk
            .record_instance(Facts { public_bandwidth_mbps: Some(0), ..server("i-70", "acc-7") })
            .await
            .unwrap();
        let list =
            |role, query: &str| given.get(&format!("/api/v1/instances{query}")).token(given.key(role)).sent();
        assert_eq!(ids(&list(Role::Customer, "").await), ["i-7", "i-70"], "{engine:?}");
        assert_eq!(ids(&list(Role::Support, "").await), ["i-7", "i-70", "i-8"], "{engine:?}");
        assert_eq!(
            ids(&list(Role::Support, "?verdict=ineligible&product=ecs").await),
            ["i-70"],
            "{engine:?}"
        );
        assert_eq!(ids(&list(Role::Support, "?prefix=i-8").await), ["i-8"], "{engine:?}");
        let first = list(Role::Support, "?limit=1&prefix=i-7").await;
        let next =
            first.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
        let second = given.get(&next).token(given.key(Role::Support)).sent().await;
        assert_eq!([ids(&first), ids(&second)].concat(), ["i-7", "i-70"], "{engine:?}");
        for query in ["?verdict=good", "?limit=0", "?limit=101", "?limit=x", "?colour=red", "?gone=maybe"] {
            assert_eq!(list(Role::Support, query).await.status, 400, "{engine:?} {query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_decided_as_of_a_day_from_what_was_known_then() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.clock.pass(SignedDuration::from_hours(48));
        given
            .desk
            .record_instance(Facts { public_bandwidth_mbps: Some(0), ..server("i-7", "acc-7") })
            .await
            .unwrap();
        let ask = |path: &str| given.get(path).token(given.key(Role::Customer)).sent();
        let now = ask("/api/v1/instances/i-7").await.body();
        assert_eq!(now["decision"]["findings"][0]["code"], "no-public-bandwidth", "{engine:?}");
        let then = ask("/api/v1/instances/i-7/decision?at=2020-11-02T09:00:00%2B08:00").await.body();
        assert_eq!(
            (&then["decision"]["verdict"], &then["facts"]["public_bandwidth_mbps"]),
            (&json!("eligible"), &json!(5))
        );
        let of_day = ask("/api/v1/instances/i-7/decision?at=2020-11-02").await.body();
        assert_eq!(of_day["decision"]["at"], "2020-11-02T00:00:00+08:00", "{engine:?}");
        let earlier =
            ask("/api/v1/instances/i-7/decision?at=2020-11-02T09:00:00%2B08:00&edition=2019-05-09").await;
        assert_eq!(earlier.body()["decision"]["edition"], "2019-05-09", "{engine:?}");
        assert_eq!(
            ask("/api/v1/instances/i-7/decision?at=2020-10-01T00:00:00Z").await.status,
            404,
            "{engine:?}"
        );
        assert_eq!(ask("/api/v1/instances/i-7/decision?edition=none").await.status, 409, "{engine:?}");
        assert_eq!(ask("/api/v1/instances/i-7/decision?at=yesterday").await.status, 400, "{engine:?}");
    }
}

#[tokio::test]
async fn facts_and_lists_are_decided_for_anybody_and_nothing_is_stored() {
    let given = Given::on(Engine::Sqlite).await;
    let size = given.desk.ledger_size().await.unwrap();
    let facts = json!({ "facts": [{ "id": "x", "product": "swas" }, { "id": "y", "product": "none" }] });
    let told = given.post("/api/v1/decisions").english().json(&facts).sent().await.body();
    assert_eq!(told["decisions"][0]["verdict"], "undetermined");
    assert_eq!(told["decisions"][1]["findings"][0]["code"], "product-not-fileable");
    let of_day = given.post("/api/v1/decisions?at=2019-06-01").json(&facts).sent().await.body();
    assert_eq!(
        (&of_day["decisions"][0]["edition"], &of_day["decisions"][0]["at"]),
        (&json!("2019-05-09"), &json!("2019-06-01T00:00:00+08:00"))
    );
    let csv = "id,product,billing\nx,ecs,subscription\ny,ecs,gratis\n";
    let list =
        given.post("/api/v1/decisions?account=acc-7").bytes("text/csv", csv.as_bytes().to_vec()).sent().await;
    let told = list.body();
    assert_eq!(
        (told["decisions"].as_array().map(Vec::len), &told["rejected"][0]["line"]),
        (Some(1), &json!(3)),
        "{told}"
    );
    let many: Vec<_> = (0..1001).map(|nth| json!({ "id": format!("i-{nth}"), "product": "ecs" })).collect();
    let lines: Vec<_> = many.iter().map(Value::to_string).collect();
    let too_many = [
        given.post("/api/v1/decisions").json(&json!({ "facts": many })),
        given.post("/api/v1/decisions").bytes("application/jsonl", lines.join("\n").into_bytes()),
    ];
    for call in too_many {
        assert_eq!(call.sent().await.errors(), ["too-many-records"]);
    }
    let large = given.post("/api/v1/decisions").bytes("text/csv", vec![b' '; (1 << 20) + 1]).sent().await;
    assert_eq!((large.status.as_u16(), &large.body()["type"]), (413, &json!("/problems/too-large")));
    let bad = json!({ "facts": [{ "id": "x", "product": "ecs", "colour": "red" }] });
    assert_eq!(given.post("/api/v1/decisions").json(&bad).sent().await.status, 422);
    assert_eq!(given.post("/api/v1/decisions").bytes("text/csv", Vec::new()).sent().await.status, 422);
    assert_eq!(given.desk.ledger_size().await.unwrap(), size);
    assert_eq!(given.get("/api/v1/instances/x").token(given.key(Role::Support)).sent().await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_reported_before_it_is_applied() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let operator = given.key(Role::Operator);
        let list = concat!(
            "{\"id\":\"i-7\",\"product\":\"ecs\",\"account\":\"acc-7\",\"billing\":\"pay-as-you-go\"}\n",
            "{\"id\":\"i-9\",\"product\":\"ecs\",\"account\":\"acc-9\"}\n",
            "{\"id\":\"i-9\",\"product\":\"ecs\"}\n",
            "{\"id\":7}\n",
        );
        let put = given.call("PUT", "/api/v1/instances").token(operator);
        let report = put.bytes("application/jsonl", list.as_bytes().to_vec()).sent().await;
        let told = report.body();
        let counts =
            ["read", "new", "changed", "rejected", "applied"].map(|count| told[count].as_u64().unwrap());
        assert_eq!((counts, &told["state"]), ([4, 1, 1, 2, 0], &json!("staged")), "{engine:?} {told}");
        let id = told["id"].as_str().unwrap();
        assert_eq!(given.get("/api/v1/instances/i-9").token(operator).sent().await.status, 404, "{engine:?}");
        let lines = given
            .get(&format!("/api/v1/imports/{id}/lines?limit=1&of=rejected"))
            .token(operator)
            .sent()
            .await;
        assert_eq!(lines.body()["items"][0]["line"], 3, "{engine:?}");
        let next =
            lines.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
        assert_eq!(given.get(&next).token(operator).sent().await.body()["items"][0]["line"], 4, "{engine:?}");
        let second = given.call("PUT", "/api/v1/instances").token(operator);
        let second = second.bytes("application/jsonl", list.as_bytes().to_vec()).sent().await;
        let open = second.body();
        assert_eq!(open["type"], "/problems/import-open", "{engine:?}");
        assert!(open["errors"][0]["message"].as_str().unwrap().contains(id), "{engine:?} {open}");
        let apply =
            |id: &str| given.post(&format!("/api/v1/imports/{id}/apply")).token(operator).json(&json!({}));
        assert_eq!(apply(id).sent().await.body()["state"], "done", "{engine:?}");
        assert_eq!(apply(id).sent().await.body()["applied"], 2, "{engine:?}: once more changes nothing");
        let found = given.get("/api/v1/instances/i-9").token(operator).sent().await.body();
        assert_eq!(found["facts"]["account"], "acc-9", "{engine:?}");
        let abandoned = given.call("DELETE", &format!("/api/v1/imports/{id}")).token(operator).sent().await;
        assert_eq!(abandoned.status, 409, "{engine:?}");
        assert_eq!(apply("none").sent().await.status, 404, "{engine:?}");
    }
}

#[tokio::test]
async fn a_complete_list_that_would_empty_the_desk_needs_consent() {
    let given = Given::on(Engine::Sqlite).await;
    let operator = given.key(Role::Operator);
    let put = given.call("PUT", "/api/v1/instances?complete=true").token(operator);
    let list = b"{\"id\":\"i-9\",\"product\":\"ecs\"}\n".to_vec();
    let told = put.bytes("application/jsonl", list).sent().await.body();
    assert_eq!((&told["gone"], &told["needs_consent"]), (&json!(1), &json!(true)));
    let path = format!("/api/v1/imports/{}/apply", told["id"].as_str().unwrap());
    let apply = |body: Value| given.post(&path).token(operator).json(&body).sent();
    let refused = apply(json!({})).await;
    assert_eq!(refused.body()["type"], "/problems/consent-needed");
    assert_eq!(apply(json!({ "allow_gone": true })).await.body()["state"], "done");
}

/// What becomes of an import that is being read, once it no longer is.
async fn read_to_its_end(given: &Given, address: &str) -> Value {
    loop {
        let told = given.get(address).token(given.key(Role::Operator)).sent().await.body();
        if told["state"] != "staging" {
            return told;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_nobody_waits_for_is_read_behind_the_answer() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let put = || {
            let put = given.call("PUT", "/api/v1/instances").token(given.key(Role::Operator));
            put.header("prefer", "respond-async")
        };
        let list = (0..2000).map(|nth| format!("i-{nth},ecs,acc-{nth}\n")).collect::<Vec<_>>().concat();
        let list = format!("id,product,account\n{list}").into_bytes();
        let begun = put().bytes("text/csv", list).sent().await;
        let told = begun.body();
        assert_eq!(begun.status, 202, "{engine:?} {told}");
        let address = begun.header("location").unwrap();
        assert_eq!(address, format!("/api/v1/imports/{}", told["id"].as_str().unwrap()), "{engine:?}");
        let read = read_to_its_end(&given, address).await;
        assert_eq!((&read["state"], &read["read"]), (&json!("staged"), &json!(2000)), "{engine:?} {read}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_comes_while_another_is_read_is_told_to_wait() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let by = Actor::Staff(Operator::parse("wei").unwrap());
        let plan = PlanImport { actor: by, owner: None, complete: false };
        let reading = given.desk.begin_import(plan).await.unwrap();
        let put = given.call("PUT", "/api/v1/instances").token(given.key(Role::Operator));
        let other = put.bytes("text/csv", b"id,product\ni-9,ecs\n".to_vec()).sent().await.body();
        assert_eq!(other["type"], "/problems/import-open", "{engine:?}");
        let wait = &other["errors"][0];
        assert_eq!(wait["code"], "staging", "{engine:?} {wait}");
        assert!(wait["suggestion"].as_str().unwrap().starts_with("请稍候再试。"), "{engine:?} {wait}");
        given.desk.abandon_import(reading.id()).await.unwrap();
    }
}

#[tokio::test]
async fn a_list_that_could_not_be_read_behind_the_answer_is_in_nobodys_way() {
    let given = Given::on(Engine::Sqlite).await;
    let put = || given.call("PUT", "/api/v1/instances").token(given.key(Role::Operator));
    let none = put().header("prefer", "respond-async").bytes("text/csv", Vec::new()).sent().await;
    let read = read_to_its_end(&given, none.header("location").unwrap()).await;
    assert_eq!(read["state"], "abandoned");
    let next = put().bytes("text/csv", b"id,product\ni-9,ecs\n".to_vec()).sent().await;
    assert_eq!((next.status.as_u16(), &next.body()["state"]), (200, &json!("staged")));
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_listed_newest_first_a_page_at_a_time() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let operator = given.key(Role::Operator);
        let mut made = Vec::new();
        for _ in 0..3 {
            let put = given.call("PUT", "/api/v1/instances").token(operator);
            let told = put.bytes("text/csv", b"id,product\ni-9,ecs\n".to_vec()).sent().await.body();
            let id = told["id"].as_str().unwrap().to_owned();
            given.call("DELETE", &format!("/api/v1/imports/{id}")).token(operator).sent().await;
            made.insert(0, id);
            given.clock.pass(SignedDuration::from_secs(1));
        }
        let first = given.get("/api/v1/imports?limit=2").token(operator).sent().await;
        let next =
            first.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
        let second = given.get(&next).token(operator).sent().await;
        assert_eq!([ids(&first).len(), ids(&second).len()], [2, 1], "{engine:?}");
        assert_eq!([ids(&first), ids(&second)].concat(), made, "{engine:?}");
        assert!(second.body()["next"].is_null() && second.header("link").is_none(), "{engine:?}");
        assert_eq!(first.body()["items"][0]["state"], "abandoned", "{engine:?}");
        assert_eq!(given.get("/api/v1/imports?cursor=x").token(operator).sent().await.status, 400);
    }
}
