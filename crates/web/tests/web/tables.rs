//! The code tables, the regions and the usual remarks, as whoever writes a client reads them.

use crate::Given;
use app::access::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testbed::Engine;

fn names<'a>(body: &'a Value, key: &str) -> Vec<&'a str> {
    body["items"].as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_field_that_takes_a_number_is_named_at_the_table_that_has_it_with_names_in_both_languages() {
    let given = Given::on(Engine::Sqlite).await;
    let all = given.seen(Role::Customer, "/api/v1/tables").await.body();
    let fields: BTreeSet<_> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|table| table["fields"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()))
        .collect();
    let wanted = [
        "materials[].purpose",
        "subject.certificate.kind",
        "subject.nature",
        "subject.person.certificate.kind",
        "websites[].access_methods",
        "websites[].languages",
        "websites[].person.certificate.kind",
        "websites[].pre_approvals[].kind",
        "websites[].services",
    ];
    assert!(fields.iter().copied().eq(wanted), "{fields:?}");
    for name in names(&all, "name") {
        let table = given.seen(Role::Customer, &format!("/api/v1/tables/{name}")).await.body();
        let rows = table["items"].as_array().unwrap();
        let ids: BTreeSet<_> = rows.iter().map(|row| row["id"].as_u64().unwrap()).collect();
        assert!(ids.len() == rows.len() && !rows.is_empty(), "{name}");
        assert!(rows.iter().all(|row| row["zh"] != "" && row["en"] != ""), "{name}");
    }
    let english = given.get("/api/v1/tables/natures").token(given.key(Role::Customer)).english();
    assert_eq!(english.sent().await.body()["title"], "Natures of subjects");
    let none = given.seen(Role::Customer, "/api/v1/tables/none").await;
    assert_eq!((none.status.as_u16(), none.body()["type"].clone()), (404, json!("/problems/not-found")));
}

#[tokio::test]
async fn natures_and_kinds_of_certificates_name_each_other() {
    let given = Given::on(Engine::Sqlite).await;
    let natures = given.seen(Role::Customer, "/api/v1/tables/natures").await.body();
    let kinds = given.seen(Role::Customer, "/api/v1/tables/certificates").await.body();
    let person = natures["items"].as_array().unwrap().iter().find(|row| row["id"] == 5).unwrap();
    assert_eq!(person["certificates"], json!([2, 7, 8, 11, 14, 30, 41, 42]));
    for kind in kinds["items"].as_array().unwrap() {
        let nature = natures["items"].as_array().unwrap().iter().find(|row| row["id"] == kind["nature"]);
        let takes = &nature.unwrap()["certificates"];
        assert!(takes.as_array().unwrap().contains(&kind["id"]), "{kind}");
        assert_eq!(kind["personal"], json!(kind["nature"] == 5), "{kind}");
        assert_eq!((&kind["certificates"], &kind["of_website"]), (&Value::Null, &Value::Null), "{kind}");
    }
    let purposes = given.seen(Role::Customer, "/api/v1/tables/purposes").await.body();
    let of_website: Vec<_> =
        purposes["items"].as_array().unwrap().iter().map(|row| &row["of_website"]).collect();
    // The last five are what only reviewers look at.
    let expected = [true, false, false, true, true, false, false, true, false, true];
    assert_eq!(of_website, expected);
}

