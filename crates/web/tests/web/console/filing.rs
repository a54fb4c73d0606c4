//! A first filing on pages alone, from nothing to submitted, by somebody who has never filed.

use super::browser::Browser;
use crate::{
    Given,
    given::server,
    orders::{ADDRESS, MOBILE, NAME, card},
};
use axum::http::StatusCode;
use jiff::SignedDuration;
use rulebook::Facts;
use testbed::Engine;

const FORM: &str = "application/x-www-form-urlencoded";

/// A picture of a phone, as a browser sends it with the form.
fn with_picture(browser: &Browser<'_>, purpose: &str, file: &[u8]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    let (token, key) = (browser.hidden("token"), browser.hidden("key"));
    for (name, value) in [("token", &*token), ("key", &key), ("purpose", purpose)] {
        let part = format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(b"--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--line--\r\n");
    ("multipart/form-data; boundary=line", body)
}

fn photo() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([x, y, x ^ y].map(|at| at.to_le_bytes()[0])));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn person(prefix: &str) -> Vec<(String, String)> {
    let card = card(1);
    let fields = [
        ("name", NAME),
        ("certificate.kind", "2"),
        ("certificate.number", &card),
        ("mobile", MOBILE[0]),
        ("office_phone", "0755-26881234"),
        ("email", "lin@example.com"),
        ("emergency_phone", "13923456789"),
    ];
    fields.map(|(name, value)| (format!("{prefix}.{name}"), value.to_owned())).to_vec()
}

