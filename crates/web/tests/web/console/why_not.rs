//! Support answers "why not" in one search.

use crate::{
    Given,
    two_people::{SUBJECT, WEBSITE},
};
use app::access::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testbed::Engine;

impl Given {
    async fn one_code(&self) -> String {
        let body = json!({ "instance": "i-7" });
        let made =
            self.post("/api/v1/codes").token(self.key(Role::Customer)).key("k").json(&body).sent().await;
        made.body()["codes"][0]["code"].as_str().unwrap().to_owned()
    }

    async fn lines(&self) -> Vec<Value> {
        let log = self.get("/api/v1/access-log").token(self.key(Role::Auditor)).sent().await.body();
        log["items"].as_array().unwrap().clone()
    }
}

/// An address as browsers write it.
fn why_not(q: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", q);
    format!("/why-not?{}", query.finish())
}

#[tokio::test]
async fn one_search_gives_the_words_of_the_customer_with_rule_facts_and_ledger() {
    let given = Given::on(Engine::Sqlite).await;
    given.one_code().await;
    given.clock.pass(SignedDuration::from_hours(24 * 500));
    let support = given.signed_in(given.key(Role::Support));
    let found = support.fills("/why-not", &[("q", " Ｉ－7 ")]).await;
    assert_eq!((found.status.as_u16(), found.leads_to()), (303, Some("/why-not?q=%EF%BC%A9%EF%BC%8D7")));
    let page = support.opens("/why-not?q=%EF%BC%A9%EF%BC%8D7").await;
    assert_eq!(page.status, 200);
    let api = json!({ "q": "i-7" });
    let api = given.post("/api/v1/why-not").token(given.key(Role::Support)).json(&api).sent().await.body();
    for lang in ["zh", "en"] {
        for said in api["copy"][lang].as_str().unwrap().lines() {
            page.says(&[said]);
        }
    }
    page.says(&[
        "客户看到的",
        "英文答复",
        "按 2020-10-16 版规则判定",
        "购买时长（含续费）至少 3 个月",
        "004",
    ]);
    page.says(&[
        "计费方式",
        "包年包月",
        "5 Mbit/s",
        "申请备案服务号：通过",
        "账号 acc-7",
        "本次查询已记入查看记录",
    ]);
    for id in ["copy", "copy-en"] {
        assert!(page.html.contains(&format!("data-copies=\"{id}\"")), "{}", page.html);
        assert!(page.html.contains(&format!("id=\"{id}\"")), "{}", page.html);
    }
    let english = given.signed_in(given.key(Role::Support)).english().opens(&why_not("i-7")).await;
    english.says(&[
        "What the customer sees",
        "The answer in Chinese",
        "billing method",
        "Service codes issued",
    ]);
}

#[tokio::test]
async fn a_code_is_looked_up_however_it_is_typed_and_never_stands_on_a_page_or_in_an_address() {
    let given = Given::on(Engine::Sqlite).await;
    let code = given.one_code().await;
    let wide = |found: char| char::from_u32(u32::from(found) + 0xFEE0).unwrap();
    let support = given.signed_in(given.key(Role::Support));
    for typed in [
        code.clone(),
        code.to_lowercase().replace('-', " "),
        code.chars().map(wide).collect(),
        code.replace('-', ""),
    ] {
        let page = support.fills("/why-not", &[("q", &typed)]).await;
        assert_eq!((page.status.as_u16(), page.leads_to()), (200, None), "{typed}");
        page.says(&["备案服务号所有者看到的", "未使用", "依据：产品实例", "i-7", &code[18..]]);
        assert!(!page.html.contains(&typed) && !page.html.contains(&code[..17]), "{}", page.html);
    }
    let mistyped = format!("{}UU", &code[..21]);
    let page = support.fills("/why-not", &[("q", &mistyped)]).await;
    assert_eq!((page.status.as_u16(), page.leads_to()), (404, None));
    page.says(&["输入有误"]);
    assert!(!page.html.contains(&code[..17]), "{}", page.html);
}

