//! An operator uploads a list of instances, reads what it would change, and applies it or gives it up.

use super::browser::Browser;
use crate::{Given, given::server};
use app::{Asker, access::Role};
use axum::http::StatusCode;
use testbed::Engine;

const KIND: &str = "multipart/form-data; boundary=kebei";
/// Three instances that are new, and a line that is none.
const LIST: &str = "{\"id\":\"i-1\",\"product\":\"ecs\",\"account\":\"acc-7\"}
{\"id\":\"i-2\",\"product\":\"ecs\",\"account\":\"acc-7\"}
{\"id\":\"<b>i-3\",\"product\":\"ecs\",\"account\":\"acc-7\"}
{\"id\":\"i-4\",\"product\":7}
";

impl Given {
    async fn at_import(&self) -> Browser<'_> {
        self.user("guo", Role::Operator, None).await;
        let mut browser = self.browser_of("guo").await;
        browser.goes_to("/import").await;
        browser
    }

    async fn there(&self, instance: &str) -> bool {
        let seen = self.seen(Role::Operator, &format!("/api/v1/instances/{instance}")).await;
        seen.status == 200 && seen.body()["gone_at"].is_null()
    }
}

impl Browser<'_> {
    /// The form with that file, and with what else is filled in.
    fn upload(&self, list: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let token = self.hidden("token");
        let part = |(name, value): (&str, &str)| {
            format!("--kebei\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let parts: String =
            [("token", &*token)].into_iter().chain(fields.iter().copied()).map(part).collect();
        let file = "--kebei\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.jsonl\"\r\n";
        let body =
            format!("{parts}{file}Content-Type: application/octet-stream\r\n\r\n{list}\r\n--kebei--\r\n");
        body.into_bytes()
    }

    async fn uploads(&mut self, list: &str, fields: &[(&str, &str)]) {
        let body = self.upload(list, fields);
        self.posts("/import", KIND, body).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_told_row_by_row_and_applied_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_import().await;
    browser.reads("还没有导入过");
    browser.uploads(LIST, &[]).await;
    assert!(browser.address.starts_with("/import/"), "{}", browser.html);
    browser.reads("待应用");
    browser.reads("没有采用 1");
    browser.reads("第 4 行");
    browser.reads("将改变 3 个实例");
    assert!(!given.there("i-1").await, "nothing is applied by reading");
    let page = browser.address.clone();
    browser.goes_to(&format!("{page}?of=new&lang=en")).await;
    browser.reads("i-2");
    browser.reads("New 3");
    assert!(!browser.html.contains("<b>i-3"), "{}", browser.html);
    browser.goes_to(&format!("{page}?lang=zh-CN")).await;
    let (address, body) = browser.form_with("/apply\"", &[]);
    for _ in 0..2 {
        browser.posts(&address, "application/x-www-form-urlencoded", body.clone().into_bytes()).await;
        browser.reads("已确认应用");
        browser.reads("已应用");
    }
    assert!(given.there("i-1").await && given.there("i-2").await);
    browser.goes_to("/import").await;
    browser.reads("新增 3，变化 0，释放 0，没有采用 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_given_up_changes_nothing_and_makes_room_for_another() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_import().await;
    let twice = browser.upload(LIST, &[]);
    browser.posts("/import", KIND, twice.clone()).await;
    let page = browser.address.clone();
    browser.posts("/import", KIND, twice).await;
    assert_eq!(browser.address, format!("{page}?said=open"), "sent twice, it is one import");
    browser.goes_to("/import").await;
    browser.reads("还有一个导入没有办完");
    browser.goes_to(&page).await;
    browser.sends_that_with("/abandon\"", &[]).await;
    browser.reads("什么都没有改变");
    assert!(!given.there("i-1").await);
    browser.goes_to("/import").await;
    browser.uploads(LIST, &[]).await;
    browser.reads("待应用");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_instances_are_gone_is_consented_to() {
    let given = Given::on(Engine::Sqlite).await;
    let acc: Asker = given.customer("acc-8", 8).await;
    for nth in 20..28 {
        given.desk.record_instance(server(&format!("i-{nth}"), acc.name())).await.unwrap();
    }
    let mut browser = given.at_import().await;
    browser
        .uploads("{\"id\":\"i-8\",\"product\":\"ecs\",\"account\":\"acc-8\"}\n", &[("complete", "complete")])
        .await;
    browser.reads("释放 9");
    browser.reads("现有 10 个实例中有 9 个会当作已释放");
    browser.sends_that_with("/apply\"", &[]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.html.contains("id=\"consent-fault\""), "{}", browser.html);
    assert!(given.there("i-20").await);
    browser.sends_that_with("/apply\"", &[("consent", "yes")]).await;
    browser.reads("已确认应用");
    assert!(!given.there("i-20").await && given.there("i-8").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_list_is_told_at_the_file_and_stands_in_nobodys_way() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_import().await;
    for list in ["", "\u{0}\u{1}", "hello"] {
        browser.uploads(list, &[("owner", "acc-<b>")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{list:?} {}", browser.html);
        assert!(browser.html.contains("id=\"file-fault\""), "{list:?}: {}", browser.html);
        assert!(browser.html.contains("value=\"acc-&#60;b&#62;\""), "{}", browser.html);
    }
    browser.uploads(LIST, &[]).await;
    browser.reads("待应用");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_page_imports_nothing() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_import().await;
    let body = String::from_utf8(browser.upload(LIST, &[])).unwrap();
    let forged = body.replace(&browser.hidden("token"), "AAAA");
    browser.posts("/import", KIND, forged.into_bytes()).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.goes_to("/import").await;
    browser.reads("还没有导入过");
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_for_operators_alone() {
    let given = Given::on(Engine::Sqlite).await;
    for who in ["customer", "reviewer", "auditor"] {
        let mut browser = given.browser_of(who).await;
        for page in ["/import", "/import/x"] {
            browser.goes_to(page).await;
            assert_eq!(browser.status, StatusCode::FORBIDDEN, "{who} {page}");
        }
    }
    let mut browser = given.at_import().await;
    for page in ["/import/x", "/import/01929b3e-7c00-7000-8000-000000000000"] {
        browser.goes_to(page).await;
        assert_eq!(browser.status, StatusCode::NOT_FOUND, "{page}");
    }
}
