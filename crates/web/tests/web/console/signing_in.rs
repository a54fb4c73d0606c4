//! Signing in to the console, what is kept when a session ends, and what another site can have a browser do: nothing.

use crate::{Given, sessions::OWN};
use axum::http::StatusCode;
use jiff::SignedDuration;
use testbed::Engine;

const SESSION: &str = "__Host-kebei";

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_in_and_is_where_he_was_going() {
    let given = Given::on(Engine::Sqlite).await;
    let name = given.browser_of("customer").await;
    assert!(name.cookies.contains_key(SESSION));
    let mut browser = given.browser();
    browser.goes_to("/products?cursor=a").await;
    assert_eq!(browser.address, "/sign-in?next=%2Fproducts%3Fcursor%3Da");
    assert_eq!(browser.title(), "登录 · 可备 备案服务台");
    browser.sends(&[("name", ""), ("password", "")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.title().starts_with("错误："), "{}", browser.title());
    browser.reads("请填写用户名。");
    browser.sends(&[("name", "customer"), ("password", "wrong")]).await;
    browser.reads("用户名或密码");
    assert!(
        browser.html.contains("value=\"customer\"") && !browser.html.contains("wrong"),
        "{}",
        browser.html
    );
    browser.sends(&[("name", "customer"), ("password", OWN)]).await;
    assert_eq!((browser.status, &*browser.address), (StatusCode::OK, "/products?cursor=a"));
    browser.goes_to("/me").await;
    browser.reads("acc-7");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_for_this_host_and_no_script_reads_them_and_pages_allow_nothing_inline() {
    let given = Given::on(Engine::Sqlite).await;
    given.browser_of("customer").await;
    let mut browser = given.browser();
    browser.goes_to("/sign-in").await;
    let policy = browser.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(browser.headers["cache-control"], "private, no-store");
    assert!(!browser.html.contains("<style") && !browser.html.contains("style=\""), "{}", browser.html);
    let body = browser.body_with(&[("name", "customer"), ("password", OWN)]);
    let request = axum::http::Request::post("/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("__Host-kebei-visit={}", browser.cookies["__Host-kebei-visit"]))
        .body(axum::body::Body::from(body))
        .unwrap();
    let response = tower::ServiceExt::oneshot(given.service.clone(), request).await.unwrap();
    let cookies: Vec<_> =
        response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-kebei=")).unwrap();
    for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(session.contains(attribute), "{session}");
    }
    assert!(!session.contains("Domain"), "{session}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_takes_no_cookie() {
    let given = Given::on(Engine::Sqlite).await;
    let browser = given.browser_of("customer").await;
    let cookie = format!("{SESSION}={}", browser.cookies[SESSION]);
    let called = given.get("/api/v1/sessions/current").header("cookie", &cookie).sent().await;
    assert_eq!(called.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_and_a_form_without_its_token_do_nothing() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products/i-7/apply").await;
    let body = browser.body_with(&[("count", "1")]);
    browser.fetch_site = Some("cross-site");
    browser
        .posts("/products/i-7/apply", "application/x-www-form-urlencoded", body.clone().into_bytes())
        .await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.fetch_site = Some("same-origin");
    for wrong in ["key=form-1&count=1".to_owned(), body.replace("token=", "token=A")] {
        browser.posts("/products/i-7/apply", "application/x-www-form-urlencoded", wrong.into_bytes()).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN);
        browser.reads("请再确认一次");
    }
    browser.goes_to("/codes").await;
    browser.reads("还没有备案服务号");
    // What was typed is still there, and is done once it is confirmed.
    let mut other = given.browser();
    other.signs_in("customer", OWN).await;
    other.posts("/products/i-7/apply", "application/x-www-form-urlencoded", body.into_bytes()).await;
    other.reads("请再确认一次");
    other.sends(&[]).await;
    other.reads("申请成功，共 1 个备案服务号");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_in_the_middle_of_a_form_loses_nothing() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products/i-7/apply").await;
    given.clock.pass(SignedDuration::from_hours(13));
    browser.sends(&[("count", "2")]).await;
    assert_eq!(browser.status, StatusCode::UNAUTHORIZED);
    browser.reads("您的登录已过期，刚才的内容还没有提交。");
    browser.sends(&[("name", "customer"), ("password", OWN)]).await;
    browser.reads("请继续");
    browser.sends(&[]).await;
    browser.reads("申请成功，共 2 个备案服务号");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_wherever_its_token_went() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let stolen = browser.cookies.clone();
    browser.goes_to("/password").await;
    let token = browser.hidden("token");
    let body = format!("token={token}").into_bytes();
    browser.posts("/sign-out", "application/x-www-form-urlencoded", body).await;
    assert!(!browser.cookies.contains_key(SESSION));
    let mut thief = given.browser();
    thief.cookies = stolen;
    thief.goes_to("/products").await;
    assert!(thief.address.starts_with("/sign-in"), "{}", thief.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_leads_to_a_new_one_and_nowhere_else() {
    let given = Given::on(Engine::Sqlite).await;
    let first = given.added("li.na", &["auditor"]).await;
    let mut browser = given.browser();
    browser.signs_in("li.na", &first).await;
    browser.goes_to("/password").await;
    browser.reads("您是用一次性密码登录的");
    browser.sends(&[("old", &first), ("new", OWN), ("again", "something else")]).await;
    browser.reads("两次输入的新密码不一样");
    browser.sends(&[("old", &first), ("new", "short"), ("again", "short")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.sends(&[("old", &first), ("new", OWN), ("again", OWN)]).await;
    browser.reads("密码已设置");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_that_is_chosen_is_kept_and_every_page_leads_to_itself_in_the_other() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products?lang=en").await;
    browser.reads("Apply for service codes");
    browser.goes_to("/codes").await;
    browser.reads("My service codes");
    assert!(browser.html.contains("href=\"/codes?lang=zh-CN\""), "{}", browser.html);
    let mut english = given.browser().english();
    english.goes_to("/").await;
    english.reads("The filing desk");
}
