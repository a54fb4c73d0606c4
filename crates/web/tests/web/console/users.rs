//! An operator adds users, gives them roles, locks them, and keeps the keys of other systems.

use super::browser::Browser;
use crate::Given;
use app::access::Role;
use axum::http::StatusCode;
use testbed::Engine;

const FORM: &str = "application/x-www-form-urlencoded";

impl Given {
    /// An operator who signed in, beside the one whose key sets passwords.
    async fn at_users(&self) -> Browser<'_> {
        self.user("guo", Role::Operator, None).await;
        self.browser_of("guo").await
    }
}

impl Browser<'_> {
    /// The secret that the page shows.
    fn secret(&self) -> Option<String> {
        let (_, secret) = self.html.split_once("id=\"secret\">")?;
        Some(secret.split_once('<').unwrap().0.to_owned())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_added_once_and_signs_in_with_the_password_that_was_shown_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_users().await;
    browser.goes_to("/new-user").await;
    let fields =
        [("name", "li.na"), ("kind", "person"), ("roles", "support"), ("roles", "auditor"), ("account", "")];
    let body = browser.body_with(&fields).into_bytes();
    browser.posts("/new-user", FORM, body.clone()).await;
    browser.reads("用户已新增");
    let password = browser.secret().unwrap();
    browser.posts("/new-user", FORM, body).await;
    assert_eq!((browser.status, browser.secret()), (StatusCode::OK, None));
    browser.reads("一次性密码只显示一次");
    browser.goes_to("/users").await;
    assert_eq!(browser.html.matches(">li.na</a>").count(), 1);
    browser.reads("客服、审计人员");
    browser.reads("待首次登录");
    let mut li = given.browser();
    li.signs_in("li.na", &password).await;
    assert_eq!(li.address, "/password", "{}", li.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_new_user_is_told_at_its_field_and_what_was_typed_is_kept() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_users().await;
    for (fields, field) in [
        ([("name", "<b>x"), ("roles", "support"), ("account", ""), ("email", "")], "name"),
        ([("name", "guo"), ("roles", "support"), ("account", ""), ("email", "")], "name"),
        ([("name", "li.na"), ("roles", "x"), ("account", ""), ("email", "")], "roles"),
        ([("name", "li.na"), ("roles", "customer"), ("account", "acc-99"), ("email", "")], "account"),
        ([("name", "li.na"), ("roles", "support"), ("account", "acc-7"), ("email", "")], "account"),
        ([("name", "li.na"), ("roles", "support"), ("account", ""), ("email", "li.na")], "email"),
    ] {
        browser.goes_to("/new-user").await;
        browser.sends(&fields).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(browser.html.contains(&format!("id=\"{field}-fault\"")), "{field}: {}", browser.html);
        assert!(!browser.html.contains("<b>"), "{}", browser.html);
        let kept = fields[0].1.replace('<', "&#60;").replace('>', "&#62;");
        assert!(browser.html.contains(&format!("value=\"{kept}\"")), "{}", browser.html);
    }
    browser.goes_to("/users").await;
    assert!(!browser.html.contains("li.na"));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_changed_unless_somebody_else_changed_the_user_meanwhile_and_never_ones_own() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_users().await;
    browser.goes_to("/users/support").await;
    let (address, late) = browser.form_with("name=\"since\"", &[("roles", "auditor")]);
    browser.goes_to("/users/support").await;
    browser.sends_that_with("name=\"since\"", &[("roles", "support"), ("roles", "reviewer")]).await;
    browser.reads("角色已更改");
    browser.reads("客服、初审人员");
    browser.posts(&address, FORM, late.into_bytes()).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.goes_to("/users/support").await;
    browser.reads("客服、初审人员");
    browser.sends_that_with("name=\"since\"", &[]).await;
    assert!(browser.html.contains("id=\"roles-fault\""), "{}", browser.html);
    browser.goes_to("/users/guo").await;
    browser.reads("不能更改自己的角色");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_reset_after_it_was_said_what_ends_and_shown_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut support = given.browser_of("support").await;
    let mut browser = given.at_users().await;
    browser.goes_to("/users/support/password").await;
    browser.reads("请先确认确实是本人提出的");
    support.goes_to("/why-not").await;
    assert_eq!(support.status, StatusCode::OK, "nothing has ended yet");
    let body = browser.body_with(&[]).into_bytes();
    browser.posts("/users/support/password", FORM, body.clone()).await;
    let password = browser.secret().unwrap();
    browser.posts("/users/support/password", FORM, body).await;
    assert_eq!(browser.secret(), None);
    support.goes_to("/why-not").await;
    assert!(support.address.starts_with("/sign-in"), "{}", support.address);
    support.signs_in("support", &password).await;
    assert_eq!(support.address, "/password");
    browser.goes_to("/users/support/second-factor").await;
    browser.sends(&[]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "there is none to reset");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_locked_and_let_in_again() {
    let given = Given::on(Engine::Sqlite).await;
    let mut support = given.browser_of("support").await;
    let mut browser = given.at_users().await;
    browser.goes_to("/users/support/lock").await;
    browser.sends(&[]).await;
    browser.reads("用户已停用");
    browser.reads("已停用");
    support.goes_to("/why-not").await;
    assert!(support.address.starts_with("/sign-in"), "{}", support.address);
    browser.goes_to("/users/support/unlock").await;
    browser.sends(&[]).await;
    browser.reads("用户已恢复");
    support.signs_in("support", crate::sessions::OWN).await;
    support.goes_to("/why-not").await;
    assert_eq!(support.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_system_is_shown_once_works_within_its_rights_and_ends_when_it_is_revoked() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.at_users().await;
    browser.goes_to("/new-user").await;
    browser.sends(&[("name", "stock"), ("kind", "system"), ("roles", "operator"), ("account", "")]).await;
    assert_eq!(browser.address, "/users/stock/keys");
    browser.reads("还没有密钥");
    for (label, day) in [("", ""), ("库存", "昨天"), ("库存", "2020-01-01")] {
        browser.sends(&[("label", label), ("kind", "bearer"), ("expires_at", day)]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{label} {day}");
    }
    let fields =
        [("label", "库存<b>"), ("kind", "bearer"), ("scopes", "all-instances"), ("expires_at", "2021-03-01")];
    let body = browser.body_with(&fields).into_bytes();
    browser.posts("/users/stock/keys", FORM, body.clone()).await;
    let secret = browser.secret().unwrap();
    browser.posts("/users/stock/keys", FORM, body).await;
    assert_eq!(browser.secret(), None);
    browser.reads("密钥只显示一次");
    assert_eq!(given.with(&secret, "/api/v1/instances").await, 200);
    assert_eq!(given.with(&secret, "/api/v1/users").await, 403);
    browser.goes_to("/users/stock/keys").await;
    browser.reads("查看所有产品实例");
    assert!(!browser.html.contains("<b>"), "{}", browser.html);
    let (_, link) = browser.html.split_once("<a href=\"/users/stock/keys/").unwrap();
    let revoke = format!("/users/stock/keys/{}", link.split_once('"').unwrap().0);
    browser.goes_to(&revoke).await;
    browser.reads("不能恢复");
    browser.sends(&[]).await;
    browser.reads("密钥已吊销");
    browser.reads("还没有密钥");
    assert_eq!(given.with(&secret, "/api/v1/instances").await, 401);
    browser.goes_to(&revoke).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

impl Given {
    /// What a system with that key is answered.
    async fn with(&self, key: &str, path: &str) -> u16 {
        self.get(path).token(key).sent().await.status.as_u16()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_for_operators_in_both_languages_and_for_nobody_else() {
    let given = Given::on(Engine::Sqlite).await;
    let pages = ["/users", "/new-user", "/users/support", "/users/support/lock", "/users/support/keys"];
    let mut browser = given.at_users().await;
    browser.goes_to("/?lang=en").await;
    assert!(browser.html.contains("href=\"/users\""));
    for (page, says) in pages.into_iter().zip([
        "Add a user",
        "No role includes another",
        "Change roles",
        "Lock the user",
        "There are no keys yet",
    ]) {
        browser.goes_to(page).await;
        assert_eq!(browser.status, StatusCode::OK, "{page}");
        if page != "/users/support/keys" {
            browser.reads(says);
        }
    }
    for page in ["/users/nobody", "/users/nobody/keys", "/users/nobody/lock", "/users/support/anything"] {
        browser.goes_to(page).await;
        assert_eq!(browser.status, StatusCode::NOT_FOUND, "{page}");
    }
    for who in ["customer", "auditor"] {
        let mut browser = given.browser_of(who).await;
        browser.goes_to("/").await;
        assert!(!browser.html.contains("href=\"/users\""), "{who}");
        for page in pages {
            browser.goes_to(page).await;
            assert_eq!(browser.status, StatusCode::FORBIDDEN, "{who} {page}");
        }
    }
}
