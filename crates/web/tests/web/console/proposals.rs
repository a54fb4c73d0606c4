//! What two people decide, on pages: proposed by one, seen in clear and decided by another.

use crate::{
    Given,
    orders::card,
    two_people::{SUBJECT, WEBSITE},
};
use app::access::Role;
use axum::http::StatusCode;
use serde_json::json;
use testbed::Engine;

const LIST: &str = "/proposals/new/list";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread")]
async fn one_proposes_another_reads_it_in_clear_and_agrees() {
    let given = Given::on(Engine::Sqlite).await;
    let mut reviewer = given.browser_of("reviewer").await;
    let mut operator = given.operator().await;
    operator.goes_to("/proposals").await;
    operator.reads("没有等待复核的提议");
    reviewer.goes_to(LIST).await;
    let number = card(1);
    let filled = [
        ("thing", "certificate"),
        ("certificate_kind", "2"),
        ("value", number.as_str()),
        ("reason", "unlawful-content"),
        ("note", "来函 <b>1</b>"),
    ];
    let form = reviewer.body_with(&filled).into_bytes();
    for click in 1..=2 {
        reviewer.posts(LIST, FORM, form.clone()).await;
        reviewer.reads("提议已提交");
        assert_eq!(
            reviewer.html.matches("href=\"/proposals/").count(),
            5,
            "click {click} proposes one thing"
        );
    }
    reviewer.reads("您提出的");
    let id = reviewer.address.rsplit_once('=').unwrap().1.to_owned();
    operator.goes_to("/proposals").await;
    operator.reads("列入黑名单：证件号码");
    assert!(!operator.html.contains(&number), "no list tells it");
    operator.goes_to(&format!("/proposals/{id}")).await;
    for words in [number.as_str(), "内容违法", "待复核", "reviewer", "黑名单只保存它的加密哈希"]
    {
        operator.reads(words);
    }
    assert!(operator.html.contains("来函 &#60;b&#62;1"), "{}", operator.html);
    let lines = given.seen(Role::Auditor, "/api/v1/access-log").await.body();
    assert_eq!(
        (&lines["items"][0]["what"], &lines["items"][0]["proposal"]),
        (&json!("proposal"), &json!(id))
    );
    let (address, body) = operator.form_with("同意，立即执行", &[]);
    for click in 1..=2 {
        operator.posts(&address, FORM, body.clone().into_bytes()).await;
        assert_eq!(operator.address, format!("/proposals/{id}?done=agreed"), "click {click}");
    }
    operator.reads("已同意，并已执行");
    operator.reads("提议的内容和说明已经销毁");
    assert!(
        !operator.html.contains(&number)
            && !operator.html.contains("<form method=\"post\" action=\"/proposals")
    );
    operator.goes_to("/blacklist").await;
    operator.reads("证件号码");
    operator.reads("内容违法");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_to_his_own_proposal_and_the_page_says_who_can() {
    let given = Given::on(Engine::Sqlite).await;
    let id = given
        .proposed(json!({ "list": { "thing": "domain", "value": "example.com", "reason": "by-authority" } }))
        .await;
    let mut reviewer = given.browser_of("reviewer").await;
    reviewer.goes_to(&format!("/proposals/{id}")).await;
    reviewer.reads("请另一名初审人员或管理员登录后复核");
    assert!(!reviewer.html.contains("/agree\""), "{}", reviewer.html);
    let body = reviewer.body_with(&[]).into_bytes();
    reviewer.posts(&format!("/proposals/{id}/agree"), FORM, body).await;
    assert_eq!(reviewer.status, StatusCode::UNPROCESSABLE_ENTITY);
    reviewer.reads("不能同意自己的提议");
    reviewer.sends_that_with("撤回提议", &[]).await;
    assert_eq!(reviewer.address, format!("/proposals/{id}?done=declined"));
    reviewer.reads("已撤回");
    let mut operator = given.operator().await.english();
    operator.goes_to(&format!("/proposals/{id}")).await;
    operator.reads("taken back");
    operator.goes_to("/blacklist").await;
    operator.reads("Nothing is on the blacklist.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_cancelled_after_what_is_lost_was_told_and_its_digits_typed() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut reviewer = given.browser_of("reviewer").await;
    let mut operator = given.operator().await;
    let at: String = url::form_urlencoded::byte_serialize(WEBSITE.as_bytes()).collect();
    reviewer.goes_to(&format!("/numbers/{at}")).await;
    let link = format!("/proposals/new/cancel?number={at}");
    assert!(reviewer.html.contains(&format!("href=\"{link}\"")), "{}", reviewer.html);
    reviewer.goes_to(&link).await;
    assert!(reviewer.html.contains(&format!("value=\"{WEBSITE}\"")), "it is filled in");
    reviewer.sends(&[("number", WEBSITE), ("extent", "")]).await;
    reviewer.reads("请选择注销范围");
    reviewer.sends(&[("number", "浙ICP备1号"), ("extent", "number")]).await;
    reviewer.reads("没有这个备案号，或者它已经注销");
    reviewer.sends(&[("number", WEBSITE), ("extent", "serious")]).await;
    let id = reviewer.address.rsplit_once('=').unwrap().1.to_owned();
    operator.goes_to(&format!("/proposals/{id}")).await;
    for words in
        ["同意后，该主体及其 1 个网站的备案号将永久注销", "acc-7", SUBJECT, WEBSITE, "的名称列入黑名单"]
    {
        operator.reads(words);
    }
    operator.sends_that_with("同意，立即执行", &[("confirmation", "1234")]).await;
    assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
    operator.reads("确认填写的数字与备案号的数字不一致");
    assert!(operator.html.contains("id=\"confirmation-fault\""), "it is said at the field");
    assert!(operator.html.contains("value=\"1234\""), "what was typed is kept");
    operator.sends_that_with("同意，立即执行", &[("confirmation", "１２３４５６７８ 1")]).await;
    assert_eq!(operator.address, format!("/proposals/{id}?done=agreed"), "{}", operator.html);
    operator.goes_to(&format!("/numbers/{at}")).await;
    operator.reads("已注销");
    assert!(!operator.html.contains("/proposals/new/cancel"), "it cannot be cancelled twice");
    operator.goes_to("/blacklist").await;
    operator.reads("网站名称");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_in_a_proposal_is_told_at_its_field() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("reviewer").await;
    let number = card(1);
    for (fields, told) in [
        (vec![("thing", ""), ("value", "a.com"), ("reason", "by-authority")], "请选择类型"),
        (vec![("thing", "domain"), ("value", "a.com"), ("reason", "")], "请选择依据"),
        (vec![("thing", "certificate"), ("value", &*number), ("reason", "by-authority")], "请选择证件类型"),
        (vec![("thing", "domain"), ("value", "<b>"), ("reason", "by-authority")], "无法"),
    ] {
        browser.goes_to(LIST).await;
        browser.sends(&fields).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(browser.title().starts_with("错误："), "{told}");
        browser.reads(told);
        assert!(!browser.html.contains("<b>"), "{}", browser.html);
    }
    let mut english = browser.english();
    english.goes_to("/proposals/new/unlist").await;
    english.sends(&[("thing", "domain"), ("value", "example.com"), ("reason", "mistake")]).await;
    english.reads("It is not on the blacklist.");
}

#[tokio::test]
async fn two_people_are_reviewers_and_operators() {
    let given = Given::on(Engine::Sqlite).await;
    for role in [Role::Customer, Role::Support, Role::Auditor] {
        let reader = given.signed_in(given.key(role));
        for path in ["/proposals", LIST, "/proposals/new/cancel", "/blacklist"] {
            assert_eq!(reader.opens(path).await.status, StatusCode::FORBIDDEN, "{role} {path}");
        }
        assert!(!reader.opens("/").await.html.contains("href=\"/proposals\""), "{role}");
    }
    assert!(given.reader().opens("/proposals").await.leads_to().unwrap().starts_with("/sign-in"));
    let operator = given.signed_in(given.key(Role::Operator));
    assert_eq!(operator.opens("/proposals/none").await.status, StatusCode::NOT_FOUND);
}
