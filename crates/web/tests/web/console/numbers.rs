//! Filing numbers on pages: what threatens them, what their owner says, how they end, and what is kept.

use crate::{
    Given,
    two_people::{SUBJECT, WEBSITE},
};
use app::access::Role;
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;
use testbed::{ENGINES, Engine};
use url::form_urlencoded::byte_serialize;

/// What the bureau gave in truth.
const RIGHT: &str = "粤ICP备87654321号";

fn page(number: &str) -> String {
    format!("/numbers/{}", byte_serialize(number.as_bytes()).collect::<String>())
}

/// Where an order about a number is begun.
fn begins(kind: &str, number: &str) -> String {
    let number: String = byte_serialize(number.as_bytes()).collect();
    format!("/orders/new?kind={kind}&number={number}")
}

impl Given {
    async fn ends_access(&self) {
        let path = crate::numbers::at(WEBSITE, "/drop-access");
        let told = self.change(Role::Operator, "POST", &path, "d", json!({ "reason": "by-owner" })).await;
        assert_eq!(told.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_finds_his_numbers_and_all_that_is_known_of_each() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/numbers").await;
    browser.reads("还没有备案号");
    given.website().await;
    browser.goes_to("/numbers").await;
    for words in [SUBJECT, WEBSITE, "正常", "example1.com"] {
        browser.reads(words);
    }
    browser.goes_to(&page(WEBSITE)).await;
    assert_eq!(browser.title().split(" · ").next(), Some(format!("备案号 {WEBSITE}").as_str()));
    for words in [
        "目前没有发现风险",
        "备案信息真实、准确。",
        "备案成功",
        "i-7",
        "注销后不可恢复",
        "所属主体",
        "接入服务商",
    ] {
        browser.reads(words);
    }
    browser.goes_to(&page(SUBJECT)).await;
    browser.reads("主体名下的网站");
    let mut english = browser.english();
    english.goes_to(&page(WEBSITE)).await;
    for words in ["Nothing is known to threaten it.", "What is filed is true and accurate.", "the provider"] {
        english.reads(words);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_until_when_his_domain_is_registered_in_whichever_way_he_writes_days() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&page(WEBSITE)).await;
    for (typed, told) in
        [("", "请填写年月日"), ("2020-02-30", "请填写年月日"), ("2011-01-01", "域名到期日应在")]
    {
        browser.sends_that_with("/domains\"", &[("domain", "example1.com"), ("expires_on", typed)]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(browser.title().starts_with("错误："), "{typed}");
        browser.reads(told);
        let kept = browser.html.contains(&format!("value=\"{typed}\""));
        assert!(typed.is_empty() || kept, "{typed} is kept");
    }
    browser
        .sends_that_with("/domains\"", &[("domain", "example1.com"), ("expires_on", "２０２０年11月20日")])
        .await;
    assert_eq!(browser.status, StatusCode::OK);
    for words in [
        "到期日已保存",
        "example1.com：2020-11-20 到期",
        "域名 example1.com 将于 2020 年 11 月 20 日到期",
        "不处理的话",
    ] {
        browser.reads(words);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_that_another_provider_hosts_his_website_and_takes_it_back() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    given.ends_access().await;
    given.clock.pass(SignedDuration::from_hours(24 * 40));
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&page(WEBSITE)).await;
    browser.reads("长期没有接入的");
    browser.sends_that_with("/elsewhere\"", &[]).await;
    browser.reads("已登记由其他服务商接入");
    browser.reads("本账号");
    browser.reads("目前没有发现风险");
    let held = browser.html.clone();
    browser.sends_that_with("/elsewhere\"", &[]).await;
    browser.reads("长期没有接入的");
    // The page of before, sent once more from another tab.
    browser.html = held;
    browser.sends_that_with("/elsewhere\"", &[]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("已经是这样登记的");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_to_end_a_number_reads_what_he_loses_and_begins_the_order_for_it() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&page(WEBSITE)).await;
    let begin = format!("href=\"{}\"", begins("cancel-website", WEBSITE).replace('&', "&#38;"));
    assert!(browser.html.contains(&begin), "{begin} {}", browser.html);
    browser.goes_to("/orders/new?kind=cancel-website").await;
    let chosen =
        browser.html.split("<input").find(|input| input.contains("value=\"cancel-website\"")).unwrap();
    assert!(chosen.split_once('>').unwrap().0.contains(" checked"), "{chosen}");
    let none = browser.html.matches(" checked").count();
    assert_eq!(none, 1);
    browser.goes_to("/orders/new?kind=none").await;
    assert_eq!(browser.html.matches(" checked").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_kept_as_a_receipt() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let ask = json!({ "reason": "by-owner", "confirmation": "12345678" });
    let path = crate::numbers::at(SUBJECT, "/cancel");
    assert_eq!(given.change(Role::Operator, "POST", &path, "c", ask).await.status, 200);
    let mut browser = given.browser_of("customer").await;
    browser.goes_to(&page(WEBSITE)).await;
    assert!(!browser.text().contains("保持有效的四项要求"), "a cancelled number has no duties");
    let href = browser.html.split("href=\"").find(|link| link.contains("/receipts/")).unwrap();
    let href = href.split_once('"').unwrap().0.to_owned();
    browser.goes_to(&href).await;
    for words in
        ["网站备案号 粤ICP备12345678号-1 已注销", "由谁提出", "备案主体", "回执编号", "由此失去的", SUBJECT]
    {
        browser.reads(words);
    }
    browser.goes_to(&format!("{}/receipts/none", page(WEBSITE))).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_looks_any_number_up_which_is_recorded_and_others_see_none_of_it() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut support = given.browser_of("support").await;
    support.goes_to("/numbers").await;
    support.reads("每次查看都会留下记录");
    support
        .goes_to(&format!("/numbers?number={}", byte_serialize(WEBSITE.as_bytes()).collect::<String>()))
        .await;
    support.reads("账号： acc-7");
    support.reads("工作人员 operator");
    assert!(!support.html.contains("/domains\""), "whoever may not say anything has no form");
    let lines = given.seen(Role::Auditor, "/api/v1/access-log").await.body();
    assert_eq!(lines["items"][0]["what"], "number");
    let li = given.customer("acc-8", 8).await;
    given.user("li", Role::Customer, Some(li.name())).await;
    let mut other = given.browser_of("li").await;
    for address in [page(WEBSITE), "/numbers/none".to_owned()] {
        other.goes_to(&address).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{address}");
    }
    let mut nobody = given.browser();
    nobody.goes_to(&page(WEBSITE)).await;
    assert!(nobody.title().contains("登录"), "{}", nobody.title());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_begun_from_a_website_has_its_number_and_what_is_filed_so_that_one_field_is_edited() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let mut browser = given.browser_of("customer").await;
        browser.goes_to(&page(WEBSITE)).await;
        browser.reads("办理变更或新增");
        browser.goes_to(&begins("change", WEBSITE)).await;
        browser.reads(WEBSITE);
        assert!(!browser.html.contains("value=\"first-filing\""), "{engine:?}: it has a number already");
        browser.sends(&[("kind", "change")]).await;
        browser.reads("只改要变的内容");
        let order = browser.address.split('?').next().unwrap().to_owned();
        browser.goes_to(&format!("{order}/tasks/target")).await;
        assert!(browser.html.contains(&format!("value=\"{SUBJECT}\"")), "{engine:?} {}", browser.html);
        browser.goes_to(&format!("{order}/answers")).await;
        browser.reads("变更备案没有要变更的内容");
        browser.goes_to(&format!("{order}/tasks/website-1")).await;
        for filed in [WEBSITE, "www.example1.com"] {
            assert!(browser.html.contains(&format!("value=\"{filed}\"")), "{engine:?} {filed}");
        }
        browser.reads("example1.com");
        browser.goes_to(&format!("{order}/tasks/website-person-1")).await;
        assert!(browser.html.contains("value=\"lin@example.com\""), "{engine:?} {}", browser.html);
        browser.sends_that_with("later", &person_with_mail("lin@example.cn")).await;
        browser.goes_to(&format!("{order}/answers")).await;
        assert!(!browser.text().contains("没有要变更的内容"), "{engine:?} {}", browser.html);
    }
}

/// The person in charge of a website, as he is filed but for his mail.
fn person_with_mail(mail: &str) -> Vec<(&str, &str)> {
    vec![("websites[0].person.email", mail)]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_begun_from_a_number_starts_from_what_it_needs_of_it() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let mut browser = given.browser_of("customer").await;
    for (kind, from, carried) in [
        ("change", SUBJECT, SUBJECT),
        ("add-website", SUBJECT, SUBJECT),
        ("add-website", WEBSITE, SUBJECT),
        ("cancel-website", WEBSITE, WEBSITE),
        ("cancel-access", WEBSITE, WEBSITE),
        ("add-access", WEBSITE, WEBSITE),
        ("cancel-subject", SUBJECT, SUBJECT),
    ] {
        browser.goes_to(&begins(kind, from)).await;
        browser.sends(&[("kind", kind)]).await;
        let order = browser.address.split('?').next().unwrap().to_owned();
        browser.goes_to(&format!("{order}/tasks/target")).await;
        assert!(browser.html.contains(&format!("value=\"{carried}\"")), "{kind} {}", browser.html);
        if kind == "change" {
            browser.goes_to(&format!("{order}/tasks/subject")).await;
            assert!(browser.html.contains("value=\"林晓\""), "{}", browser.html);
        }
    }
    browser.goes_to(&format!("{}&lang=en", begins("change", SUBJECT))).await;
    browser.reads("About filing number");
    browser.sends(&[("kind", "cancel-website")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "a subject is no website");
    browser.reads("Choose what you want to do.");
    browser.reads(SUBJECT);
    browser.goes_to(&begins("cancel-subject", WEBSITE)).await;
    assert!(!browser.html.contains("value=\"cancel-subject\""), "who ends a website begins to end no other");
    for (kind, number) in [("cancel-website", SUBJECT), ("first-filing", WEBSITE)] {
        let body = json!({ "kind": kind, "number": number });
        let asked = given.post("/api/v1/orders").token(given.key(Role::Customer)).json(&body).sent().await;
        let fault = &asked.body()["errors"][0];
        assert_eq!((asked.status.as_u16(), &fault["path"]), (422, &json!("number")), "{kind}");
        assert_eq!(fault["code"], "number-unsuited", "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_another_account_is_carried_into_no_order() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    given.customer("acc-8", 8).await;
    let token = given.user("li", Role::Customer, Some("acc-8")).await;
    let mut other = given.browser_of("li").await;
    other.goes_to(&begins("change", SUBJECT)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    other.goes_to("/orders/new").await;
    other.sends(&[("kind", "change"), ("number", SUBJECT)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let body = json!({ "kind": "change", "number": SUBJECT });
    let asked = given.post("/api/v1/orders").token(&token).json(&body).sent().await;
    assert_eq!(asked.status, 404, "{asked:?}");
    let listed = given.get("/api/v1/orders").token(&token).sent().await.body();
    assert_eq!(listed["items"], json!([]), "none was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_numbers_tells_what_threatens_each_most_with_its_day() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let mut browser = given.browser_of("customer").await;
        browser.goes_to("/numbers").await;
        assert_eq!(browser.text().matches("没有发现风险").count(), 2, "{engine:?} {}", browser.html);
        let untrue = json!({ "what": "电话打不通。", "mend_by": "2020-11-15" });
        let path = crate::numbers::at(WEBSITE, "/untrue");
        assert_eq!(given.change(Role::Operator, "POST", &path, "u", untrue).await.status, 200);
        browser.goes_to("/numbers").await;
        browser.reads("备案信息有误，最晚 2020-11-15 改正");
        assert_eq!(browser.text().matches("没有发现风险").count(), 1, "{engine:?}: the subject has none");
        browser.goes_to("/numbers?lang=en").await;
        browser.reads("Something filed is untrue: mend it by 2020-11-15");
        browser.goes_to("/numbers/export?as=csv").await;
        assert!(
            browser.html.contains("Something filed is untrue: mend it by 2020-11-15"),
            "{engine:?} {}",
            browser.html
        );
    }
}

fn deed(number: &str, deed: &str) -> String {
    format!("{}/deeds/{deed}", page(number))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_records_what_becomes_of_a_number_on_pages_that_say_first_what_is_lost() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let mut browser = given.operator().await;
        browser.goes_to(&page(WEBSITE)).await;
        let offered = ["untrue", "drop-access", "correct", "cancel"].map(|word| deed(WEBSITE, word));
        assert!(offered.iter().all(|at| browser.html.contains(&format!("href=\"{at}\""))), "{engine:?}");
        assert!(!browser.html.contains(&deed(WEBSITE, "mended")), "{engine:?}: nothing is to be mended");

        browser.goes_to(&deed(WEBSITE, "untrue")).await;
        browser.reads("立即通知持有账号");
        browser.sends(&[("what", ""), ("mend_by", "后天")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.reads("请填写年月日");
        browser.reads("请写明发现的问题");
        browser.sends(&[("what", ""), ("mend_by", "2020-11-10")]).await;
        assert!(browser.html.contains("value=\"2020-11-10\""), "{engine:?}: what was typed stays");
        browser.sends(&[("what", "电话打不通"), ("mend_by", "2022-11-10")]).await;
        browser.reads("改正期限最晚是 2021-04-30");
        browser.sends(&[("what", "电话打不通"), ("mend_by", "2020-11-10")]).await;
        browser.reads("已登记，并已通知持有账号");
        browser.reads("须在 2020-11-10 前");
        let mut owner = given.browser_of("customer").await;
        owner.goes_to(&page(WEBSITE)).await;
        owner.reads("电话打不通");

        browser.goes_to(&deed(WEBSITE, "drop-access")).await;
        browser.reads("备案号保留");
        browser.sends(&[("reason", "")]).await;
        browser.reads("请选择原因");
        browser.sends(&[("reason", "information-untrue")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.reads("改正期限 2020-11-10 还没有过");
        browser.sends(&[("reason", "instance-expired")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.reads("仍在使用");
        browser.reads("请先导入最新的产品清单");
        browser.sends(&[("reason", "information-untrue")]).await;
        let chosen = "<option value=\"information-untrue\" selected>";
        assert!(browser.html.contains(chosen), "{engine:?}: what was chosen stays");

        browser.goes_to(&deed(WEBSITE, "mended")).await;
        browser.reads("待改正的问题");
        browser.sends(&[]).await;
        browser.reads("已登记改正");
        browser.goes_to(&deed(WEBSITE, "mended")).await;
        assert_eq!(browser.address, page(WEBSITE), "{engine:?}: there is nothing more to mend");

        browser.goes_to(&deed(WEBSITE, "drop-access")).await;
        browser.sends(&[("reason", "by-owner")]).await;
        browser.reads("已登记取消接入");
        browser.reads("已取消接入");
        for happened in ["核查发现问题（改正期限 2020-11-10）", "核实已改正", "工作人员 "]
        {
            browser.reads(happened);
        }
        assert!(!browser.html.contains("staff:"), "{engine:?}");
        let [mended, found] = ["核实已改正", "核查发现问题（"].map(|what| browser.html.find(what).unwrap());
        assert!(mended < found, "{engine:?}: the latest first");

        browser.goes_to(&deed(SUBJECT, "correct")).await;
        browser.reads("主体名下网站的备案号随主体一起更正");
        browser.sends(&[("to", "不是备案号")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.sends(&[("to", RIGHT)]).await;
        browser.reads("备案号已更正");
        assert!(browser.title().contains(RIGHT), "{engine:?}");
        for mut whoever in [given.browser_of("support").await, owner] {
            whoever.goes_to(&page(SUBJECT)).await;
            whoever.reads(&format!("{SUBJECT} 录入有误，已更正为 {RIGHT}"));
            assert!(whoever.title().contains(RIGHT), "{engine:?}");
        }
        browser.goes_to(&deed(SUBJECT, "correct")).await;
        assert_eq!(browser.address, deed(RIGHT, "correct"), "{engine:?}");

        let website = format!("{RIGHT}-1");
        browser.goes_to(&deed(&website, "cancel")).await;
        browser.reads("注销不能恢复");
        browser.sends(&[("reason", "by-owner"), ("confirmation", "12345678")]).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        browser.reads(&format!("{website} 中的全部数字"));
        let held = browser.html.clone();
        browser.sends(&[("reason", "by-owner"), ("confirmation", "87654321-1")]).await;
        browser.reads("已登记注销");
        browser.reads("网站要重新上线，须重新备案");
        // A double click: the page of before, sent once more with its key.
        (browser.html, browser.address) = (held, deed(&website, "cancel"));
        browser.sends(&[("reason", "by-owner"), ("confirmation", "87654321-1")]).await;
        browser.reads("已登记注销");
        browser.goes_to(&deed(&website, "drop-access")).await;
        assert_eq!(browser.address, page(&website), "{engine:?}: nothing more happens to a cancelled number");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_records_what_becomes_of_a_number_who_may_not_and_no_address_says_that_it_was_done() {
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    for who in ["customer", "support", "auditor"] {
        let mut browser = given.browser_of(who).await;
        browser.goes_to(&page(WEBSITE)).await;
        assert!(!browser.html.contains("/deeds/"), "{who}");
        for word in ["untrue", "mended", "drop-access", "correct", "cancel"] {
            browser.goes_to(&deed(WEBSITE, word)).await;
            assert_eq!(browser.status, StatusCode::FORBIDDEN, "{who} {word}");
        }
    }
    let mut browser = given.operator().await;
    browser.goes_to(&deed(WEBSITE, "burn")).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    browser.goes_to(&deed("浙ICP备1号", "cancel")).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    for word in ["untrue", "mended", "drop-access", "correct", "cancel"] {
        browser.goes_to(&format!("{}?done={word}", page(WEBSITE))).await;
        assert!(!browser.html.contains("class=\"done\""), "{word}");
    }
}
