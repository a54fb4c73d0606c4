//! Setting up a second factor in the console, and signing in with it in two steps.

use super::browser::Browser;
use crate::{Given, phone::Phone, sessions::OWN};
use app::access::Role;
use axum::http::StatusCode;
use jiff::SignedDuration;
use testbed::Engine;

const FORM: &str = "application/x-www-form-urlencoded";
const STEP: SignedDuration = SignedDuration::from_secs(30);

impl Browser<'_> {
    /// Sends a form of the page that it shows, which goes to that address.
    pub(super) async fn sends_to(&mut self, address: &str, fields: &[(&str, &str)]) {
        assert!(self.html.contains(&format!("action=\"{address}\"")), "{address}: {}", self.html);
        let body = self.body_with(fields).into_bytes();
        self.posts(address, FORM, body).await;
    }

    /// The secret that the page shows.
    fn phone(&self) -> Phone {
        let (_, rest) = self.html.split_once("id=\"secret\">").unwrap();
        Phone::knowing(rest.split_once('<').unwrap().0)
    }

    /// The recovery codes that the page shows.
    fn recovery_codes(&self) -> Vec<String> {
        let parts = self.html.split("<span class=\"code\">").skip(1);
        parts.map(|part| part.split_once('<').unwrap().0.to_owned()).collect()
    }

    /// Sets one up.
    async fn sets_one_up(&mut self, given: &Given) -> (Phone, Vec<String>) {
        self.goes_to("/me/second-factor").await;
        self.sends_to("/me/second-factor/begin", &[]).await;
        let phone = self.phone();
        let code = phone.shows(&given.desk);
        self.sends_to("/me/second-factor/confirm", &[("code", &code)]).await;
        let codes = self.recovery_codes();
        assert_eq!((self.status, codes.len()), (StatusCode::OK, 10), "{}", self.html);
        given.clock.pass(STEP);
        (phone, codes)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_is_led_to_set_one_up_and_then_on() {
    let given = Given::on(Engine::Sqlite).await.asking_staff();
    let mut browser = given.browser_of("support").await;
    assert_eq!(browser.address, "/me/second-factor");
    browser.reads("您的角色登录时必须使用两步验证");
    browser.goes_to("/me/sessions").await;
    assert_eq!(browser.address, "/me/second-factor", "nothing else before");
    browser.goes_to("/password").await;
    assert_eq!(browser.address, "/password", "but a password");
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/begin", &[]).await;
    let phone = browser.phone();
    for (wrong, says) in [("", "验证码有误"), (&*phone.never_shows(&given.desk), "验证码有误")] {
        browser.sends_to("/me/second-factor/confirm", &[("code", wrong)]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.title().starts_with("错误："), "{}", browser.title());
        browser.reads(says);
    }
    let code = phone.shows(&given.desk);
    browser.sends_to("/me/second-factor/confirm", &[("code", &code)]).await;
    browser.reads("恢复码只在这里显示一次");
    assert_eq!(browser.headers["cache-control"], "private, no-store");
    browser.goes_to("/me").await;
    browser.reads("已开启");
    browser.goes_to("/me/second-factor").await;
    browser.reads("还剩 10 个");
    browser.reads("您的角色必须使用两步验证");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_in_two_steps_and_no_page_has_his_password() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let (phone, codes) = browser.sets_one_up(&given).await;
    let mut other = given.browser();
    other.goes_to("/products?cursor=a").await;
    other.sends(&[("name", "customer"), ("password", OWN)]).await;
    assert_eq!(other.address, "/sign-in/code?next=%2Fproducts%3Fcursor%3Da");
    assert_eq!(other.title(), "输入验证码 · 可备 备案服务台");
    assert!(!other.html.contains(OWN) && !other.cookies.values().any(|cookie| cookie.contains(OWN)));
    assert!(!other.cookies.contains_key("__Host-kebei"), "{:?}", other.cookies);
    let mut early = given.browser();
    early.cookies = other.cookies.clone();
    early.goes_to("/products").await;
    assert!(early.address.starts_with("/sign-in?"), "the ticket opens nothing: {}", early.address);
    other.sends(&[("code", " ")]).await;
    other.reads("请填写验证码或恢复码");
    other.sends(&[("code", &phone.never_shows(&given.desk))]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.reads("验证码有误，或已经用过");
    let code = phone.shows(&given.desk);
    other.sends(&[("code", &code)]).await;
    assert_eq!((other.status, &*other.address), (StatusCode::OK, "/products?cursor=a"));
    assert!(!other.cookies.contains_key("__Host-kebei-half"), "{:?}", other.cookies);
    let mut third = given.browser().english();
    third.signs_in("customer", OWN).await;
    third.reads("Enter the code");
    third.sends(&[("code", &codes[0].to_uppercase().replace('-', " "))]).await;
    assert_eq!((third.status, &*third.address), (StatusCode::OK, "/"));
    browser.goes_to("/me/second-factor").await;
    browser.reads("还剩 9 个");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_too_late_begins_anew_and_loses_no_form() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let (phone, _) = browser.sets_one_up(&given).await;
    browser.goes_to("/products/i-7/apply").await;
    given.clock.pass(SignedDuration::from_hours(13));
    browser.sends(&[("count", "2")]).await;
    browser.sends(&[("name", "customer"), ("password", OWN)]).await;
    browser.reads("输入验证码");
    given.clock.pass(SignedDuration::from_mins(10));
    browser.sends(&[("code", &phone.shows(&given.desk))]).await;
    browser.reads("请重新登录");
    browser.sends(&[("name", "customer"), ("password", OWN)]).await;
    browser.sends(&[("code", &phone.shows(&given.desk))]).await;
    browser.reads("请继续");
    browser.sends(&[]).await;
    browser.reads("2");
    assert!(browser.address.starts_with("/codes?new="), "{}", browser.address);
    let mut stranger = given.browser();
    stranger.goes_to("/sign-in/code").await;
    assert_eq!(stranger.address, "/sign-in", "without a password there is no second step");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_is_for_whoever_sets_it_up_and_is_kept_nowhere() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/me/second-factor/qr.svg").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND, "nothing was begun");
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/begin", &[]).await;
    assert!(browser.html.contains("src=\"/me/second-factor/qr.svg\""), "{}", browser.html);
    let phone = browser.phone();
    browser.goes_to("/me/second-factor/qr.svg").await;
    assert_eq!(browser.headers["content-type"], "image/svg+xml; charset=utf-8");
    assert_eq!(browser.headers["cache-control"], "private, no-store");
    let first = browser.html.clone();
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/begin", &[]).await;
    browser.goes_to("/me/second-factor/qr.svg").await;
    assert_ne!(browser.html, first, "another secret, another picture");
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/confirm", &[("code", &phone.shows(&given.desk))]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "of the first one no code counts");
    let mut stranger = given.browser();
    stranger.goes_to("/me/second-factor/qr.svg").await;
    assert!(stranger.address.starts_with("/sign-in"), "{}", stranger.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_given_up_and_codes_are_renewed_with_the_password_alone() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let (_, codes) = browser.sets_one_up(&given).await;
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/recovery-codes", &[("renew-password", "wrong")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.html.contains("href=\"#renew-password\"") && !browser.html.contains("value=\"wrong\""));
    browser.sends_to("/me/second-factor/recovery-codes", &[("renew-password", OWN)]).await;
    let renewed = browser.recovery_codes();
    assert!(renewed.len() == 10 && renewed.iter().all(|code| !codes.contains(code)), "{renewed:?}");
    browser.goes_to("/me/second-factor").await;
    browser.sends_to("/me/second-factor/remove", &[("remove-password", "wrong")]).await;
    assert!(browser.html.contains("href=\"#remove-password\""), "{}", browser.html);
    let mut late = given.browser();
    late.cookies = browser.cookies.clone();
    late.goes_to("/me/second-factor").await;
    late.cookies.remove("__Host-kebei");
    late.sends_to("/me/second-factor/remove", &[("remove-password", OWN)]).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(!late.html.contains("again-body"), "a password is not carried on: {}", late.html);
    browser.sends_to("/me/second-factor/remove", &[("remove-password", OWN)]).await;
    assert_eq!(browser.address, "/me/second-factor?said=removed");
    browser.reads("两步验证已关闭");
    let mut other = given.browser();
    other.signs_in("customer", OWN).await;
    assert_eq!(other.address, "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_is_replaced_before_a_second_factor_is_set_up() {
    let given = Given::on(Engine::Sqlite).await.asking_staff();
    let first = given.added("li.na", &["auditor"]).await;
    let mut browser = given.browser();
    browser.signs_in("li.na", &first).await;
    assert_eq!(browser.address, "/password");
    browser.goes_to("/me/second-factor").await;
    assert_eq!(browser.address, "/password");
    browser.sends(&[("old", &first), ("new", OWN), ("again", OWN)]).await;
    browser.goes_to("/").await;
    assert_eq!(browser.address, "/me/second-factor");
    let told = given.seen(Role::Auditor, "/api/v1/ledger/key").await;
    assert_eq!(told.status, 200, "keys are not asked");
}
