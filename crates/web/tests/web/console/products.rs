//! Products and codes: what can be applied for, and why not.

use crate::{Given, given::server, orders::card};
use app::access::Role;
use axum::http::StatusCode;
use rulebook::{Billing, Facts};
use serde_json::json;
use testbed::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_applied_for_once_however_often_the_form_is_sent() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products").await;
    browser.reads("0 / 5 个（按实例）");
    browser.goes_to("/products/i-7/apply").await;
    browser.reads("申请 1 个后还剩 4 个名额");
    let body = browser.body_with(&[("count", "２")]).into_bytes();
    for _ in 0..2 {
        browser.posts("/products/i-7/apply", "application/x-www-form-urlencoded", body.clone()).await;
        browser.reads("申请成功，共 2 个备案服务号");
    }
    browser.goes_to("/products").await;
    browser.reads("2 / 5 个（按实例）");
    for (count, says) in
        [("x", "请填写要申请的个数"), ("", "请填写要申请的个数"), ("0", "请填写要申请的个数"), ("4", "3")]
    {
        browser.goes_to("/products/i-7/apply").await;
        browser.sends(&[("count", count)]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{count}");
        browser.reads(says);
    }
    browser.goes_to("/products").await;
    browser.reads("2 / 5 个（按实例）");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_applied_for_every_reason_is_told_in_both_languages() {
    let given = Given::on(Engine::Sqlite).await;
    let facts = server("i-<b>x</b>", "acc-7");
    let facts = Facts { billing: Some(Billing::PayAsYouGo), public_bandwidth_mbps: Some(0), ..facts };
    given.desk.record_instance(facts).await.unwrap();
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products").await;
    assert!(!browser.html.contains("<b>x"), "{}", browser.html);
    browser.reads("为什么不能申请？");
    browser.reads("按量付费");
    browser.goes_to("/products?lang=en").await;
    browser.reads("Why can’t I apply?");
    browser.goes_to("/products/i-%3Cb%3Ex%3C%2Fb%3E/apply").await;
    browser.reads("Codes cannot be had now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_others_is_not_there_and_who_may_not_is_told_so() {
    let given = Given::on(Engine::Sqlite).await;
    given.customer("acc-8", 8).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products/i-8/apply").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    let mut auditor = given.browser_of("auditor").await;
    for page in ["/products", "/codes", "/orders", "/products/i-7/apply"] {
        auditor.goes_to(page).await;
        assert_eq!(auditor.status, StatusCode::FORBIDDEN, "{page}");
        assert!(auditor.html.contains("<h1>"), "{page}");
    }
}

/// Bytes of what a page and all that it loads may weigh on the way.
const MOST_BYTES: usize = 30_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_fifty_products_with_every_reason_is_light_with_all_that_it_loads() {
    let given = Given::on(Engine::Sqlite).await;
    for nth in 0..60 {
        let facts = server(&format!("i-bp1a2b3c4d{nth:04}"), "acc-7");
        let facts = Facts { billing: Some(Billing::PayAsYouGo), public_bandwidth_mbps: Some(0), ..facts };
        given.desk.record_instance(Facts { public_ips: Some(Vec::new()), ..facts }).await.unwrap();
    }
    let mut browser = given.browser_of("customer").await;
    for lang in ["zh-CN", "en"] {
        browser.goes_to(&format!("/products?lang={lang}")).await;
        assert_eq!(browser.html.matches("<tr>").count(), 51, "a head and fifty rows");
        let mut addresses = vec!["/products".to_owned()];
        for name in ["href=\"/assets/", "src=\"/assets/"] {
            let found =
                browser.html.split(name).skip(1).map(|rest| rest.split_once('"').unwrap().0.to_owned());
            addresses.extend(found.map(|name| format!("/assets/{name}")));
        }
        assert_eq!(addresses.len(), 4, "a page, a stylesheet, a script and a picture");
        let mut bytes = 0;
        for address in &addresses {
            bytes += browser.weighs(address).await;
        }
        assert!(bytes <= MOST_BYTES, "{bytes} bytes in {lang}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_on_the_blacklist_is_offered_no_page_that_refuses_it() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products").await;
    assert!(browser.html.contains("href=\"/products/i-7/apply\""), "{}", browser.html);
    let list = json!({ "list": {
        "thing": "certificate", "certificate_kind": 2, "value": card(1), "reason": "unlawful-content", "note": "来函",
    } });
    let id = given.proposed(list).await;
    let path = format!("/api/v1/proposals/{id}/agree");
    assert_eq!(given.change(Role::Operator, "POST", &path, "a", json!({})).await.status, 200);
    browser.goes_to("/products").await;
    assert!(!browser.html.contains("href=\"/products/i-7/apply\""), "{}", browser.html);
    browser.reads("为什么不能申请？");
    browser.reads("黑名单");
    browser.goes_to("/products?lang=en").await;
    browser.reads("is on the blacklist");
    browser.reads("Eligible");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_products_are_filtered_by_verdict_and_by_text_of_their_ids_from_page_to_page() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products").await;
    assert!(!browser.html.contains("<select"), "few need no filter");
    for nth in 0..60 {
        let facts =
            Facts { billing: Some(Billing::PayAsYouGo), ..server(&format!("i-web{nth:04}"), "acc-7") };
        given.desk.record_instance(facts).await.unwrap();
    }
    let rows = |browser: &super::browser::Browser<'_>| browser.html.matches("<tr>").count().saturating_sub(1);
    browser.goes_to("/products?verdict=eligible").await;
    assert_eq!(rows(&browser), 1, "{}", browser.html);
    browser.reads("i-7");
    browser.goes_to("/products?text=ＷEB003&verdict=").await;
    assert_eq!(rows(&browser), 10, "{}", browser.html);
    assert!(browser.html.contains("value=\"WEB003\""), "{}", browser.html);
    browser.goes_to("/products?text=web&verdict=ineligible").await;
    assert_eq!(rows(&browser), 50);
    let next = browser.html.split("rel=\"next\" href=\"").nth(1).unwrap().split_once('"').unwrap().0;
    let next = next.replace("&#38;", "&");
    assert!(next.contains("text=web") && next.contains("verdict=ineligible"), "{next}");
    browser.goes_to(&next).await;
    assert_eq!(rows(&browser), 10);
    browser.goes_to("/products?text=none&lang=en").await;
    browser.reads("No instance matches the filter.");
}