async fn sends(browser: &mut Browser<'_>, fields: &[(String, String)]) {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.sends(&fields).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_has_never_filed_gets_from_a_product_to_a_submitted_order_on_pages_alone() {
    let given = Given::on(Engine::Sqlite).await;
    let facts = Facts { public_ips: Some(vec![ADDRESS.parse().unwrap()]), ..server("i-7", "acc-7") };
    given.desk.record_instance(facts).await.unwrap();
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products/i-7/apply").await;
    browser.sends(&[("count", "1")]).await;
    browser.goes_to("/orders/new").await;
    browser.sends(&[]).await;
    browser.reads("请选择要办理的事项。");
    browser.sends(&[("kind", "first-filing")]).await;
    let order = browser.address.clone();
    browser.reads("未填写");
    assert!(!browser.text().contains("已完成"), "{}", browser.html);

    // Saved as it was typed, with what is wrong at its field.
    browser.goes_to(&format!("{order}/tasks/subject")).await;
    assert!(!browser.html.contains("class=\"faults\""), "nothing is wrong before anything is typed");
    browser.sends(&[("subject.name", "<b>林晓</b>"), ("subject.region", "鼓楼区")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("内容已保存，但还有需要改正的地方");
    browser.reads("江苏省南京市鼓楼区");
    assert!(browser.html.contains("href=\"#subject.nature\"") && !browser.html.contains("<b>林晓"));
    let card = card(1);
    let subject = [
        ("subject.nature", "5"),
        ("subject.name", NAME),
        ("subject.certificate.kind", "2"),
        ("subject.certificate.number", &*card),
        ("subject.certificate_address", "广东省深圳市南山区科技园路9号2栋301室"),
        ("subject.region", "深圳市南山区"),
        ("subject.address", "科技园路9号2栋301室"),
    ];
    browser.sends(&subject).await;
    assert_eq!(browser.address, format!("{order}/tasks/subject-person"));
    assert!(!browser.html.contains("营业执照"), "somebody in charge has no certificate of a company");
    browser.goes_to(&format!("{order}/tasks/subject")).await;
    let [own, others] = ["个人：身份证", "企业：工商营业执照"].map(|kind| browser.html.find(kind).unwrap());
    assert!(own < others, "those of the nature that was chosen come first");
    browser.goes_to(&format!("{order}/tasks/subject-person")).await;
    sends(&mut browser, &person("subject.person")).await;
    assert_eq!(browser.address, format!("{order}/products/1"));

    browser.sends(&[]).await;
    browser.reads("请选择一个备案服务号");
    let code = browser.html.split_once("id=\"which-").unwrap().1.split_once('"').unwrap().0.to_owned();
    browser.sends(&[("which", &code)]).await;
    assert_eq!(browser.address, format!("{order}/tasks/website-1"));
    let website = [
        ("websites[0].name", "小林的摄影笔记"),
        ("websites[0].domains", "example1.com"),
        ("websites[0].home_page", "www.example1.com"),
        ("websites[0].services", "6"),
        ("websites[0].pre_approvals[0].kind", "6"),
        ("websites[0].pre_approvals[0].number", "粤电子公告2026-012号"),
        ("websites[0].languages", "1"),
        ("websites[0].languages", "11"),
        ("websites[0].addresses", ADDRESS),
        ("websites[0].access_methods", "5"),
    ];
    browser.sends(&website).await;
    assert_eq!(browser.address, format!("{order}/tasks/website-person-1"), "{}", browser.html);
    sends(&mut browser, &person("websites[0].person")).await;
    assert_eq!(browser.address, format!("{order}/materials"));

    let (kind, nothing) = with_picture(&browser, "2", b"no picture");
    browser.posts(&format!("{order}/materials"), kind, nothing).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    for purpose in ["1-0", "2", "3", "4-0", "5-0"] {
        let (kind, body) = with_picture(&browser, purpose, &photo());
        browser.posts(&format!("{order}/materials"), kind, body).await;
        assert_eq!(browser.status, StatusCode::OK, "{}", browser.html);
    }
    browser.goes_to(&order).await;
    assert!(
        !browser.text().contains("未填写") && !browser.text().contains("要填写或改正"),
        "{}",
        browser.text()
    );

    browser.goes_to(&format!("{order}/answers")).await;
    browser.reads("小林的摄影笔记");
    browser.reads("广东省深圳市南山区");
    let body = browser.body_with(&[]).into_bytes();
    for _ in 0..2 {
        browser.posts(&format!("{order}/answers"), FORM, body.clone()).await;
        assert_eq!(browser.address, format!("{order}?submitted=yes"));
        browser.reads("提交成功，等待初审");
    }
    browser.goes_to(&format!("{order}/tasks/subject")).await;
    assert_eq!(browser.address, order, "nothing is edited while a reviewer looks at it");
    browser.goes_to(&format!("{order}?lang=en")).await;
    browser.reads("Waiting for review");
    let list = format!("<a href=\"{order}\">");
    browser.goes_to("/orders").await;
    assert!(browser.html.contains(&list), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_on_one_order_do_not_write_over_each_other() {
    let given = Given::on(Engine::Sqlite).await;
    let mut first = given.browser_of("customer").await;
    first.goes_to("/orders/new").await;
    first.sends(&[("kind", "first-filing")]).await;
    let task = format!("{}/tasks/subject", first.address);
    let mut second = given.browser();
    second.cookies = first.cookies.clone();
    first.goes_to(&task).await;
    second.goes_to(&task).await;
    first.sends(&[("subject.name", "first"), ("later", "yes")]).await;
    second.sends(&[("subject.name", "second"), ("later", "yes")]).await;
    second.reads("这个订单在别的窗口里改动过");
    assert!(second.html.contains("value=\"second\""), "{}", second.html);
    first.goes_to(&task).await;
    assert!(first.html.contains("value=\"first\""), "{}", first.html);
    second.sends(&[("subject.name", "second"), ("later", "yes")]).await;
    first.goes_to(&task).await;
    assert!(first.html.contains("value=\"second\""), "{}", first.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn websites_are_added_and_taken_out_and_an_order_is_given_up_after_a_question() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/orders/new").await;
    browser.sends(&[("kind", "first-filing")]).await;
    let order = browser.address.clone();
    browser.sends(&[]).await;
    browser.reads("第 2 个网站");
    let token = browser.hidden("token");
    let body = format!("token={token}&website=2").into_bytes();
    browser.posts(&format!("{order}/websites/remove"), FORM, body).await;
    assert!(!browser.text().contains("第 2 个网站"), "{}", browser.html);
    browser.goes_to(&format!("{order}/withdraw")).await;
    browser.reads("撤回后不能恢复");
    browser.sends(&[]).await;
    browser.reads("已撤回");
    let mut stranger = given.browser_of("auditor").await;
    stranger.goes_to(&order).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_order_cannot_be_checked_its_pages_say_so_and_call_nothing_complete() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/orders/new").await;
    browser.sends(&[("kind", "first-filing")]).await;
    let order = browser.address.clone();
    browser.goes_to(&format!("{order}/tasks/subject")).await;
    browser.sends(&[("subject.name", NAME), ("later", "yes")]).await;
    // Before the first edition no rules are in force.
    given.clock.pass(SignedDuration::from_hours(-24 * 365 * 30));
    for page in ["", "/tasks/subject", "/materials", "/answers"] {
        browser.goes_to(&format!("{order}{page}")).await;
        assert_eq!(browser.status, StatusCode::OK, "{page} {}", browser.html);
        browser.reads("现在无法检查填写的内容");
        assert!(!browser.text().contains("已完成"), "{page}");
    }
    browser.goes_to(&format!("{order}?lang=en")).await;
    browser.reads("What is filled in cannot be checked now");
    browser.reads("not checked");
}
