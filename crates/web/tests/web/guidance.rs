//! The rules for anybody: where to file, what an edition asks, what changed.

use crate::Given;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

fn step<'v>(told: &'v Value, word: &str) -> &'v Value {
    let steps = told["situations"].as_array().unwrap();
    steps.iter().find(|step| step["situation"] == word).unwrap_or_else(|| panic!("{word}: {told:#}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_is_told_where_to_file_in_both_languages() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let zh = given.get("/api/v1/guidance").sent().await.body();
        let en = given.get("/api/v1/guidance").english().sent().await.body();
        assert_eq!(
            zh["edition"],
            json!({ "id": "2020-10-16", "effective": "2020-10-16", "estimated": false })
        );
        assert_eq!(step(&zh, "no-server")["question"], "还没有服务器？", "{engine:?}");
        assert_eq!(step(&en, "no-server")["products"][0]["name"], "Elastic Compute Service", "{engine:?}");
        let words = |told: &Value| -> Vec<Value> {
            told["situations"].as_array().unwrap().iter().map(|step| step["situation"].clone()).collect()
        };
        assert_eq!(words(&zh), words(&en), "{engine:?}");
        for word in ["eligible", "other-provider", "outside-mainland", "host-password", "filed-elsewhere"] {
            assert!(words(&zh).contains(&json!(word)), "{engine:?} {word}");
        }
        let per_account = &step(&zh, "account-quota-used-up")["products"];
        assert_eq!(
            per_account,
            &json!([{ "product": "elastic-web", "name": "弹性 Web 托管" }]),
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn an_edition_is_chosen_by_its_id_or_by_a_day() {
    let given = Given::on(Engine::Sqlite).await;
    for (query, edition) in [
        ("?edition=2019-05-09", "2019-05-09"),
        ("?at=2019-06-01", "2019-05-09"),
        ("?at=2020-10-15T16:00:00Z", "2020-10-16"),
        ("?at=2020-10-15T23:59:59%2B08:00", "2020-01-01"),
        ("?edition=2018-05-21&at=2020-11-01", "2018-05-21"),
    ] {
        for path in ["guidance", "rules"] {
            let told = given.get(&format!("/api/v1/{path}{query}")).sent().await.body();
            assert_eq!(told["edition"]["id"], edition, "{path}{query}");
        }
    }
    for (query, status, kind) in [
        ("?edition=2099", 409, "no-edition"),
        ("?at=2018-01-01", 409, "no-edition"),
        ("?at=yesterday", 400, "unreadable"),
    ] {
        for path in ["guidance", "rules"] {
            let told = given.get(&format!("/api/v1/{path}{query}")).sent().await;
            let expected = (status, json!(format!("/problems/{kind}")));
            assert_eq!((told.status.as_u16(), told.body()["type"].clone()), expected, "{path}{query}");
        }
    }
}

#[tokio::test]
async fn the_rules_name_conditions_sources_and_what_is_assumed() {
    let given = Given::on(Engine::Sqlite).await;
    let rules = given.get("/api/v1/rules").english().sent().await.body();
    let product = |id: &str| {
        let all = rules["products"].as_array().unwrap().iter();
        all.clone().find(|row| row["product"] == id).unwrap().clone()
    };
    assert_eq!(rules["editions"].as_array().unwrap().len(), 4);
    assert_eq!(product("ecs")["name"], "Elastic Compute Service");
    let package = product("iot-package");
    let quota = package["conditions"].as_array().unwrap().iter();
    let quota = quota.clone().find(|it| it["finding"] == "quota-exhausted").unwrap();
    assert_eq!(quota["assumed"], true);
    assert!(product("shop")["where"].as_str().is_some() && product("ecs")["where"].is_null());
    assert!(product("premium-hosting")["credentials_from"].as_str().unwrap().contains("95187"));
    let documents = rules["documents"].as_array().unwrap();
    for source in product("ecs")["sources"].as_array().unwrap() {
        assert!(documents.iter().any(|document| document["id"] == *source), "{source}");
    }
}

#[tokio::test]
async fn a_difference_is_told_in_words_both_ways() {
    let given = Given::on(Engine::Sqlite).await;
    let told =
        |from: &str, to: &str| given.get(&format!("/api/v1/rules/difference?from={from}&to={to}")).sent();
    let there = told("2019-05-09", "2020-01-01").await.body();
    let text = there["changes"].to_string();
    assert!(text.contains("由“每个实例 5 个备案服务号”改为“每个账号合计 5 个备案服务号”"), "{text}");
    let back = told("2020-01-01", "2019-05-09").await.body();
    assert!(
        back["changes"].to_string().contains("由“每个账号合计 5 个备案服务号”改为“每个实例 5 个备案服务号”")
    );
    assert_eq!(told("2020-01-01", "2020-01-01").await.body()["changes"], json!([]));
    assert_eq!(told("2020-01-01", "none").await.status, 409);
    assert_eq!(given.get("/api/v1/rules/difference?from=2020-01-01").sent().await.status, 400);
}
