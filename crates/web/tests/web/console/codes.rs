//! Codes on pages: granted to another account and taken back, told why not, found among many.

use super::browser::Browser;
use crate::Given;
use app::access::Role;
use axum::http::StatusCode;
use serde_json::json;
use testbed::{ENGINES, Engine};

impl Given {
    /// A browser of the user `zhou` of another account, `acc-8`.
    async fn other_account(&self) -> Browser<'_> {
        self.customer("acc-8", 8).await;
        self.user("zhou", Role::Customer, Some("acc-8")).await;
        self.browser_of("zhou").await
    }

    /// The page of a code that was issued to `acc-7`.
    async fn own_code(&self) -> String {
        let body = json!({ "instance": "i-7" });
        let made = self.change(Role::Customer, "POST", "/api/v1/codes", "one", body).await.body();
        format!("/codes/{}", made["codes"][0]["id"].as_str().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_granted_on_a_page_and_the_other_account_has_it_until_it_is_taken_back() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let mut zhou = given.other_account().await;
        let code = given.own_code().await;
        let mut browser = given.browser_of("customer").await;
        browser.goes_to("/codes").await;
        assert!(browser.html.contains(&format!("href=\"{code}#grant\"")), "{engine:?} {}", browser.html);
        zhou.goes_to(&code).await;
        assert_eq!(zhou.status, StatusCode::NOT_FOUND, "{engine:?}: to a stranger it is not there");

        browser.goes_to(&code).await;
        browser.reads("谁先提交备案订单，就由谁用掉");
        let body = browser.body_with(&[("account", " acc-8 ")]).into_bytes();
        for click in 1..=2 {
            let form = "application/x-www-form-urlencoded";
            browser.posts(&format!("{code}/grant"), form, body.clone()).await;
            assert_eq!(browser.status, StatusCode::OK, "{engine:?} click {click}");
            browser.reads("已授权给账号 acc-8");
            browser.reads("请告诉对方");
        }
        browser.goes_to("/codes").await;
        browser.reads("已授权给账号 acc-8");

        zhou.goes_to("/codes").await;
        zhou.reads("由其他账号授权给您使用");
        zhou.reads("为什么不能授权？");
        zhou.reads("只有它的所有者能更改授权");
        assert!(!zhou.html.contains("i-7") && !zhou.html.contains("acc-7"), "{engine:?} {}", zhou.html);
        zhou.goes_to(&code).await;
        assert!(!zhou.html.contains("<form method=\"post\" action=\"/codes"), "{engine:?}");

        browser.goes_to(&code).await;
        browser.sends(&[]).await;
        browser.reads("授权已收回");
        browser.reads("授权给其他账号");
        zhou.goes_to(&code).await;
        assert_eq!(zhou.status, StatusCode::NOT_FOUND, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_grant_stands_at_its_field_in_both_languages_with_what_was_typed() {
    let given = Given::on(Engine::Sqlite).await;
    let code = given.own_code().await;
    let mut browser = given.browser_of("customer").await;
    for (typed, zh, en) in [
        ("", "没有填写要授权给哪个账号", "No account is named"),
        ("acc-9", "没有名为“acc-9”的账号", "There is no account named"),
        ("acc-7", "不用授权给自己", "The service code is yours already"),
    ] {
        for (lang, says) in [("zh-CN", zh), ("en", en)] {
            browser.goes_to(&format!("{code}?lang={lang}")).await;
            browser.sends(&[("account", typed)]).await;
            assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            browser.reads(says);
            let field = browser.html.split("<input id=\"account\"").nth(1).unwrap();
            let field = field.split_once('>').unwrap().0;
            assert!(field.contains("aria-invalid=\"true\""), "{typed} {field}");
            assert!(typed.is_empty() || field.contains(&format!("value=\"{typed}\"")), "{field}");
            assert!(browser.html.contains("href=\"#account\""), "{typed}");
        }
    }
    browser.goes_to(&format!("{code}?done=granted")).await;
    assert!(!browser.html.contains("class=\"done\""), "an address alone says nothing was done");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_grant_of_a_code_in_an_order_cannot_change_and_the_page_says_why() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    assert_eq!(given.submitted(&lin, "s").await.status, 200);
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/codes").await;
    browser.reads("为什么不能授权？");
    browser.reads("该备案服务号的状态是“备案中”");
    let code = browser
        .html
        .split("<th scope=\"row\"><a href=\"/codes/")
        .nth(1)
        .unwrap()
        .split_once('"')
        .unwrap()
        .0
        .to_owned();
    browser.goes_to(&format!("/codes/{code}?lang=en")).await;
    browser.reads("Why can’t I grant it?");
    browser.reads("Wait for the order to end.");
    assert!(!browser.html.contains("/grant\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_codes_are_filtered_by_their_state_which_stays_from_page_to_page() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    given.own_code().await;
    browser.goes_to("/codes").await;
    assert!(!browser.html.contains("<select"), "few codes need no filter");
    for key in ["p-1", "p-2"] {
        let made = json!({ "count": 30, "account": "acc-7" });
        let made = given.change(Role::Operator, "POST", "/api/v1/codes/premade", key, made).await;
        assert_eq!(made.status, 201);
    }
    let rows = |browser: &Browser<'_>| browser.html.matches("<tr>").count() - 1;
    browser.goes_to("/codes?state=bound").await;
    assert_eq!(rows(&browser), 1);
    assert!(browser.html.contains("<option value=\"bound\" selected>"), "{}", browser.html);
    browser.goes_to("/codes?state=init").await;
    assert_eq!(rows(&browser), 50);
    let next = browser.html.split("rel=\"next\" href=\"").nth(1).unwrap().split_once('"').unwrap().0;
    let next = next.replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("state=init"), "{next}");
    browser.goes_to(&next).await;
    assert_eq!(rows(&browser), 10);
    assert!(!browser.html.contains("rel=\"next\""), "{}", browser.html);
    browser.goes_to("/codes?state=recorded").await;
    browser.reads("没有这个状态的备案服务号");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_given_a_code_binds_it_to_his_instance_and_is_told_what_stands_against_it() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let made = json!({ "count": 1, "account": "acc-7" });
        let made = given.change(Role::Operator, "POST", "/api/v1/codes/premade", "p", made).await;
        let code = made.body()["codes"][0]["code"].as_str().unwrap().to_owned();
        let mut browser = given.browser_of("customer").await;
        browser.goes_to("/codes").await;
        browser.reads("绑定到产品实例");
        let bind =
            browser.html.split_once("href=\"/codes/bind?").unwrap().1.split_once('"').unwrap().0.to_owned();
        browser.goes_to(&format!("/codes/bind?{bind}")).await;
        assert!(browser.html.contains(&format!("value=\"{code}\"")), "{engine:?}: it is filled in");
        browser.sends(&[("code", "1234"), ("instance", "")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.reads("请填写实例 ID");
        assert!(browser.html.contains("href=\"#code\""), "{engine:?}: both are told");
        browser.sends(&[("code", &code), ("instance", "i-nobodys")]).await;
        assert!(browser.html.contains("href=\"#instance\""), "{engine:?}");
        browser.sends(&[("code", &code.to_lowercase()), ("instance", "i-7")]).await;
        browser.reads("备案服务号已绑定到 i-7");
        browser.goes_to("/codes?bound=i-nobodys").await;
        assert!(!browser.html.contains("class=\"done\""), "{engine:?}");
        browser.goes_to("/codes/bind").await;
        browser.sends(&[("code", &code), ("instance", "i-7")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}: it has its instance");
    }
}
