//! What is kept for how long, as a page for operators.

use crate::Given;
use app::{Actor, Operator, access::Role};
use axum::http::StatusCode;
use jiff::SignedDuration;
use testbed::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_are_told_with_their_sources_and_counting_forgets_nothing() {
    let given = Given::on(Engine::Sqlite).await;
    let operator = given.signed_in(given.key(Role::Operator));
    let page = operator.opens("/retention").await;
    page.says(&["已放弃的订单", "90 天", "365 天", "《网络安全法》", "《个人信息保护法》", "还没有执行过"]);
    given.clock.pass(SignedDuration::from_hours(24 * 91));
    for _ in 0..2 {
        let counted = operator.opens("/retention?count=now").await;
        counted.says(&["到期的内容共 5 项", "没有删除任何内容", "还没有执行过"]);
    }
    let by = Actor::Staff(Operator::parse("wei").unwrap());
    given.desk.run_retention(by, false).await.unwrap();
    let after = operator.opens("/retention?count=now").await;
    after.says(&["到期的内容共 0 项", "wei", "幂等键 5 项"]);
    given.clock.pass(SignedDuration::from_hours(24));
    given.desk.run_retention(Actor::Kebei, false).await.unwrap();
    operator.opens("/retention").await.says(&["自动执行", "没有到期的内容"]);
    let english = given.signed_in(given.key(Role::Operator)).english().opens("/retention?count=now").await;
    english.says(&[
        "How long things are kept",
        "0 things are over",
        "idempotency keys: 5",
        "the desk itself",
    ]);
}

#[tokio::test]
async fn retention_is_for_operators() {
    let given = Given::on(Engine::Sqlite).await;
    for role in [Role::Customer, Role::Support, Role::Reviewer, Role::Auditor] {
        let reader = given.signed_in(given.key(role));
        assert_eq!(reader.opens("/retention").await.status, StatusCode::FORBIDDEN, "{role}");
        assert!(!reader.opens("/").await.html.contains("href=\"/retention\""), "{role}");
    }
    assert!(given.reader().opens("/retention").await.leads_to().unwrap().starts_with("/sign-in"));
}
