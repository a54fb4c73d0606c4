//! Where somebody is signed in, as the console shows it, and how he ends it.

use crate::{Given, sessions::OWN};
use app::access::Role;
use axum::http::StatusCode;
use jiff::SignedDuration;
use testbed::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_shown_and_ended_one_or_all_others() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let mut others = Vec::new();
    for _ in 0..2 {
        given.clock.pass(SignedDuration::from_mins(1));
        let mut other = given.browser();
        other.signs_in("customer", OWN).await;
        others.push(other);
    }
    browser.goes_to("/me/sessions").await;
    browser.reads("2020-11-01 09:02");
    assert_eq!(browser.html.matches("本次登录").count(), 1, "{}", browser.html);
    // That which set the password, this one, and the two others.
    let ids = browser.html.split("name=\"session\" value=\"").skip(1);
    let ids: Vec<String> = ids.map(|part| part.split_once('"').unwrap().0.to_owned()).collect();
    assert_eq!(ids.len(), 3, "{}", browser.html);
    browser.sends_to("/me/sessions/end", &[("session", &ids[0])]).await;
    assert_eq!(browser.address, "/me/sessions?ended=1");
    browser.reads("已退出 1 个登录");
    others[1].goes_to("/me").await;
    assert!(others[1].address.starts_with("/sign-in"), "the newest: {}", others[1].address);
    browser.sends_to("/me/sessions/end", &[("session", &ids[0])]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("这个登录已经退出");
    browser.sends_to("/me/sessions/end-others", &[]).await;
    assert_eq!(browser.address, "/me/sessions?ended=2");
    browser.reads("已退出 2 个登录");
    assert!(!browser.html.contains("/me/sessions/end"), "nothing is left to end: {}", browser.html);
    others[0].goes_to("/me").await;
    assert!(others[0].address.starts_with("/sign-in"), "{}", others[0].address);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_them_everywhere_but_here() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    let mut other = given.browser().english();
    other.signs_in("customer", OWN).await;
    other.goes_to("/me/sessions").await;
    other.reads("This session");
    browser.goes_to("/password").await;
    let new = "another sentence that nobody guesses";
    browser.sends(&[("old", OWN), ("new", new), ("again", new)]).await;
    browser.goes_to("/me/sessions").await;
    assert_eq!((browser.status, browser.html.matches("本次登录").count()), (StatusCode::OK, 1));
    assert!(!browser.html.contains("name=\"session\""), "{}", browser.html);
    other.goes_to("/me/sessions").await;
    assert!(other.address.starts_with("/sign-in"), "{}", other.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_the_session_of_somebody_else() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    given.browser_of(Role::Support.word()).await;
    let token = browser.cookies["__Host-kebei"].clone();
    let mut stranger = given.browser();
    stranger.signs_in(Role::Support.word(), OWN).await;
    let principal = given.who(&token).await;
    let of_customer = given.desk.my_sessions(&principal).await.unwrap();
    stranger.goes_to("/me/sessions").await;
    let id = of_customer.iter().find(|session| session.is_this).unwrap().id.to_string();
    stranger.sends_to("/me/sessions/end", &[("session", &id)]).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.goes_to("/me/sessions").await;
    assert_eq!(browser.status, StatusCode::OK, "it goes on");
}
