//! A reviewer clears the queue with forms alone, as a keyboard sends them; an operator carries on with the bureau.

use super::browser::Browser;
use crate::{
    Given,
    given::server,
    orders::{Filer, MOBILE},
};
use app::access::Role;
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;
use testbed::Engine;

const FORM: &str = "application/x-www-form-urlencoded";
const APPROVE: (&str, &str) = ("act", "approve");
const PREVIEW: (&str, &str) = ("act", "preview");
const SAVE: (&str, &str) = ("act", "save");
/// The field that is marked, and a usual remark on it.
const NAME: &str = "websites[0].name";

impl Given {
    /// So many submitted orders, oldest first.
    async fn queue(&self, count: u32) -> Vec<Filer> {
        let mut all = Vec::new();
        for nth in 1..=count {
            let facts = server(&format!("i-{}", 100 + nth), "acc-7");
            let filer = self.filled_on(self.key(Role::Customer), facts, nth).await;
            assert_eq!(self.submitted(&filer, &format!("submit-{nth}")).await.status, 200);
            self.clock.pass(SignedDuration::from_secs(60));
            all.push(filer);
        }
        all
    }

    /// An operator, whose password another one sets.
    pub(super) async fn operator(&self) -> Browser<'_> {
        self.user("ou", Role::Operator, None).await;
        self.browser_of("ou").await
    }

    async fn state(&self, filer: &Filer) -> String {
        self.order(filer).await["state"].as_str().unwrap().to_owned()
    }
}

impl Filer {
    fn page(&self) -> String {
        format!("/review/{}", self.id)
    }
}