#[tokio::test]
async fn regions_are_asked_for_one_below_the_other_down_to_what_a_subject_takes() {
    let given = Given::on(Engine::Sqlite).await;
    let below = async |digits: &str| {
        given.seen(Role::Customer, &format!("/api/v1/regions?below={digits}")).await.body()
    };
    let provinces = given.seen(Role::Customer, "/api/v1/regions").await.body();
    assert_eq!(provinces["above"], Value::Null);
    assert!(names(&provinces, "code").contains(&"330000"));
    let cities = below("330000").await;
    assert_eq!(
        cities["items"][0],
        json!({ "code": "330100", "name": "杭州市", "level": "city", "taken": false })
    );
    let counties = below("330100").await;
    let lake = json!({ "code": "330106", "name": "西湖区", "level": "county", "taken": true });
    assert!(counties["items"].as_array().unwrap().contains(&lake), "{counties:#}");
    let lowest = below("330106").await;
    assert_eq!((&lowest["above"], &lowest["items"]), (&lake, &json!([])));
    // A city without counties, and a province whose counties stand right below it.
    let dongguan = below("441900").await;
    assert_eq!((&dongguan["above"]["taken"], &dongguan["items"]), (&json!(true), &json!([])));
    // No region, one of earlier years, and no digits.
    for digits in ["999999", "110103", "33010", "%E6%B5%99"] {
        let none = given.seen(Role::Customer, &format!("/api/v1/regions?below={digits}")).await;
        assert_eq!(none.status, 404, "{digits}");
    }
    let largest = given.seen(Role::Customer, "/api/v1/regions?below=130000").await;
    assert!(largest.bytes.len() < 20_000, "{}", largest.bytes.len());
}

#[tokio::test]
async fn reviewers_choose_a_usual_remark_that_fits_the_field_and_nobody_else_reads_them() {
    let given = Given::on(Engine::Sqlite).await;
    let all = given.seen(Role::Reviewer, "/api/v1/review/remarks").await.body();
    let words = names(&all, "word");
    assert!(words.contains(&"picture-blurred") && words.contains(&"address-vague"), "{words:?}");
    let of_address = given.seen(Role::Reviewer, "/api/v1/review/remarks?field=subject.address").await.body();
    assert_eq!(names(&of_address, "word"), ["address-vague", "address-mismatch", "address-region"]);
    let address = json!(["subject.certificate_address", "subject.region", "subject.address"]);
    assert_eq!(of_address["items"][0]["fields"], address);
    let english = given.get("/api/v1/review/remarks?field=subject.address").token(given.key(Role::Reviewer));
    let english = english.english().sent().await.body();
    assert_eq!(english["items"][0]["problem"], "The postal address does not go down to the door.");
    let of_list = given.seen(Role::Reviewer, "/api/v1/review/remarks?field=materials%5B1%5D").await.body();
    assert!(names(&of_list, "word").contains(&"picture-wrong"));
    assert_eq!(given.seen(Role::Reviewer, "/api/v1/review/remarks?field=subject.none").await.status, 404);
    assert_eq!(given.seen(Role::Customer, "/api/v1/review/remarks").await.status, 403);
}

#[tokio::test]
async fn a_usual_remark_is_said_as_it_was_read() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    given.submitted(&lin, "k").await;
    given.claimed(&lin).await;
    let of_address = given.seen(Role::Reviewer, "/api/v1/review/remarks?field=subject.address").await.body();
    let usual = &of_address["items"][0];
    let said = json!({ "passes": false, "problem": usual["problem"], "suggestion": usual["suggestion"] });
    let reviewer = given.key(Role::Reviewer);
    assert_eq!(given.put(reviewer, &lin.review("/remarks/subject.address"), &said).await.status, 200);
    assert_eq!(
        given.seen(Role::Reviewer, &lin.review("")).await.body()["said"][0]["problem"],
        usual["problem"]
    );
}

#[tokio::test]
async fn a_copy_of_a_table_is_asked_for_again_and_not_sent_again() {
    let given = Given::on(Engine::Sqlite).await;
    for (role, path) in [
        (Role::Customer, "/api/v1/tables"),
        (Role::Customer, "/api/v1/tables/services"),
        (Role::Customer, "/api/v1/regions?below=330000"),
        (Role::Reviewer, "/api/v1/review/remarks"),
    ] {
        let first = given.seen(role, path).await;
        assert_eq!(first.header("cache-control"), Some("private, no-cache"), "{path}");
        let known = first.header("etag").unwrap();
        let again = given.get(path).token(given.key(role)).header("if-none-match", known).sent().await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
    }
}
