//! The gate as pages: what may be served, asked by people; the white list and the ranges, kept by operators.

use super::browser::Browser;
use crate::Given;
use app::access::Role;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use jiff::SignedDuration;
use serde_json::json;
use testbed::{ENGINES, Engine};
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";

impl Browser<'_> {
    /// Fills in the form of the white list and says yes to what is told back.
    async fn white_lists(&mut self, fields: &[(&str, &str)]) {
        self.goes_to("/gate/windows/new").await;
        self.sends(fields).await;
        assert_eq!(self.status, StatusCode::OK, "{}", self.html);
        self.sends(&[]).await;
    }

    /// How many rows the list of the page has.
    fn rows(&self) -> usize {
        self.html.matches("<th scope=\"row\"").count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_is_told_whether_why_by_which_domain_and_as_of_when() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        given.gate_follows().await;
        let number = given.number(Role::Customer, crate::two_people::WEBSITE).await.body();
        let domain =
            number["domains"][0].as_str().or(number["domains"][0]["domain"].as_str()).unwrap().to_owned();
        let support = given.signed_in(given.key(Role::Support));
        let page = support.opens(&format!("/gate?q=https://www.{domain}.:8443/a?b")).await;
        page.says(&[
            "该域名已备案，并接入在本服务商",
            &domain,
            crate::two_people::WEBSITE,
            "0 秒前",
            "台账的前",
        ]);
        assert!(page.html.contains("<span class=\"mark good\">放行</span>"), "{engine:?} {}", page.html);
        assert!(!page.html.contains("/gate/windows"), "support keeps no white list: {}", page.html);
        let page = support.opens("/gate?q=www.%E4%BE%8B%E5%AD%90.%E4%B8%AD%E5%9B%BD").await;
        page.says(&[
            "不放行",
            "该域名没有在本服务商备案",
            "例子.中国（xn--fsqu00a.xn--fiqs8s）",
            "请先办理备案",
        ]);
        let operator = given.signed_in(given.key(Role::Operator)).english();
        let page = operator.opens("/gate?q=www.other.cn").await;
        page.says(&["Not served", "File it first", "put it on the white list for a time", "other.cn"]);
        assert!(page.html.contains("href=\"/gate/windows/new?names=www.other.cn\""), "{}", page.html);
        let page = operator.opens("/gate?q=10.1.2.3:80").await;
        page.says(&["Not served", "in none of the provider"]);
        assert!(page.html.contains("href=\"/gate/ranges/new?range=10.1.2.3\""), "{}", page.html);
        let page = operator.opens("/gate?q=%3Cb%3Ex").await;
        assert!(!page.html.contains("<b>"), "{}", page.html);
        let page = operator.opens("/gate?q=+").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        page.says(&["Enter the domain"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_blacklist_or_known_too_long_ago_is_told_with_what_to_do() {
    let given = Given::on(Engine::Sqlite).await;
    let list = json!({ "list": { "thing": "domain", "value": "bad.cn", "reason": "by-authority" } });
    let id = given.proposed(list).await;
    let mut operator = given.operator().await;
    operator.goes_to(&format!("/proposals/{id}")).await;
    operator.sends_that_with("同意，立即执行", &[]).await;
    given.gate_follows().await;
    operator.goes_to("/gate?q=www.bad.cn").await;
    operator.reads("加入白名单也不会放行");
    assert!(!operator.html.contains("/gate/windows/new?names"), "{}", operator.html);
    operator.goes_to("/gate/windows/new?names=bad.cn").await;
    operator.sends(&[("names", "bad.cn"), ("lasts", "2h"), ("reason", "搬迁")]).await;
    operator.reads("该域名在黑名单中，不得提供访问");
    given.clock.pass(SignedDuration::from_hours(25));
    let page = given.signed_in(given.key(Role::Operator)).opens("/gate?q=other.cn").await;
    page.says(&["不放行", "放行数据太旧", "请确认数据库可以连接", "25 小时 0 分前"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_a_domain_is_white_listed_for_two_hours_once_and_ended_before_its_time() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let mut operator = given.operator().await;
        operator.goes_to("/gate?q=https://shop.a.cn/").await;
        operator.reads("不放行");
        operator.goes_to("/gate/windows/new?names=shop.a.cn").await;
        assert!(operator.html.contains("shop.a.cn</textarea>"), "{}", operator.html);
        operator
            .sends(&[("names", "https://shop.a.cn/x"), ("lasts", "2h"), ("until", ""), ("reason", "搬迁")])
            .await;
        // It is nine in the morning of the story.
        for words in [
            "立即生效，至 2020-11-01 11:00（北京时间）",
            "搬迁",
            "a.cn",
            "不放行",
            "域名下的所有名称都会放行",
        ] {
            operator.reads(words);
        }
        let body = operator.body_with(&[]).into_bytes();
        operator.posts("/gate/windows/new", FORM, body.clone()).await;
        operator.reads("已加入白名单");
        assert!(operator.address.starts_with("/gate/windows/"), "{}", operator.address);
        let entry = operator.address.clone();
        given.clock.pass(SignedDuration::from_secs(90));
        operator.posts("/gate/windows/new", FORM, body).await;
        assert_eq!(operator.address, entry, "{engine:?}: sent twice, it is done once");
        given.gate_follows().await;
        operator.goes_to("/gate?q=x.a.cn").await;
        operator.reads("该域名在白名单中：搬迁");
        operator.reads("2020-11-01 11:00（北京时间）");
        operator.goes_to("/gate/windows").await;
        assert_eq!(operator.rows(), 1, "{engine:?} {}", operator.html);
        operator.reads("生效中");
        operator.goes_to(&entry).await;
        operator.reads("工作人员");
        let body = operator.body_with(&[]).into_bytes();
        let place = entry.split('?').next().unwrap();
        for _ in 0..2 {
            operator.posts(place, FORM, body.clone()).await;
            operator.reads("已提前结束");
        }
        assert!(!operator.html.contains("立即结束"), "{}", operator.html);
        given.gate_follows().await;
        operator.goes_to("/gate?q=x.a.cn").await;
        operator.reads("不放行");
        operator.goes_to("/gate/windows").await;
        operator.reads("白名单中没有生效或待生效的域名");
        operator.goes_to("/gate/windows?over=1").await;
        operator.reads("已提前结束");
        assert_eq!(operator.rows(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_another_ended_meanwhile_is_told_as_ended() {
    let given = Given::on(Engine::Sqlite).await;
    let mut operator = given.operator().await;
    operator.white_lists(&[("names", "a.cn"), ("lasts", "no-end"), ("reason", "搬迁")]).await;
    let entry = operator.address.split('?').next().unwrap().to_owned();
    operator.goes_to(&entry).await;
    let late = operator.body_with(&[]).into_bytes();
    operator.goes_to(&entry).await;
    operator.sends(&[]).await;
    operator.posts(&entry, FORM, late).await;
    assert_eq!(operator.status, StatusCode::OK);
    operator.reads("由谁提前结束");
    operator.goes_to("/gate/windows/00000000-0000-7000-8000-000000000000").await;
    assert_eq!(operator.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_to_come_and_over_stand_apart_and_a_time_is_that_of_beijing() {
    let given = Given::on(Engine::Sqlite).await;
    let mut operator = given.operator().await;
    let times = [("from", "2020年11月2日 8时00分"), ("until", "２０２０－１１－０２ １８：００")];
    let fields = [("names", "a.cn b.cn，c.cn"), ("lasts", ""), times[0], times[1], ("reason", "演练")];
    operator.white_lists(&fields).await;
    operator.reads("已加入白名单");
    assert_eq!(operator.rows(), 3, "{}", operator.html);
    operator.reads("待生效");
    operator.reads("2020-11-02 08:00 起");
    operator.reads("至 2020-11-02 18:00");
    let reader = given.signed_in(given.key(Role::Operator));
    given.clock.pass(SignedDuration::from_hours(24));
    reader.opens("/gate/windows").await.says(&["生效中"]);
    given.clock.pass(SignedDuration::from_hours(10));
    reader.opens("/gate/windows").await.says(&["没有生效或待生效的域名"]);
    let over = reader.opens("/gate/windows?over=1").await;
    over.says(&["已到期"]);
    assert_eq!(over.html.matches("<th scope=\"row\"").count(), 3, "{}", over.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept() {
    let given = Given::on(Engine::Sqlite).await;
    let mut operator = given.operator().await;
    let long = "长".repeat(61);
    let many = (0..101).map(|nth| format!("a{nth}.cn")).collect::<Vec<_>>().join(" ");
    for (names, lasts, until, from, reason, field) in [
        ("", "2h", "", "", "搬迁", "names"),
        ("com.cn", "2h", "", "", "搬迁", "names"),
        ("10.0.0.1", "2h", "", "", "搬迁", "names"),
        (&*many, "2h", "", "", "搬迁", "names"),
        ("a.cn", "", "", "", "搬迁", "lasts"),
        ("a.cn", "2h", "2020-11-02 06:00", "", "搬迁", "until"),
        ("a.cn", "no-end", "2020-11-02 06:00", "", "搬迁", "until"),
        ("a.cn", "", "明天", "", "搬迁", "until"),
        ("a.cn", "", "2020-11-01 08:59", "", "搬迁", "until"),
        ("a.cn", "", "2020-11-02 06:00", "2020-11-02 06:00", "搬迁", "until"),
        ("a.cn", "2h", "", "2020-10-01", "搬迁", "until"),
        ("a.cn", "2h", "", "soon", "搬迁", "from"),
        ("a.cn", "2h", "", "", "", "reason"),
        ("a.cn", "2h", "", "", &*long, "reason"),
    ] {
        operator.goes_to("/gate/windows/new").await;
        let fields =
            [("names", names), ("lasts", lasts), ("until", until), ("from", from), ("reason", reason)];
        operator.sends(&fields).await;
        assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(operator.html.contains(&format!("id=\"{field}-fault\"")), "{fields:?}: {}", operator.html);
        assert_eq!(operator.html.matches("-fault\">").count(), 1, "{fields:?}: {}", operator.html);
        assert!(operator.html.contains(&format!("{names}</textarea>")), "{}", operator.html);
        for typed in [until, from, reason].into_iter().filter(|typed| !typed.is_empty()) {
            assert!(operator.html.contains(&format!("value=\"{typed}\"")), "{typed}: {}", operator.html);
        }
    }
    operator.goes_to("/gate/windows").await;
    assert_eq!(operator.rows(), 0, "nothing was done");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_back_can_be_changed_and_is_done_only_when_somebody_says_so() {
    let given = Given::on(Engine::Sqlite).await;
    let mut operator = given.operator().await;
    operator.goes_to("/gate/windows/new").await;
    operator.sends(&[("names", "a.cn"), ("lasts", "no-end"), ("reason", "\"<b>&")]).await;
    operator.reads("没有结束时间");
    assert!(!operator.html.contains("<b>"), "{}", operator.html);
    let change =
        operator.html.split_once("href=\"/gate/windows/new?names").unwrap().1.split_once('"').unwrap().0;
    let change = format!("/gate/windows/new?names{}", change.replace("&#38;", "&"));
    operator.goes_to(&change).await;
    assert!(operator.html.contains("a.cn</textarea>"), "{}", operator.html);
    assert!(operator.html.contains("<option value=\"no-end\" selected>"), "{}", operator.html);
    assert!(operator.html.contains("value=\"&#34;&#60;b&#62;&#38;\""), "{}", operator.html);
    operator.goes_to("/gate/windows").await;
    assert_eq!(operator.rows(), 0, "nobody said yes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_put_down_once_seen_at_the_gate_and_taken_away() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let mut operator = given.operator().await;
        for (range, reason, field, words) in [
            ("", "自有", "range", "这不是地址或地址段"),
            ("10.0.0.5/8", "自有", "range", "前缀长度不符"),
            ("10.0.0.9-10.0.0.1", "自有", "range", "末尾地址在起始地址之前"),
            ("10.0.0.1-::1", "自有", "range", "同为 IPv4"),
            ("10.0.0.0/8", "", "reason", "1 到 60 个字"),
        ] {
            operator.goes_to("/gate/ranges/new").await;
            operator.sends(&[("range", range), ("reason", reason)]).await;
            assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY, "{range}");
            assert!(operator.html.contains(&format!("id=\"{field}-fault\"")), "{range}: {}", operator.html);
            operator.reads(words);
        }
        operator.goes_to("/gate/ranges/new").await;
        operator.sends(&[("range", "１０.０.０.０～10.0.0.255"), ("reason", "自有")]).await;
        for words in ["10.0.0.0/24", "10.0.0.0 至 10.0.0.255", "256 个", "自有"] {
            operator.reads(words);
        }
        let body = operator.body_with(&[]).into_bytes();
        for _ in 0..2 {
            operator.posts("/gate/ranges/new", FORM, body.clone()).await;
            operator.reads("已登记 10.0.0.0/24");
            assert_eq!(operator.rows(), 1, "{engine:?}");
        }
        operator.goes_to("/gate/ranges/new").await;
        operator.sends(&[("range", "10.0.0.0/24"), ("reason", "自有")]).await;
        operator.reads("这个地址段已经登记");
        given.gate_follows().await;
        operator.goes_to("/gate?q=http://10.0.0.7:8080/").await;
        operator.reads("这是本服务商的地址：自有");
        operator.goes_to("/gate/ranges/remove?range=10.0.0.0%2F24").await;
        operator.reads("256 个");
        let body = operator.body_with(&[]).into_bytes();
        for _ in 0..2 {
            operator.posts("/gate/ranges/remove", FORM, body.clone()).await;
            operator.reads("已移除 10.0.0.0/24");
            assert_eq!(operator.rows(), 0, "{engine:?}");
        }
        given.gate_follows().await;
        operator.goes_to("/gate?q=10.0.0.7").await;
        operator.reads("不在已登记的地址段内");
        operator.goes_to("/gate/ranges/remove?range=10.0.0.0%2F24").await;
        assert_eq!(operator.address, "/gate/ranges?removed=10.0.0.0%2F24", "it is away");
        operator.goes_to("/gate/ranges/remove?range=x").await;
        assert_eq!(operator.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_over_pages() {
    let given = Given::on(Engine::Sqlite).await;
    let names = (0..60).map(|nth| format!("a{nth}.cn")).collect::<Vec<_>>().join(" ");
    let mut operator = given.operator().await;
    operator.white_lists(&[("names", &names), ("lasts", "24h"), ("reason", "搬迁")]).await;
    assert_eq!(operator.rows(), 50, "{}", operator.html);
    let next =
        operator.html.split_once("rel=\"next\" href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    operator.goes_to(&next).await;
    assert_eq!(operator.rows(), 10, "{}", operator.html);
    operator.reads("回到第一页");
    for nth in 0..51 {
        let body = json!({ "range": format!("10.0.0.{nth}"), "reason": "自有" });
        let key = format!("r{nth}");
        assert_eq!(given.change(Role::Operator, "POST", "/api/v1/gate/ranges", &key, body).await.status, 201);
    }
    operator.goes_to("/gate/ranges").await;
    assert_eq!(operator.rows(), 50);
    let next =
        operator.html.split_once("rel=\"next\" href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    operator.goes_to(&next).await;
    assert_eq!(operator.rows(), 1);
}

#[tokio::test]
async fn the_pages_are_for_those_who_may_and_nobody_else_is_led_there() {
    let given = Given::on(Engine::Sqlite).await;
    let kept = ["/gate/windows", "/gate/windows/new", "/gate/ranges", "/gate/ranges/new"];
    for role in Role::ALL {
        let reader = given.signed_in(given.key(role));
        let (asks, keeps) = ([Role::Support, Role::Operator].contains(&role), role == Role::Operator);
        let told = |may: bool| if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(reader.opens("/gate").await.status, told(asks), "{role}");
        for path in kept {
            assert_eq!(reader.opens(path).await.status, told(keeps), "{role} {path}");
        }
        let home = reader.opens("/").await.html;
        assert_eq!(home.contains("href=\"/gate\""), asks, "{role}");
        assert_eq!(home.contains("href=\"/gate/windows\""), keeps, "{role}");
        for path in ["/gate/windows/new", "/gate/ranges/new", "/gate/ranges/remove"] {
            let home = reader.opens("/").await;
            let form = format!("token={}&key=form-0123456789abcdef&sure=yes", home.value("token").unwrap());
            let request = Request::post(path).header("content-type", FORM).body(Body::from(form)).unwrap();
            assert_eq!(reader.sends(request).await.status == StatusCode::FORBIDDEN, !keeps, "{role} {path}");
        }
    }
    for path in ["/gate", "/gate/windows", "/gate/ranges"] {
        assert!(given.reader().opens(path).await.leads_to().unwrap().starts_with("/sign-in"));
    }
    assert_eq!(
        given.signed_in(given.key(Role::Operator)).opens("/gate/windows/none").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn until_all_was_read_nobody_is_told_that_a_name_is_not_filed() {
    let given = Given::on(Engine::Sqlite).await;
    let other = given.another_desk().await;
    let service = web::service(web::Site::new(other, web::Settings::default()));
    let request =
        Request::get("/gate?q=a.cn").header("accept", "text/html").header("accept-language", "zh-CN");
    let cookie = format!("__Host-kebei={}", given.key(Role::Operator));
    let request = request.header("cookie", cookie).body(Body::empty()).unwrap();
    let response = service.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let html = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let html = String::from_utf8(html.to_vec()).unwrap();
    for words in ["暂时无法判断", "放行数据还在加载"] {
        assert!(html.contains(words), "{html}");
    }
}