impl Browser<'_> {
    async fn begins(&mut self) {
        self.goes_to("/review").await;
        self.sends_that_with("/review/next", &[]).await;
    }

    async fn decides(&mut self, fields: &[(&str, &str)]) {
        self.sends_that_with("name=\"version\"", fields).await;
    }

    /// Without what stands behind the address.
    fn is_at(&self, page: &str) {
        assert_eq!(self.address.split('?').next(), Some(page), "{}", self.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_clears_ten_orders_one_after_another_without_touching_the_mouse() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(10).await;
    let mut browser = given.browser_of("reviewer").await;
    browser.goes_to("/review").await;
    browser.reads("共 10 个订单，都是今天到的。");
    browser.sends_that_with("/review/next", &[]).await;
    for (nth, order) in orders.iter().enumerate() {
        browser.is_at(&order.page());
        if nth == 3 {
            browser.decides(&[(NAME, "website-name-informal"), PREVIEW]).await;
            browser.is_at(&format!("{}/return", order.page()));
            browser.reads("第 1 个网站的名称");
            browser.sends_that_with("value=\"return\"", &[("act", "return")]).await;
        } else {
            browser.decides(&[APPROVE]).await;
        }
        browser.reads("上一个订单：");
    }
    assert!(browser.address.starts_with("/review?was="), "{}", browser.address);
    browser.reads("这里没有等待处理的订单。");
    for (nth, order) in orders.iter().enumerate() {
        let expected = if nth == 3 { "returned" } else { "approved" };
        assert_eq!(given.state(order).await, expected, "{nth}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reviewer_marks_reaches_the_customer_in_the_words_of_the_preview() {
    let given = Given::on(Engine::Sqlite).await;
    let order = given.queue(1).await.remove(0);
    let mut browser = given.browser_of("reviewer").await.english();
    browser.begins().await;
    browser.reads("In words of your own");
    let marks =
        [(NAME, "website-name-informal"), ("subject.person.email", "own"), ("websites[0].domains", "passes")];
    browser.decides(&[&marks[..], &[PREVIEW]].concat()).await;
    browser.reads("For some fields you chose words of your own and have not written any.");
    assert!(!browser.html.contains("value=\"return\""), "nothing is returned before they are written");
    let empty = [("problem-subject.person.email", "<b>邮箱收不到邮件"), ("act", "save")];
    browser.sends_that_with("name=\"own\"", &empty).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", browser.html);
    assert!(browser.html.contains("href=\"#suggestion-subject.person.email\""), "{}", browser.html);
    assert!(browser.html.contains("&#60;b&#62;邮箱收不到邮件"), "what was typed is kept: {}", browser.html);
    let written = [empty[0], ("suggestion-subject.person.email", "请换一个邮箱。"), ("act", "save")];
    browser.sends_that_with("name=\"own\"", &written).await;
    browser.is_at(&format!("{}/return", order.page()));
    assert!(browser.html.contains("&#60;b&#62;邮箱收不到邮件请换一个邮箱。"), "{}", browser.html);
    let preview = browser.text();
    browser.goes_to(&order.page()).await;
    assert!(browser.html.contains("value=\"website-name-informal\" selected"), "{}", browser.html);
    assert!(browser.html.contains("value=\"own\" selected"), "{}", browser.html);
    assert!(browser.html.contains("value=\"passes\" selected"), "{}", browser.html);
    browser.goes_to(&format!("{}/return", order.page())).await;
    browser.sends_that_with("value=\"return\"", &[("act", "return")]).await;
    browser.reads("Returned");

    let told = given.order(&order).await;
    let mut opened: Vec<_> =
        told["opened"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    opened.sort_unstable();
    assert_eq!(opened, ["subject.person.email", NAME]);
    let usual = told["remarks"].as_array().unwrap().iter().find(|remark| remark["path"] == NAME).unwrap();
    let problem = usual["problem"].as_str().unwrap();
    assert!(preview.contains(problem), "what was previewed is what is read: {problem}");
    let mut customer = given.browser_of("customer").await;
    customer.goes_to(&format!("/orders/{}", order.id)).await;
    customer.reads(problem);
    let (before, _) = customer.html.split_once(&format!("#{NAME}\"")).unwrap();
    let (_, task) = before.rsplit_once("/tasks/").unwrap();
    let task = task.to_owned();
    customer.goes_to(&format!("/orders/{}/tasks/{task}", order.id)).await;
    customer.reads(&format!("修改意见：{problem}"));
    assert!(customer.html.contains(&format!("id=\"{NAME}-remark\"")), "at the field that it is about");
    customer.goes_to(&format!("/orders/{}", order.id)).await;
    assert!(customer.html.contains("&#60;b&#62;邮箱收不到邮件"), "{}", customer.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_never_judge_one_order() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(2).await;
    given.user("bo", Role::Reviewer, None).await;
    let (mut first, mut second) = (given.browser_of("reviewer").await, given.browser_of("bo").await);
    second.goes_to(&orders[0].page()).await;
    let late = second.form_with("/take", &[]);
    first.begins().await;
    first.is_at(&orders[0].page());
    second.posts(&late.0, FORM, late.1.into_bytes()).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    second.reads("reviewer 正在审核这个订单");
    assert!(!second.html.contains("name=\"version\""), "{}", second.html);
    second.goes_to("/review").await;
    second.reads("reviewer 在审");
    second.sends_that_with("/review/next", &[]).await;
    second.is_at(&orders[1].page());
    first.decides(&[APPROVE]).await;
    assert!(first.address.starts_with("/review?was="), "the other one is taken: {}", first.address);
    second.sends_that_with("/release", &[]).await;
    first.begins().await;
    first.is_at(&orders[1].page());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_decided_on_what_changed_in_another_window() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(2).await;
    let mut first = given.browser_of("reviewer").await;
    first.begins().await;
    let mut second = given.browser();
    second.cookies = first.cookies.clone();
    second.goes_to(&orders[0].page()).await;
    first.decides(&[("subject.name", "passes"), SAVE]).await;
    first.reads("标记已保存");
    second.decides(&[APPROVE]).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    second.reads("这个订单在您打开之后有变动");
    assert_eq!(given.state(&orders[0]).await, "submitted");
    first.goes_to(&orders[0].page()).await;
    second.goes_to(&orders[0].page()).await;
    first.decides(&[(NAME, "website-name-informal"), PREVIEW]).await;
    second.decides(&[("subject.name", "subject-name"), PREVIEW]).await;
    second.reads("这个订单在您打开之后有变动");
    assert!(second.html.contains("value=\"subject-name\" selected"), "{}", second.html);
    second.goes_to(&format!("{}/return", orders[0].page())).await;
    first.goes_to(&orders[0].page()).await;
    first.decides(&[(NAME, ""), SAVE]).await;
    second.sends_that_with("value=\"return\"", &[("act", "return")]).await;
    second.reads("这个订单在您打开之后有变动");
    assert_eq!(given.state(&orders[0]).await, "submitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_is_sent_twice_is_made_once_and_takes_one_order() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(3).await;
    let mut browser = given.browser_of("reviewer").await;
    browser.begins().await;
    let (address, body) = browser.form_with("name=\"version\"", &[APPROVE]);
    for _ in 0..2 {
        browser.posts(&address, FORM, body.clone().into_bytes()).await;
        browser.is_at(&orders[1].page());
    }
    browser.decides(&[(NAME, "website-name-informal"), PREVIEW]).await;
    let (address, body) = browser.form_with("value=\"return\"", &[("act", "return")]);
    for _ in 0..2 {
        browser.posts(&address, FORM, body.clone().into_bytes()).await;
        browser.is_at(&orders[2].page());
    }
    let states =
        [given.state(&orders[0]).await, given.state(&orders[1]).await, given.state(&orders[2]).await];
    assert_eq!(states, ["approved", "returned", "submitted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_is_not_saved_is_not_forgotten_by_approving() {
    let given = Given::on(Engine::Sqlite).await;
    let order = given.queue(1).await.remove(0);
    let mut browser = given.browser_of("reviewer").await;
    browser.begins().await;
    browser.decides(&[(NAME, "website-name-informal"), APPROVE]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("还没有保存，所以没有通过");
    assert!(browser.html.contains("value=\"website-name-informal\" selected"), "{}", browser.html);
    browser.decides(&[(NAME, "picture-blurred"), SAVE]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "it is no opinion on a name");
    browser.decides(&[(NAME, "<b>"), SAVE]).await;
    browser.reads("请从列表中选择意见。");
    assert!(browser.html.contains(&format!("href=\"#{NAME}\"")), "{}", browser.html);
    browser.decides(&[(NAME, "website-name-informal"), SAVE]).await;
    browser.decides(&[APPROVE]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "it is to be mended: {}", browser.html);
    browser.decides(&[(NAME, ""), SAVE]).await;
    browser.goes_to(&format!("{}/return", order.page())).await;
    browser.reads("还没有标记任何项目，不能退回。");
    browser.goes_to(&order.page()).await;
    browser.decides(&[APPROVE]).await;
    assert_eq!(given.state(&order).await, "approved");
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_masked_until_somebody_says_for_what_and_that_is_noted() {
    let given = Given::on(Engine::Sqlite).await;
    let order = given.queue(1).await.remove(0);
    let mut browser = given.browser_of("reviewer").await;
    browser.begins().await;
    browser.reads(MOBILE[1]);
    assert!(!browser.html.contains(MOBILE[0]) && !browser.html.contains("<img"), "{}", browser.html);
    let looks = || async { given.seen(Role::Auditor, "/api/v1/access-log").await.body()["items"].clone() };
    assert_eq!(looks().await, json!([]));
    browser.goes_to(&format!("{}?purpose=review", order.page())).await;
    browser.reads(MOBILE[0]);
    browser.reads("用途：初审订单");
    assert!(browser.html.contains("<img src=\"/review/"), "{}", browser.html);
    let noted = looks().await;
    assert_eq!((&noted[0]["purpose"], &noted[0]["order"]), (&json!("review"), &json!(order.id)), "{noted:#}");
    browser.decides(&[("subject.name", "passes"), SAVE]).await;
    assert!(browser.address.ends_with("?purpose=review&told=saved"), "{}", browser.address);
    browser.goes_to(&format!("{}?purpose=curiosity", order.page())).await;
    browser.reads(MOBILE[1]);
    let mut support = given.browser_of("support").await;
    support.goes_to(&format!("{}?purpose=review", order.page())).await;
    assert_eq!(support.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_sees_the_order_without_deeds_and_others_are_sent_away() {
    let given = Given::on(Engine::Sqlite).await;
    let order = given.queue(1).await.remove(0);
    given.claimed(&order).await;
    given.remarked(&order).await;
    let mut support = given.browser_of("support").await;
    support.goes_to("/review").await;
    support.reads("审核由初审员处理，您可以查看，不能操作。");
    support.goes_to(&order.page()).await;
    support.reads("审核由初审员处理");
    support.reads("小林的摄影笔记");
    let main = support.html.split_once("<main").unwrap().1;
    assert!(!main.contains("<form"), "{main}");
    assert!(!main.contains("网站名称不规范。"), "words of a reviewer may name people: {main}");
    assert!(
        !main.contains("自动检查") && !main.contains("reviewer"),
        "what reviewers know is theirs: {main}"
    );
    let mut operator = given.operator().await;
    operator.goes_to(&order.page()).await;
    operator.reads("审核由初审员处理");
    operator.reads("自动检查");
    assert!(!operator.html.contains("name=\"version\""), "{}", operator.html);
    let mut reviewer = given.browser_of("reviewer").await;
    reviewer.goes_to(&order.page()).await;
    let (address, body) = reviewer.form_with("name=\"version\"", &[APPROVE]);
    for name in ["customer", "auditor"] {
        let mut browser = given.browser_of(name).await;
        for page in [
            "/review".to_owned(),
            order.page(),
            format!("{}/return", order.page()),
            format!("{}/file", order.page()),
        ] {
            browser.goes_to(&page).await;
            assert_eq!(browser.status, StatusCode::FORBIDDEN, "{name} {page}");
        }
        browser.posts(&address, FORM, body.clone().into_bytes()).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{name}");
    }
    let mut stranger = given.browser();
    stranger.goes_to(&order.page()).await;
    assert!(stranger.address.starts_with("/sign-in?next="), "{}", stranger.address);
    assert_eq!(given.state(&order).await, "submitted");
    reviewer.goes_to("/review/nothing").await;
    assert_eq!(reviewer.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_records_what_the_bureau_says_each_with_care() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(2).await;
    let mut reviewer = given.browser_of("reviewer").await;
    reviewer.begins().await;
    reviewer.decides(&[APPROVE]).await;
    reviewer.decides(&[APPROVE]).await;
    reviewer.goes_to(&orders[0].page()).await;
    reviewer.reads("报送管局和登记管局结果由运营人员处理");
    let mut operator = given.operator().await;
    operator.goes_to("/review").await;
    operator.reads("共 2 个订单");
    operator.goes_to(&orders[0].page()).await;
    let (address, body) = operator.form_with("/send", &[]);
    for _ in 0..2 {
        operator.posts(&address, FORM, body.clone().into_bytes()).await;
        operator.is_at(&orders[1].page());
    }
    operator.sends_that_with("/send", &[]).await;
    assert!(operator.address.starts_with("/review?state=approved&was="), "{}", operator.address);
    operator.goes_to("/review?state=at-bureau").await;
    operator.reads("共 2 个订单");
    operator.goes_to(&orders[0].page()).await;
    operator.sends_that_with("/sms", &[]).await;
    operator.reads("已记录短信核验完成");
    assert!(!operator.html.contains("/sms\""), "{}", operator.html);

    operator.goes_to(&format!("{}/file", orders[0].page())).await;
    operator.reads("网站“小林的摄影笔记”的备案号");
    operator.sends(&[("subject_number", "粤ICP备12345678号"), ("website-0", "<b>")]).await;
    assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(operator.html.contains("href=\"#website-0\""), "{}", operator.html);
    assert!(operator.html.contains("value=\"&#60;b&#62;\""), "{}", operator.html);
    operator.sends(&[("subject_number", "粤ICP备12345678号"), ("website-0", "粤ICP备12345678号-1")]).await;
    operator.reads("备案成功");
    assert_eq!(given.state(&orders[0]).await, "filed");
    operator.goes_to(&format!("{}/file", orders[0].page())).await;
    operator.is_at(&orders[0].page());
    operator.reads("没有需要审核或报送的事项");

    operator.goes_to(&format!("{}/reject", orders[1].page())).await;
    operator.sends(&[("reason", "")]).await;
    assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(operator.html.contains("href=\"#reason\""), "{}", operator.html);
    operator.sends(&[("reason", "网站名称与主体性质不符。")]).await;
    operator.reads("管局驳回");
    assert_eq!(given.order(&orders[1]).await["reason"], "网站名称与主体性质不符。");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_for_ever_is_recorded_after_its_number_was_typed_once_more() {
    let given = Given::on(Engine::Sqlite).await;
    let first = given.queue(1).await.remove(0);
    let mut reviewer = given.browser_of("reviewer").await;
    let mut operator = given.operator().await;
    reviewer.begins().await;
    reviewer.decides(&[APPROVE]).await;
    operator.goes_to(&first.page()).await;
    operator.sends_that_with("/send", &[]).await;
    operator.goes_to(&format!("{}/file", first.page())).await;
    let numbers = [("subject_number", "粤ICP备12345678号"), ("website-0", "粤ICP备12345678号-1")];
    operator.sends(&numbers).await;
    let ending = given.drafted(given.key(Role::Customer), "cancel-website").await;
    given.saved(&ending, "target", json!({ "number": numbers[1].1 })).await;
    let meant = json!({ "reason": "网站不再开办。", "confirmation": "123456781" });
    given.saved(&ending, "cancellation", meant).await;
    assert_eq!(given.submitted(&ending, "ending").await.status, 200);
    reviewer.begins().await;
    reviewer.decides(&[APPROVE]).await;
    operator.goes_to(&ending.page()).await;
    operator.sends_that_with("/send", &[]).await;
    operator.goes_to(&format!("{}/file", ending.page())).await;
    operator.reads("登记后备案号永久注销，不能恢复");
    for wrong in ["", "粤ICP备12345678号-2"] {
        operator.sends(&[("confirmation", wrong)]).await;
        assert_eq!(operator.status, StatusCode::UNPROCESSABLE_ENTITY);
        operator.reads("与订单要注销的备案号不一致");
    }
    assert_eq!(given.state(&ending).await, "at-bureau");
    operator.sends(&[("confirmation", "１２３４５６７８-1")]).await;
    assert_eq!(given.state(&ending).await, "filed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_tells_who_waits_how_long_and_is_turned_page_by_page() {
    let given = Given::on(Engine::Sqlite).await;
    let orders = given.queue(1).await;
    // From Sunday to Wednesday.
    given.clock.pass(SignedDuration::from_hours(24 * 3));
    let mut browser = given.browser_of("reviewer").await;
    browser.goes_to("/review").await;
    browser.reads("最早的从 2020-11-01 开始等待，已等 3 个工作日；其中 1 个已超过初审期限。");
    for said in [
        "林*",
        "acc-7",
        "小林的摄影笔记 · example1.com",
        "广东省",
        "3 个工作日",
        "超期",
        "2020-11-02",
        "待领取",
    ] {
        browser.reads(said);
    }
    assert!(
        browser.html.contains("<rect class=\"bar late\"") && !browser.html.contains("style="),
        "{}",
        browser.html
    );
    browser.goes_to("/review?kind=change").await;
    browser.reads("这里没有等待处理的订单。");
    browser.goes_to("/review?kind=first-filing&lang=en").await;
    browser.reads("First filing");
    browser.reads("Past the deadline of the review: 1.");
    browser.goes_to("/review?cursor=%3Cb%3E&state=%3Cb%3E").await;
    assert!(browser.html.contains(&orders[0].page()), "what is no cursor begins at the first page");
    let weight = browser.weighs(&orders[0].page()).await;
    assert!(weight < 30_000, "{weight}");
}