#[tokio::test]
async fn numbers_domains_and_orders_are_found_in_the_same_box() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    let support = given.signed_in(given.key(Role::Support));
    let draft = support.opens(&why_not(&lin.id)).await;
    assert_eq!(draft.status, 404, "what was never submitted is nobody's business");
    given.filed_under(&lin).await;
    let order = support.opens(&why_not(&lin.id.to_uppercase())).await;
    order.says(&["备案订单", "备案成功", "首次备案", "依据：备案订单", "acc-7"]);
    assert!(!order.html.contains("33010619"), "nothing that is filled in: {}", order.html);
    let narrow = WEBSITE.to_lowercase().replace("icp", "icp ");
    for typed in [WEBSITE, &narrow] {
        let number = support.opens(&why_not(typed)).await;
        number.says(&[WEBSITE, "正常", "依据：备案库", "主体备案号", SUBJECT, "i-7", "acc-7"]);
    }
    let domain = "example1.com";
    for typed in [format!("https://www.{domain}/index.html"), domain.to_uppercase()] {
        support.opens(&why_not(&typed)).await.says(&["已经备案，可以开通访问", WEBSITE, domain]);
    }
    support.opens(&why_not("nobody-has-this.cn")).await.says(&["该域名没有在本服务商备案", "新增接入"]);
    let lines = given.lines().await;
    let of = |what: &str| lines.iter().filter(|line| line["what"] == what).count();
    assert_eq!((of("why-not"), of("why-not-unknown")), (5, 2), "{lines:?}");
    assert!(lines.iter().any(|line| line["number"] == WEBSITE && line["account"] == "acc-7"), "{lines:?}");
    assert!(lines.iter().any(|line| line["order"] == *lin.id), "{lines:?}");
}

#[tokio::test]
async fn an_earlier_day_is_answered_as_it_was_then() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    given.clock.pass(SignedDuration::from_hours(24 * 3));
    given.filed_under(&lin).await;
    given.clock.pass(SignedDuration::from_hours(24 * 500));
    let support = given.signed_in(given.key(Role::Support));
    let then = |q: &str, at: &str| format!("{}&at={at}", why_not(q));
    support.opens(&then("i-7", "２０２０－１１－０２")).await.says(&["可备案", "2020-11-02 00:00"]);
    for (q, at, says) in [
        (WEBSITE, "2020-11-02", "请换一个更晚的时间"),
        (&*lin.id, "2020-11-02", "草稿"),
        ("i-7", "2020-10-01", "请换一个更晚的时间"),
        ("i-7", "yesterday", "时间"),
    ] {
        support.opens(&then(q, at)).await.says(&[says]);
    }
    let wrong = support.opens(&then("i-7", "yesterday")).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("<title>错误：") && wrong.html.contains("value=\"yesterday\""),
        "{}",
        wrong.html
    );
}

#[tokio::test]
async fn what_is_not_found_is_said_and_nothing_typed_becomes_a_mark() {
    let given = Given::on(Engine::Sqlite).await;
    let support = given.signed_in(given.key(Role::Support));
    let page = support.opens(&why_not("<b>no</b>")).await;
    assert_eq!(page.status, 404);
    page.says(&["没有找到"]);
    assert!(!page.html.contains("<b>"), "{}", page.html);
    let nothing = support.fills("/why-not", &[("q", "  ")]).await;
    assert_eq!(nothing.status, 422);
    nothing.says(&["请输入要查询的内容"]);
}

#[tokio::test]
async fn support_alone_looks_up() {
    let given = Given::on(Engine::Sqlite).await;
    let stranger = given.reader().opens("/why-not?q=i-7").await;
    assert_eq!(
        (stranger.status.as_u16(), stranger.leads_to()),
        (303, Some("/sign-in?next=%2Fwhy-not%3Fq%3Di-7"))
    );
    for role in Role::ALL {
        let browser = given.signed_in(given.key(role));
        let may = role == Role::Support;
        assert_eq!(browser.opens("/why-not").await.status, if may { 200 } else { 403 }, "{role}");
        assert_eq!(browser.opens("/").await.html.contains("href=\"/why-not\""), may, "{role}");
    }
}
