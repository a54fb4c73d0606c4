//! The ledger and the access log, as auditors see them.

use super::browser::Browser;
use crate::Given;
use app::{
    IdempotencyKey, Operator, Worker,
    access::Role,
    codes::PremakeCodes,
    ledger::{EntryNamed, Sequencer},
};
use axum::http::StatusCode;
use jiff::SignedDuration;
use std::num::NonZero;
use store::{
    StoreError, Tx, Unit,
    access_log::{self, Line},
    checkpoints::{self, CheckpointRow},
};
use testbed::Engine;

impl Given {
    /// Gives every entry its place; how many there are.
    async fn sealed(&self) -> u64 {
        self.clock.pass(SignedDuration::from_mins(5));
        Sequencer::new(self.desk.clone()).step(self.desk.now()).await;
        self.desk.ledger_size().await.unwrap().placed
    }

    /// A code that an operator made, by the id of its entry.
    async fn made_beforehand(&self, key: &str) -> String {
        let operator = Operator::parse("wei").unwrap();
        let premake = PremakeCodes { operator, count: NonZero::<u32>::MIN, account: None };
        let key = IdempotencyKey::parse(key).unwrap();
        self.desk.premake_codes(premake, key).await.unwrap().entry.to_string()
    }
}

/// A checkpoint that nobody signed.
struct Forged;

impl Unit for Forged {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let forged = CheckpointRow { size: 1, note: "forged\n1\n".to_owned(), at: 1 };
        tx.together(&[checkpoints::adding(&forged)]).await.map(drop)
    }
}

/// So many lines of the access log.
struct Looks(u32);

