//! How support is reached, and where identities are checked: what the operator has set stands where people look for it.

use crate::{Given, given::server};
use app::access::Role;
use axum::Router;
use testbed::Engine;
use web::{Settings, Site, service};

const SUPPORT: &str = "95187 转 2 <工作日>";
const AS_HTML: &str = "95187 转 2 &#60;工作日&#62;";
const PLACE: &str = "杭州市西湖区 8 号楼，工作日";

fn served(given: &Given, contact: Option<&str>, place: Option<&str>) -> Router {
    let settings = Settings {
        contact: contact.map(Into::into),
        check_place: place.map(Into::into),
        ..Settings::default()
    };
    service(Site::new(given.desk.clone(), settings))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_how_support_is_reached_and_pictures_are_taken_where_the_operator_says() {
    let mut given = Given::on(Engine::Sqlite).await;
    given.service = served(&given, Some(SUPPORT), Some(PLACE));
    let mut browser = given.browser();
    for page in ["/", "/sign-in", "/rules", "/none"] {
        browser.goes_to(page).await;
        browser.reads(&format!("客服：{AS_HTML}"));
    }
    let filer = given.filled_on(given.key(Role::Customer), server("i-7", "acc-7"), 1).await;
    let mut customer = given.browser_of("customer").await;
    let materials = format!("/orders/{}/materials", filer.id);
    customer.goes_to(&materials).await;
    assert!(customer.html.contains(&format!("当面核验的地点和时间</strong> {PLACE}")), "{}", customer.html);
    customer.goes_to(&format!("{materials}?lang=en")).await;
    customer.reads(&format!("Support: {AS_HTML}"));
    customer.reads(PLACE);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_operator_says_nothing_nothing_is_made_up() {
    let mut given = Given::on(Engine::Sqlite).await;
    given.service = served(&given, None, None);
    let filer = given.filled_on(given.key(Role::Customer), server("i-7", "acc-7"), 1).await;
    let mut customer = given.browser_of("customer").await;
    customer.goes_to(&format!("/orders/{}/materials", filer.id)).await;
    assert!(customer.html.contains("当面核验的地点和时间</strong> 请向客服咨询。"), "{}", customer.html);
    assert!(!customer.html.contains("客服："), "{}", customer.html);
}
