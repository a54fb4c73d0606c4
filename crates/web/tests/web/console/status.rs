//! What works now, for anybody.

use crate::Given;
use app::access::Role;
use jiff::SignedDuration;
use testbed::Engine;

#[tokio::test]
async fn what_works_is_told_in_words_and_never_kept() {
    let given = Given::on(Engine::Sqlite).await;
    let page = given.reader().opens("/status").await;
    assert_eq!(page.status, 200);
    page.says(&["服务运行正常", "按 2020-10-16 版规则判定", "台账", "草稿按步骤保存", "2020-11-01 09:00"]);
    assert_eq!(page.headers["cache-control"], "private, no-store");
    given.desk.sequence_ledger(given.desk.now()).await.unwrap();
    given
        .reader()
        .english()
        .opens("/status")
        .await
        .says(&["Everything works", "The newest checkpoint signs"]);
}

#[tokio::test]
async fn without_rules_in_force_it_is_said_what_does_not_work() {
    let given = Given::on(Engine::Sqlite).await;
    given.clock.pass(SignedDuration::from_hours(-24 * 365 * 3));
    given.reader().opens("/status").await.says(&["部分服务暂停", "现在没有适用的规则", "草稿按步骤保存"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_comes_also_while_the_database_is_gone_whoever_looks() {
    let given = Given::on(Engine::Sqlite).await;
    given.store.clone().close().await;
    for browser in [given.reader(), given.signed_in(given.key(Role::Customer))] {
        let page = browser.opens("/status").await;
        assert_eq!(page.status, 200);
        page.says(&["服务暂时中断", "数据库没有响应", "已经保存的草稿和已经提交的订单都在", "不会办理两次"]);
    }
}