impl Unit for Looks {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for nth in 1..=self.0 {
            let line = Line {
                id: format!("00000000-0000-7000-8000-{nth:012}").parse().unwrap(),
                at: 1,
                who: "zhao".to_owned(),
                what: "instances".to_owned(),
                instance: None,
                code: None,
                account: None,
                as_of: None,
                order: None,
                purpose: None,
                proposal: None,
                number: None,
            };
            access_log::add(tx, &line).await?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_the_ledger_and_finds_an_entry_by_its_id_and_by_its_place() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("auditor").await;
    browser.goes_to("/ledger").await;
    browser.reads("还没有检查点");
    let entry = given.made_beforehand("k").await;
    let size = given.sealed().await;
    let named = EntryNamed::Id(entry.parse().unwrap());
    let place = given.desk.ledger_entry(named).await.unwrap().unwrap().place.unwrap();
    browser.goes_to("/ledger").await;
    browser.reads(&given.desk.ledger_key().to_string());
    browser.reads("预先生成备案服务号");
    browser.reads("工作人员 wei");
    assert!(browser.html.contains(&format!("href=\"/ledger/{entry}\">{place}<")), "{}", browser.html);
    for find in [&*entry, &place.to_string()] {
        browser.goes_to(&format!("/ledger?find={find}")).await;
        assert_eq!(browser.address, format!("/ledger/{entry}"));
        browser.reads(&format!("台账记录 {place}"));
        browser.reads("已核对");
    }
    for wrong in ["x", &size.to_string(), "%3Cb%3E", "00000000-0000-7000-8000-000000000000"] {
        browser.goes_to(&format!("/ledger?find={wrong}")).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        browser.reads("没有这条记录");
        assert!(browser.title().starts_with("错误：") && !browser.html.contains("<b>"), "{wrong}");
    }
    browser.goes_to(&format!("/ledger/{entry}?lang=en")).await;
    browser.reads("Service codes made beforehand");
    browser.goes_to("/ledger/x").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_entries_go_on_to_the_first_one_without_leaving_any_out() {
    let given = Given::on(Engine::Sqlite).await;
    for nth in 0..30 {
        given.made_beforehand(&format!("k{nth}")).await;
    }
    let mut browser = given.browser_of("auditor").await;
    let size = given.sealed().await;
    let mut places: Vec<u64> = Vec::new();
    let mut page = "/ledger".to_owned();
    loop {
        browser.goes_to(&page).await;
        let rows = browser.html.split("<th scope=\"row\"").skip(1);
        let place = |row: &str| row.split_once("\">").unwrap().1.split_once("\">").unwrap().1.to_owned();
        places.extend(rows.map(|row| place(row).split_once('<').unwrap().0.parse::<u64>().unwrap()));
        let Some((_, next)) = browser.html.split_once("rel=\"next\" href=\"") else { break };
        page = next.split_once('#').unwrap().0.to_owned();
    }
    assert_eq!(places, (0..size).rev().collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_waits_for_its_place_says_so() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("auditor").await;
    given.sealed().await;
    let entry = given.made_beforehand("k").await;
    browser.goes_to(&format!("/ledger/{entry}")).await;
    assert_eq!(browser.status, StatusCode::OK);
    browser.reads("还没有排定位置");
    browser.goes_to("/ledger").await;
    browser.reads("等待排定位置");
}

#[tokio::test(flavor = "multi_thread")]
async fn verifying_says_in_words_whether_the_ledger_is_what_was_signed() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("auditor").await;
    let size = given.sealed().await;
    browser.goes_to("/ledger/verification").await;
    browser.reads("台账没有问题");
    browser.reads(&format!("核验了 {size} 条记录"));
    given.store.write(Forged).await.unwrap();
    browser.goes_to("/ledger/verification").await;
    browser.reads("台账有问题");
    browser.reads("1 条记录的检查点不属于这份台账");
    browser.reads("不要重启或恢复服务台");
    browser.goes_to("/ledger/verification?lang=en").await;
    browser.reads("The checkpoint of 1 entries is none of this ledger");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_auditor_takes_away_is_verified_without_the_desk() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("auditor").await;
    let first = given.sealed().await;
    let entry = given.made_beforehand("k").await;
    given.made_beforehand("l").await;
    let size = given.sealed().await;
    let key = given.desk.ledger_key();
    for (address, name, entries) in [
        ("/ledger/export?since=".to_owned(), format!("ledger-{size}.kebei"), size),
        (format!("/ledger/export?since={first}"), format!("ledger-{first}-{size}.kebei"), size - first),
    ] {
        browser.goes_to(&address).await;
        let header = browser.headers["content-disposition"].to_str().unwrap();
        assert_eq!(header, format!("attachment; filename=\"{name}\""));
        let report = app::ledger::verify_export(&*browser.bytes, &key, None, None, 9).unwrap();
        assert_eq!(report.entries, entries, "{address}");
    }
    for wrong in ["x", "-1", &(first + 1).to_string(), &(size + 1).to_string()] {
        browser.goes_to(&format!("/ledger/export?since={wrong}")).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        browser.reads(&format!("没有“{wrong}”条记录的检查点"));
    }
    browser.goes_to(&format!("/ledger/{entry}/proof")).await;
    let told = given.seen(Role::Auditor, &format!("/api/v1/ledger/entries/{entry}/proof")).await;
    assert_eq!(browser.bytes, told.bytes, "it is what the API gives");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_empty_ledger_is_exported() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("auditor").await;
    browser.goes_to("/ledger/export").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_tells_who_looked_at_what_and_for_what() {
    let given = Given::on(Engine::Sqlite).await;
    let support = given.browser_of("support").await;
    looks_up(support, "i-7").await;
    let mut browser = given.browser_of("auditor").await;
    browser.goes_to("/access-log").await;
    browser.reads("support");
    browser.reads("查询为什么不能办理");
    browser.reads("i-7");
    assert!(!browser.text().contains("auditor  查看记录"), "{}", browser.text());
    browser.goes_to("/access-log?lang=en").await;
    browser.reads("The access log");
    browser.reads("Why something is not possible");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_access_log_goes_on_and_one_export_of_it_leaves_one_line() {
    let given = Given::on(Engine::Sqlite).await;
    given.store.write(Looks(210)).await.unwrap();
    let mut browser = given.browser_of("auditor").await;
    browser.goes_to("/access-log/export?as=csv").await;
    assert_eq!(browser.html.lines().count(), 1 + 210);
    browser.goes_to("/access-log/export?as=csv").await;
    assert_eq!(browser.html.lines().count(), 1 + 211);
    browser.goes_to("/access-log").await;
    let (_, next) = browser.html.split_once("rel=\"next\" href=\"").unwrap();
    let next = next.split_once('"').unwrap().0.to_owned();
    browser.goes_to(&next).await;
    browser.reads("回到最新的记录");
}

async fn looks_up(mut browser: Browser<'_>, what: &str) {
    browser.goes_to("/why-not").await;
    browser.sends(&[("q", what), ("at", "")]).await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_auditors_see_the_ledger_and_the_access_log_and_are_led_there() {
    let given = Given::on(Engine::Sqlite).await;
    let pages = [
        "/ledger",
        "/ledger/verification",
        "/ledger/export",
        "/ledger/x",
        "/ledger/x/proof",
        "/access-log",
        "/access-log/export?as=csv",
    ];
    for who in ["customer", "support", "reviewer"] {
        let mut browser = given.browser_of(who).await;
        browser.goes_to("/").await;
        assert!(!browser.html.contains("\"/ledger\"") && !browser.html.contains("\"/access-log\""), "{who}");
        for page in pages {
            browser.goes_to(page).await;
            assert_eq!(browser.status, StatusCode::FORBIDDEN, "{who} {page}");
        }
    }
    let mut stranger = given.browser();
    for page in pages {
        stranger.goes_to(page).await;
        assert!(stranger.address.starts_with("/sign-in?next="), "{page}");
    }
    let mut auditor = given.browser_of("auditor").await;
    auditor.goes_to("/").await;
    assert!(auditor.html.contains("\"/ledger\"") && auditor.html.contains("\"/access-log\""));
}
