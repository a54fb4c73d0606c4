//! The rulebook as operators keep it: a draft is looked at before it is published, and nothing happens by looking.

use super::browser::Browser;
use crate::{Given, rulebook::longer};
use app::access::Role;
use axum::http::StatusCode;
use rulebook::ALIYUN;
use testbed::Engine;

const BOUNDARY: &str = "----story";

impl Browser<'_> {
    /// Sends a draft as the form on the page does: pasted, or as a file.
    async fn shows_draft(&mut self, pasted: &str, file: &[u8]) {
        self.goes_to("/rulebook").await;
        let token = self.hidden("token");
        self.shows_draft_with(&token, pasted, file).await;
    }

    async fn shows_draft_with(&mut self, token: &str, pasted: &str, file: &[u8]) {
        let parts: [(&str, &[u8]); 3] = [
            ("name=\"token\"", token.as_bytes()),
            ("name=\"text\"", pasted.as_bytes()),
            ("name=\"file\"; filename=\"draft.toml\"", file),
        ];
        let mut body = Vec::new();
        for (head, content) in parts {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {head}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.posts("/rulebook/draft", "multipart/form-data; boundary=----story", body).await;
    }
}

/// A draft by which no server may back a filing any more, with lines that end as browsers end them.
fn stricter() -> String {
    let text = longer() + "[editions.products.ecs]\nsource = [\"004\"]\nmin_purchased_months = 120\n";
    text.replace('\n', "\r\n")
}

impl Given {
    async fn text_in_force(&self) -> Vec<u8> {
        self.seen(Role::Operator, "/api/v1/rulebook").await.bytes
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_who_loses_by_a_draft_and_publishes_what_he_saw_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.goes_to("/rulebook").await;
    for words in ["2020-10-16 版，自 2020-10-16 起适用", "当前适用", "与 2020-01-01 版比较", "下载当前规则集"]
    {
        browser.reads(words);
    }
    browser.shows_draft(&stricter(), b"").await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.html);
    for words in [
        "草稿的影响：从 2020-10-16 版到 2020-12-01 版",
        "2020-12-01 版，自 2020-12-01 起适用",
        "购买时长（含续费）至少 120 个月",
        "1 个账号有实例不再可备案，0 个账号有实例变为可备案",
        "i-7",
        "acc-7",
        "可备案 → 不可备案",
        "未使用的 0 个",
        "发布后不能撤销",
    ] {
        browser.reads(words);
    }
    assert_eq!(given.text_in_force().await, ALIYUN.as_bytes(), "looking publishes nothing");
    browser.sends(&[("confirmation", "2020-10-16")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("输入的版本编号不一致，没有发布");
    browser.reads("1 个账号有实例不再可备案");
    assert_eq!(given.text_in_force().await, ALIYUN.as_bytes(), "not confirmed");
    let form = browser.body_with(&[("confirmation", " ２０２０－12-01 ")]).into_bytes();
    for click in 1..=2 {
        browser.posts("/rulebook/publish", "application/x-www-form-urlencoded", form.clone()).await;
        assert_eq!(browser.address, "/rulebook?done=published", "click {click}: {}", browser.html);
    }
    browser.reads("规则集已发布");
    browser.reads("2020-12-01");
    assert_eq!(given.text_in_force().await, stricter().replace("\r\n", "\n").into_bytes());
    browser.shows_draft("", stricter().as_bytes()).await;
    browser.reads("这就是当前的规则集，不用发布");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_orders_that_a_draft_hits_are_told() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    given.sent_to_bureau(&lin).await;
    let mut browser = given.operator().await.english();
    browser.shows_draft(&stricter(), b"").await;
    for words in ["and 1 that orders under way use", "Orders under way that are hit: 1.", "First filing"] {
        browser.reads(words);
    }
    assert!(browser.html.contains("href=\"/review/"), "{}", browser.html);
}

#[tokio::test]
async fn every_mistake_is_told_with_its_line_and_the_draft_is_kept() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft("", b"").await;
    browser.reads("请粘贴规则集全文，或选择一个文件。");
    let broken = ALIYUN.replacen("billing = \"subscription\"", "billing = \"<b>monthly\"", 1);
    let line = ALIYUN.lines().position(|line| line.contains("billing = \"subscription\"")).unwrap() + 1;
    browser.shows_draft("", broken.as_bytes()).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.title().starts_with("错误："), "{}", browser.title());
    browser.reads(&format!("第 {line} 行"));
    browser.reads("草稿中有 1 处错误");
    assert!(!browser.html.contains("<b>") && browser.html.contains("阿里云"), "kept, and escaped");
    browser.shows_draft("", b"name = \"\xff\"").await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("第 1 行");
    let without = ALIYUN.replace("2020-10-16", "2020-10-17");
    browser.shows_draft(&without, b"").await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "an edition is missing");
    browser.reads("2020-10-16");
    browser.shows_draft("", &vec![b'#'; 300 << 10]).await;
    browser.reads("内容超过 256 KB");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_meanwhile_is_looked_at_before_anything_else_is() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft(&stricter(), b"").await;
    let call = given.post("/api/v1/rulebook").token(given.key(Role::Operator));
    let noted = format!("{ALIYUN}\n# a note\n").into_bytes();
    assert_eq!(call.bytes("application/toml", noted.clone()).sent().await.status, 200);
    browser.sends(&[("confirmation", "2020-12-01")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("您查看影响之后，规则集已经更新，没有发布");
    assert_eq!(given.text_in_force().await, noted);
    browser.sends(&[("confirmation", "2020-12-01")]).await;
    assert_eq!(browser.address, "/rulebook?done=published", "now it was seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_new_editions_each_can_be_looked_at() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    let two = longer()
        + "\n[[editions]]\nid = \"2021-01-01\"\neffective = 2021-01-01\nbased_on = \"2020-12-01\"\nsource = [\"004\"]\n[editions.products]\n";
    browser.shows_draft(&two, b"").await;
    browser.reads("草稿的影响：从 2020-10-16 版到 2021-01-01 版");
    assert!(browser.html.contains("<option value=\"2020-12-01\""), "{}", browser.html);
    browser.reads("与当前适用的版本相比，规则没有变化。");
    browser.reads("没有实例的判定会改变。");
    browser.reads("另有 1 种产品的实例全部不变");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_no_page_of_ours_sent_is_not_looked_at() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft_with("", &stricter(), b"").await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert!(!browser.html.contains("对实例的影响"), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rulebook_is_for_operators_and_its_text_is_what_was_published() {
    let given = Given::on(Engine::Sqlite).await;
    let mut stranger = given.browser();
    stranger.goes_to("/rulebook").await;
    assert!(stranger.address.starts_with("/sign-in"), "{}", stranger.address);
    let reviewer = given.signed_in(given.key(Role::Reviewer));
    for path in ["/rulebook", "/rulebook/in-force.toml"] {
        assert_eq!(reviewer.opens(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!reviewer.opens("/").await.html.contains("href=\"/rulebook\""));
    let operator = given.signed_in(given.key(Role::Operator));
    assert!(operator.opens("/").await.html.contains("href=\"/rulebook\""));
    let text = operator.opens("/rulebook/in-force.toml").await;
    assert_eq!(
        (text.html.as_str(), &text.headers["content-type"]),
        (ALIYUN, &"application/toml".parse().unwrap())
    );
}
