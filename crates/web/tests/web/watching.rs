//! What threatens filing numbers, over HTTP: what comes next unless somebody acts, and what operators record about it.

use crate::{
    Given,
    numbers::at,
    two_people::{SUBJECT, WEBSITE},
};
use app::{
    access::Role,
    watch::{Asking, Outside, Reading},
};
use serde_json::{Value, json};
use std::net::IpAddr;
use testbed::{ENGINES, Engine};

/// Nothing is outside.
struct Nothing;

impl Outside for Nothing {
    fn domain<'a>(&'a self, _: &'a [String]) -> Asking<'a> {
        Box::pin(async { Vec::new() })
    }

    fn is_own(&self, _: IpAddr) -> bool {
        false
    }

    fn page<'a>(&'a self, _: &'a str, _: &'a [String]) -> Reading<'a> {
        Box::pin(async { None })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_that_another_provider_hosts_his_website_and_is_no_longer_warned() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let says = async |role: Role, hosted: Value| {
            given.put(given.key(role), &at(WEBSITE, "/elsewhere"), &json!({ "hosted": hosted })).await
        };
        let here = says(Role::Customer, json!(true)).await;
        assert_eq!(
            (here.status.as_u16(), here.errors()),
            (409, vec!["illegal-event".to_owned()]),
            "{engine:?}"
        );
        let drop = json!({ "reason": "by-owner" });
        let path = at(WEBSITE, "/drop-access");
        assert_eq!(given.change(Role::Operator, "POST", &path, "d", drop).await.status, 200, "{engine:?}");
        assert_eq!(says(Role::Reviewer, json!(true)).await.status, 403, "{engine:?}");
        assert_eq!(says(Role::Customer, json!("yes")).await.status, 422, "{engine:?}");
        let said = says(Role::Customer, json!(true)).await;
        assert_eq!((said.status.as_u16(), said.body()["hosted"].clone()), (200, json!(true)), "{engine:?}");
        let told = given.number(Role::Customer, WEBSITE).await.body();
        assert_eq!(told["risks"], json!([]), "{engine:?}");
        assert_eq!(
            told["history"][2]["event"],
            json!({ "word": "host-elsewhere", "label": "改由其他服务商接入" })
        );
        let again = says(Role::Operator, json!(true)).await;
        assert_eq!(again.errors(), ["recorded-so-already"], "{engine:?}");
        assert_eq!(says(Role::Operator, json!(false)).await.status, 200, "{engine:?}");
        let told = given.number(Role::Customer, WEBSITE).await.body();
        assert_eq!(told["risks"][0]["word"], "hosted-nowhere", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_answers_for_a_number_what_will_happen_next_unless_someone_acts() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let untrue = json!({ "what": "主体负责人的电话打不通。", "mend_by": "2020-11-15" });
        let recorded =
            given.change(Role::Operator, "POST", &at(WEBSITE, "/untrue"), "u", untrue.clone()).await;
        assert_eq!((recorded.status.as_u16(), &recorded.body()["mend_by"]), (200, &json!("2020-11-15")));
        let twice = given.change(Role::Operator, "POST", &at(WEBSITE, "/untrue"), "v", untrue).await;
        assert_eq!((twice.status.as_u16(), twice.errors()), (409, vec!["to-mend-already".to_owned()]));
        let domain = json!({ "expires_on": "2020-11-20" });
        let put = async |path: &str| {
            given.change(Role::Operator, "PUT", &at(WEBSITE, path), "d", domain.clone()).await.status.as_u16()
        };
        assert_eq!((put("/domains/www.EXAMPLE1.com").await, put("/domains/example2.com").await), (200, 404));
        let own = given.seen(Role::Customer, &at(WEBSITE, "")).await.body();
        let words: Vec<_> =
            own["risks"].as_array().unwrap().iter().map(|risk| risk["word"].as_str().unwrap()).collect();
        assert_eq!(words, ["information-untrue", "domain-ending"], "{engine:?}");
        assert_eq!(own["risks"][0]["weight"], "warning", "{engine:?}");
        let next =
            json!({ "word": "access-may-be-dropped", "label": "服务商可以取消接入", "day": "2020-11-16" });
        assert_eq!(own["risks"][0]["next"], next, "{engine:?}");
        assert_eq!(own["untrue"][0]["what"], "主体负责人的电话打不通。", "{engine:?}");
        let clear = at(WEBSITE, "/in-clear?purpose=authority");
        let in_clear = given.seen(Role::Operator, &clear).await.body();
        for told in ["what", "mend_by", "recorded_at", "entry", "owner_warned"] {
            assert_eq!(in_clear["untrue"][0][told], own["untrue"][0][told], "{engine:?} {told}");
        }
        let named = |body: &serde_json::Value| body["untrue"][0]["by"]["name"].clone();
        assert_eq!([named(&own), named(&in_clear)], [json!(null), json!("staff:operator")], "{engine:?}");
        assert_eq!(given.seen(Role::Support, &clear).await.status, 403, "{engine:?}");
        let staff = given.seen(Role::Support, &at(WEBSITE, "")).await.body();
        assert_eq!(
            (&staff["untrue"][0]["what"], &staff["untrue"][0]["mend_by"]),
            (&json!(null), &json!("2020-11-15")),
            "{engine:?}"
        );
        assert_eq!(given.seen(Role::Customer, &at(SUBJECT, "")).await.body()["risks"], json!([]));
        while given.desk.watch_numbers(&Nothing).await.unwrap().next.is_none() {}
        let list = given.seen(Role::Operator, "/api/v1/numbers/at-risk?limit=1").await;
        let first = list.body();
        let item = &first["items"][0];
        assert_eq!((&item["word"], &item["number"]), (&json!("information-untrue"), &json!(WEBSITE)));
        assert!(item["told_at"].is_string() && item["account"] == "acc-7", "{engine:?} {item}");
        let next = format!("/api/v1/numbers/at-risk?limit=1&cursor={}", first["next"].as_str().unwrap());
        let second = given.seen(Role::Operator, &next).await.body();
        assert_eq!((&second["items"][0]["word"], &second["next"]), (&json!("domain-ending"), &json!(null)));
        let one_kind = given.seen(Role::Auditor, "/api/v1/numbers/at-risk?risk=domain-ending").await.body();
        assert_eq!(one_kind["items"].as_array().unwrap().len(), 1, "{engine:?}");
        let mended = async |key| {
            given
                .change(Role::Operator, "POST", &at(WEBSITE, "/mended"), key, Value::Null)
                .await
                .status
                .as_u16()
        };
        assert_eq!((mended("m").await, mended("n").await), (200, 409), "{engine:?}");
        let after = given.seen(Role::Customer, &at(WEBSITE, "")).await.body();
        let ended = &after["untrue"][0]["ended"];
        assert_eq!(ended["how"], json!({ "word": "mended", "label": "已改正" }), "{engine:?}");
        assert!(ended["at"].is_string() && ended["entry"].is_string(), "{engine:?} {ended}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_until_when_his_own_domain_is_registered() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let path = at(WEBSITE, "/domains/example1.com");
        let says = async |day: &str| {
            let body = json!({ "expires_on": day });
            given.change(Role::Customer, "PUT", &path, "d", body).await
        };
        let far = says("2120-01-01").await;
        assert_eq!((far.status.as_u16(), far.errors()), (422, vec!["no-such-term".to_owned()]), "{engine:?}");
        assert_eq!(far.body()["errors"][0]["message"], "域名到期日应在 2019-11-01 至 2040-11-01 之间。");
        assert_eq!(says("2020-11-20").await.status, 200, "{engine:?}");
        let own = given.seen(Role::Customer, &at(WEBSITE, "")).await.body();
        let term = &own["domain_terms"][0];
        assert_eq!((&term["domain"], &term["expires_on"]), (&json!("example1.com"), &json!("2020-11-20")));
        assert_eq!(term["by"], json!({ "word": "account", "label": "账号", "name": null }));
        assert_eq!(own["risks"][0]["word"], "domain-ending", "{engine:?}");
        let li = given.customer("acc-8", 8).await;
        let other = given.user("li", Role::Customer, Some(li.name())).await;
        let body = json!({ "expires_on": "2020-11-20" });
        let refused = given.call("PUT", &path).token(&other).json(&body).sent().await;
        assert_eq!(refused.status, 404, "{engine:?}");
        let support = given.call("PUT", &path).token(given.key(Role::Support)).json(&body).sent().await;
        assert_eq!(support.status, 403, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recorded_or_listed_is_told() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let untrue = async |number: &str, body| {
        let told = given.change(Role::Operator, "POST", &at(number, "/untrue"), "u", body).await;
        (told.status.as_u16(), told.errors())
    };
    let passed = json!({ "what": "电话打不通", "mend_by": "2020-10-31" });
    assert_eq!(untrue(WEBSITE, passed.clone()).await, (422, vec!["day-passed".to_owned()]));
    let nothing = json!({ "what": "  ", "mend_by": "2020-11-30" });
    assert_eq!(untrue(WEBSITE, nothing).await, (422, vec!["untrue-length".to_owned()]));
    let no_day = json!({ "what": "电话打不通", "mend_by": "2020-11-31" });
    assert_eq!(untrue(WEBSITE, no_day).await.0, 422);
    let later = json!({ "what": "电话打不通", "mend_by": "2020-11-30" });
    assert_eq!(untrue("粤ICP备87654321号", later).await.0, 404);
    let cursor = given.seen(Role::Operator, "/api/v1/numbers/at-risk?cursor=x").await;
    assert_eq!(cursor.status, 400);
    let kind = given.seen(Role::Operator, "/api/v1/numbers/at-risk?risk=nothing").await;
    assert_eq!(kind.status, 400);
    assert_eq!(given.seen(Role::Customer, "/api/v1/numbers/at-risk").await.status, 403);
}
