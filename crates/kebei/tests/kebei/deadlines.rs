//! What the served desk does by itself about orders that nobody goes on with.

use crate::{
    desk::{on, set_up},
    served::{Served, call},
};
use app::{Chance, Clock, Desk, Surroundings, orders::OpenOrder};
use filing::orders::Kind;
use jiff::{SignedDuration, Timestamp};
use keys::MasterKey;
use serde_json::Value;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use store::Store;

/// How long the desk is waited for; nothing is asserted of times.
const PATIENCE: Duration = Duration::from_mins(1);
/// A draft is withdrawn after 30 days, and its owner reminded after 23.
const DAYS: [i64; 2] = [40, 24];

/// A clock that stands at a day of the past.
struct Stopped(Timestamp);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Opens a draft that many days ago, on a desk that nobody serves; its id.
async fn left(folder: &Path, days: i64) -> String {
    let desk = folder.join("desk");
    let store = Store::sqlite(&desk.join("kebei.db")).unwrap();
    let master: MasterKey = fs::read_to_string(desk.join("master.key")).unwrap().trim().parse().unwrap();
    // The program made this file just now, by the real clock.
    let today = Timestamp::try_from(fs::metadata(desk.join("master.key")).unwrap().modified().unwrap());
    let begin = today.unwrap() - SignedDuration::from_hours(24 * days);
    let surroundings = Surroundings {
        clock: Box::new(Stopped(begin)),
        chance: Chance::new([u8::try_from(days).unwrap(); 32]),
        master,
        outside: None,
    };
    let desk = Desk::open(store.clone(), surroundings).await.unwrap();
    let asker = desk.account("acc-7").await.unwrap().unwrap();
    let opened =
        desk.open_order(OpenOrder { asker, kind: Kind::FirstFiling, from: None }, None).await.unwrap();
    store.close().await;
    opened.answer.order.to_string()
}

/// Where an order stands, as its owner reads it.
fn state_of(served: &Served, key: &str, order: &str) -> String {
    let bearer = format!("Authorization: Bearer {key}\r\n");
    let answered = call(&served.address, "GET", &format!("/api/v1/orders/{order}"), &bearer);
    let body: Value = serde_json::from_str(&answered.body).unwrap_or_else(|_| panic!("{answered:?}"));
    body["state"].as_str().unwrap_or_else(|| panic!("{answered:?}")).to_owned()
}

#[test]
fn an_idle_draft_is_withdrawn_and_whoever_may_still_go_on_with_his_is_reminded() {
    let folder = set_up();
    let folder = folder.path();
    on(folder, &["user", "account", "acc-7"]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [idle, waiting] = DAYS.map(|days| runtime.block_on(left(folder, days)));
    on(folder, &["user", "add", "li", "--role", "customer", "--account", "acc-7"]);
    let made = on(folder, &["user", "key", "add", "li", "--label", "story"]).out;
    let key = made.split_whitespace().find(|word| word.starts_with("kbk_")).unwrap();
    let unlimited = ["--log-format", "json", "--requests-per-minute", "0"];
    let served = Served::by(Served::desk(folder, &unlimited), "is served at");
    let began = Instant::now();
    while state_of(&served, key, &idle) != "withdrawn" {
        assert!(began.elapsed() < PATIENCE, "nobody watches deadlines");
    }
    let reminder = served.logged("\"event\":\"orders.reminder\"");
    assert!(reminder.contains(&waiting) && reminder.contains("submission"), "{reminder}");
    assert_eq!(state_of(&served, key, &waiting), "draft");
}
