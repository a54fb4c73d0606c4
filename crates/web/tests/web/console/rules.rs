//! The rules as a page, for anybody.

use crate::Given;
use jiff::SignedDuration;
use testbed::Engine;

#[tokio::test]
async fn anybody_reads_the_table_of_products_that_decides_with_its_sources() {
    let given = Given::on(Engine::Sqlite).await;
    let page = given.reader().opens("/rules").await;
    assert_eq!(page.status, 200);
    page.says(&["阿里云备案规则", "2020-10-16", "云服务器 ECS", "购买时长（含续费）至少 3 个月"]);
    page.says(&[
        "每个实例 5 个备案服务号",
        "每个账号合计 5 个备案服务号",
        "（推定）",
        "95187",
        "旺铺备案系统",
    ]);
    assert!(page.html.contains("href=\"#doc-004\"") && page.html.contains("id=\"doc-004\""), "{}", page.html);
    assert!(
        page.html.contains("href=\"/rules/changes?from=2020-01-01&#38;to=2020-10-16\"")
            || page.html.contains("href=\"/rules/changes?from=2020-01-01&amp;to=2020-10-16\""),
        "{}",
        page.html
    );
    let english = given.reader().english().opens("/rules").await;
    english.says(&[
        "Filing rules of Alibaba Cloud",
        "at least 3 months purchased",
        "5 codes per instance",
        "in force",
    ]);
}

#[tokio::test]
async fn an_earlier_edition_says_that_it_is_one_and_an_unknown_one_names_those_there_are() {
    let given = Given::on(Engine::Sqlite).await;
    let earlier = given.reader().opens("/rules/2019-05-09").await;
    earlier.says(&["这是以前的版本", "剩余时长至少 3 个月", "推定日期"]);
    let none = given.reader().opens("/rules/%3Cb%3E").await;
    assert_eq!(none.status, 404);
    none.says(&["没有这个版本的规则", "2018-05-21", "2020-10-16"]);
    assert!(!none.html.contains("<b>"), "{}", none.html);
}

#[tokio::test]
async fn before_the_first_edition_the_page_says_kindly_that_none_is_in_force_and_what_is_coming() {
    let given = Given::on(Engine::Sqlite).await;
    given.clock.pass(SignedDuration::from_hours(-24 * 365 * 3));
    let page = given.reader().opens("/rules").await;
    assert_eq!(page.status, 200);
    page.says(&["现在没有适用的规则", "2018-05-21", "尚未生效"]);
    given.reader().opens("/rules/2020-10-16").await.says(&["这个版本还没有生效"]);
    given.reader().opens("/check").await.says(&["2018-05-21", "规则开始适用之后，再来这里查看"]);
}

#[tokio::test]
async fn what_changed_is_told_in_words_with_the_documents_that_state_it() {
    let given = Given::on(Engine::Sqlite).await;
    let page = given.reader().opens("/rules/changes?from=2019-05-09&to=2020-01-01").await;
    page.says(&[
        "从 2019-05-09 版到 2020-01-01 版",
        "由“每个实例 5 个备案服务号”改为“每个账号合计 5 个备案服务号”",
        "出处： 000",
    ]);
    let same = given.reader().opens("/rules/changes?from=2020-01-01&to=2020-01-01").await;
    same.says(&["两个版本的规则没有不同"]);
    let newest = given.reader().opens("/rules/changes").await;
    newest.says(&[
        "从 2020-01-01 版到 2020-10-16 版",
        "剩余时长至少 3 个月（推定）”。 出处： 004 “轻量应用服务器”",
    ]);
    let english = given.reader().english().opens("/rules/changes?to=2019-05-09").await;
    english.says(&["What changed in the rules from 2018-05-21 to 2019-05-09", "New product"]);
    let unknown = given.reader().opens("/rules/changes?from=2020-01-01&to=%3Cb%3Enone").await;
    assert_eq!(unknown.status, 404);
    unknown.says(&["规则变化", "比较其他版本"]);
    assert!(!unknown.html.contains("<b>"), "{}", unknown.html);
}
