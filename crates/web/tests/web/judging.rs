//! An order is judged from what the API says of it alone: what is filled in, in words; the product behind each website; and by when.

use crate::{
    Given,
    given::server,
    orders::{ADDRESS, MOBILE, NAME},
};
use app::{Clock, access::Role};
use jiff::Timestamp;
use rulebook::Facts;
use serde_json::{Value, json};
use testbed::ENGINES;

/// What stands at a path of a form, in words, with what it is called.
fn words<'a>(body: &'a Value, path: &str) -> [&'a str; 2] {
    let items = body["in_words"].as_array().unwrap();
    let found = items.iter().find(|item| item["path"] == path);
    let found = found.unwrap_or_else(|| panic!("nothing at {path}: {body:#}"));
    ["label", "words"].map(|key| found[key].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_an_order_reads_every_number_of_a_table_by_its_name() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.sent_to_bureau(&lin).await;
        for (role, path) in [(Role::Reviewer, lin.review("")), (Role::Operator, lin.bureau(""))] {
            let looked = given.seen(role, &path).await.body();
            for (path, label, said) in [
                ("subject.nature", "主体的单位性质", "个人"),
                ("subject.certificate.kind", "主体的证件类型", "身份证"),
                ("subject.region", "主体的所在地区", "广东省深圳市南山区 440305"),
                ("websites[0].services", "第 1 个网站的服务内容", "博客/个人空间"),
                ("websites[0].pre_approvals[0].kind", "第 1 个网站的第 1 项前置审批的类型", "电子公告服务"),
                ("websites[0].languages", "第 1 个网站的语言", "中文简体"),
                ("websites[0].access_methods", "第 1 个网站的接入方式", "云接入"),
                ("websites[0].person.certificate.kind", "第 1 个网站的负责人的证件类型", "身份证"),
                ("materials[0].purpose", "第 1 张材料的用途", "网站备案信息真实性核验单"),
                ("materials[0].website", "第 1 张材料的所属网站", "第 1 个网站"),
                ("subject.person.mobile", "主体负责人的手机号码", MOBILE[1]),
            ] {
                assert_eq!(words(&looked, path), [label, said], "{engine:?} {role}");
            }
            let paths: Vec<_> =
                looked["in_words"].as_array().unwrap().iter().map(|item| &item["path"]).collect();
            assert!(!paths.contains(&&json!("subject.investor")), "{engine:?}: nothing is filled in there");
            let english = given.get(&path).token(given.key(role)).english().sent().await.body();
            assert_eq!(words(&english, "subject.nature"), ["Subject: nature", "Individual"], "{engine:?}");
        }
        let clear = format!("{}?purpose=review", lin.review("/in-clear"));
        let clear = given.seen(Role::Reviewer, &clear).await.body();
        assert_eq!(words(&clear, "subject.person.name"), ["主体负责人的姓名", NAME], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_an_order_reads_which_product_is_behind_each_website() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
        given.submitted(&lin, "k").await;
        let looked = given.seen(Role::Reviewer, &lin.review("")).await.body();
        let product = json!({
            "website": 0,
            "product": "ecs",
            "product_name": "云服务器 ECS",
            "instance": "i-7",
            "bought_by": "acc-7",
            "addresses": [ADDRESS],
            "verified_at": looked["backings"][0]["verified_at"],
            "expires_at": "2021-12-31T00:00:00+08:00",
            "gone_at": null,
        });
        assert_eq!(looked["backings"], json!([product]), "{engine:?}");
        let verified_at = looked["backings"][0]["verified_at"].as_str().unwrap();
        assert!(verified_at.starts_with("2020-11-01T09:00:00"), "{engine:?} {verified_at}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_that_rests_on_a_year_without_holidays_says_so_wherever_it_is_shown() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let end_of_the_table: Timestamp = "2026-12-31T02:00:00Z".parse().unwrap();
        given.clock.pass(end_of_the_table.duration_since(given.clock.now()));
        let facts = Facts {
            purchased_at: Some("2026-10-01T10:00:00+08:00".parse().unwrap()),
            expires_at: Some("2027-12-31T00:00:00+08:00".parse().unwrap()),
            ..server("i-7", "acc-7")
        };
        let lin = given.filled_on(given.key(Role::Customer), facts, 1).await;
        assert_eq!(given.submitted(&lin, "k").await.status, 200, "{engine:?}");
        let review =
            "正在等待初审，预计在 1 个工作日内完成。2027 年的放假安排尚未录入，截止日期暂时无法计算。";
        let queue = given.seen(Role::Reviewer, "/api/v1/review/orders").await.body();
        let looked = given.seen(Role::Reviewer, &lin.review("")).await.body();
        for shown in [&given.order(&lin).await, &queue["items"][0], &looked] {
            let term = ["until", "unknown_year", "message"].map(|key| &shown["waiting"][0][key]);
            assert_eq!(term, [&Value::Null, &json!(2027), &json!(review)], "{engine:?} {shown:#}");
            assert_eq!(shown["due_at"], Value::Null, "{engine:?}");
        }
        given.claimed(&lin).await;
        given.moved(given.key(Role::Reviewer), &lin.review("/approve"), None).await;
        given.moved(given.key(Role::Operator), &lin.bureau("/send"), None).await;
        let path = "/api/v1/bureau/orders?state=at-bureau";
        let queue = given.get(path).token(given.key(Role::Operator)).english().sent().await.body();
        let [sms, decision] = [0, 1].map(|nth| &queue["items"][0]["waiting"][nth]);
        assert_eq!([&sms["unknown_year"], &decision["unknown_year"]], [&Value::Null, &json!(2027)]);
        assert_eq!(queue["items"][0]["due_at"], sms["until"], "{engine:?}");
        let said = decision["message"].as_str().unwrap();
        assert!(said.ends_with("because the holidays of 2027 are not known here."), "{engine:?} {said}");
    }
}
