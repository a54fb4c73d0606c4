//! The blacklist as a page, and how something comes off it.

use crate::Given;
use axum::http::StatusCode;
use serde_json::json;
use testbed::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_told_without_its_value_and_comes_off_by_two_people() {
    let given = Given::on(Engine::Sqlite).await;
    let list = json!({ "list": { "thing": "domain", "value": "example.com", "reason": "by-authority" } });
    let id = given.proposed(list).await;
    let mut operator = given.operator().await;
    let mut reviewer = given.browser_of("reviewer").await;
    operator.goes_to(&format!("/proposals/{id}")).await;
    operator.sends_that_with("同意，立即执行", &[]).await;
    operator.goes_to("/blacklist").await;
    for words in ["域名", "主管部门要求", "2020-11-01 09:00（北京时间）"] {
        operator.reads(words);
    }
    assert!(!operator.html.contains("example.com"), "{}", operator.html);
    assert!(operator.html.contains(&format!("/proposals/{id}")), "how it came there");
    let (_, rest) = operator.html.split_once("/proposals/new/unlist?entry=").unwrap();
    let off = format!("/proposals/new/unlist?entry={}", rest.split_once('"').unwrap().0);
    operator.goes_to(&off).await;
    assert!(!operator.html.contains("name=\"value\""), "the entry says what it is");
    operator.sends(&[("reason", "")]).await;
    assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
    operator.reads("请选择依据");
    operator.sends(&[("reason", "mistake")]).await;
    operator.reads("移出黑名单：域名");
    let id = operator.address.rsplit_once('=').unwrap().1.to_owned();
    reviewer.goes_to(&format!("/proposals/{id}")).await;
    reviewer.reads("误列");
    reviewer.sends_that_with("同意，立即执行", &[]).await;
    reviewer.goes_to("/blacklist").await;
    reviewer.reads("黑名单是空的");
}
