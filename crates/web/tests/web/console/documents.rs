//! Documents to keep: receipts, the verification form and the review summary as PDF, from which everything can be copied.

use super::browser::Browser;
use crate::{
    Given,
    orders::NAME,
    two_people::{SUBJECT, WEBSITE},
};
use app::access::Role;
use axum::http::StatusCode;
use serde_json::json;
use std::{fs, process::Command};
use testbed::Engine;
use url::form_urlencoded::byte_serialize;

impl Browser<'_> {
    /// Opens the link that leads to such an address, and reads the document there.
    async fn document(&mut self, to: &str) -> String {
        let links = self.html.split("href=\"").skip(1).map(|link| link.split_once('"').unwrap().0);
        let link = links.into_iter().find(|link| link.contains(to));
        let link = link.unwrap_or_else(|| panic!("no link to {to}: {}", self.html)).to_owned();
        self.goes_to(&link).await;
        assert_eq!(self.status, StatusCode::OK, "{link}: {}", self.html);
        assert_eq!(self.headers["content-type"], "application/pdf", "{link}");
        assert!(self.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\""));
        copied(&self.bytes)
    }
}

/// What a reader copies out of a document, without blanks.
fn copied(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    fs::write(&file, pdf).unwrap();
    let said = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap().split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_a_number_says_as_a_document_what_it_says_as_a_page() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let ask = json!({ "reason": "by-owner", "confirmation": "12345678" });
    let path = crate::numbers::at(SUBJECT, "/cancel");
    assert_eq!(given.change(Role::Operator, "POST", &path, "c", ask).await.status, 200);
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&format!("/numbers/{}", byte_serialize(WEBSITE.as_bytes()).collect::<String>())).await;
    let href = browser.html.split("href=\"").find(|link| link.contains("/receipts/")).unwrap();
    let href = href.split_once('"').unwrap().0.to_owned();
    browser.goes_to(&href).await;
    let page = browser.text();
    let text = browser.document("/pdf").await;
    for words in ["网站备案号粤ICP备12345678号-1已注销", "由谁提出", SUBJECT, "由此失去的", "现在可以办理"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let reference = href.rsplit_once('/').unwrap().1;
    assert!(page.contains(reference) && text.contains(reference), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submitted_order_has_a_receipt_a_verification_form_and_a_summary_of_its_review() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    assert_eq!(given.submitted(&lin, "s").await.status, 200);
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&format!("/orders/{}", lin.id)).await;
    let receipt = format!("/orders/{}/receipt", lin.id);
    assert!(browser.html.contains(&format!("href=\"{receipt}\"")), "{}", browser.html);
    browser.goes_to(&receipt).await;
    browser.reads("已提交");
    let text = browser.document("/receipt/pdf").await;
    for words in ["备案订单提交回执", "接下来", "台账校验值"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    browser.goes_to(&format!("/orders/{}/verification-form/0", lin.id)).await;
    let form = copied(&browser.bytes);
    for words in ["网站备案信息真实性核验单", NAME, "核验人签字", "example", "□"] {
        assert!(form.contains(words), "{words}: {form}");
    }
    assert!(!form.contains("证件材料1"), "pictures are no part of it");
    browser.goes_to(&format!("/orders/{}/verification-form/1", lin.id)).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    let mut reviewer = given.browser_of("reviewer").await;
    reviewer.goes_to(&format!("/review/{}", lin.id)).await;
    let summary = reviewer.document("/summary").await;
    for words in ["备案订单审核摘要", "自动检查", "个人信息已遮盖", "acc-7"] {
        assert!(summary.contains(words), "{words}: {summary}");
    }
    assert!(!summary.contains(NAME), "what is personal is masked: {summary}");
    reviewer.goes_to(&format!("/review/{}?purpose=review", lin.id)).await;
    let clear = reviewer.document("/summary").await;
    assert!(clear.contains(NAME) && clear.contains("查看原文"), "{clear}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_offered_with_the_materials_once_there_is_a_website() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&format!("/orders/{}/materials", lin.id)).await;
    let text = browser.document("/verification-form/0").await;
    assert!(text.contains("核验内容"), "{text}");
    let other = given.customer("acc-8", 8).await;
    given.user("li", Role::Customer, Some(other.name())).await;
    let mut another = given.browser_of("li").await;
    another.goes_to(&format!("/orders/{}/verification-form/0", lin.id)).await;
    assert_eq!(another.status, StatusCode::NOT_FOUND);
}
