//! Killed with SIGKILL at random moments in the middle of filing orders and proposals, on either engine.

use crate::{BINARY, founded, verified};
use futures_util::FutureExt;
use rand_chacha::rand_core::Rng;
use siege::{
    Besieged, Cluster, Life, Placing, Record, Site, Tables, Town, Work, dice,
    filings::{Inspected, asks, inspect, step_of},
};
use std::{collections::BTreeSet, hint::black_box, panic::AssertUnwindSafe};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 20, asks_each: 1 };
/// How often the process is killed while people are at work, and while deadlines come.
const KILLS_ON_SQLITE: u64 = 50;
const KILLS_ON_POSTGRES: u64 = 20;
/// How often more it is killed at most, until something was kept and not told: only chance brings that about.
const MORE_KILLS: u64 = 200;
const KILLS_AT_DEADLINES: u64 = 5;
/// Looks at deadlines after which nothing more is due.
const LOOKS: u64 = 10;
/// Clocks of lives differ by up to so many microseconds, forwards and back.
const SKEW: u64 = 10_000_000;
/// Long enough that whoever left a draft is reminded of it, in microseconds.
const LATER: i64 = 24 * 86_400_000_000;

/// Whether all of a case was answered.
fn ended(record: &Record, case: u64) -> bool {
    asks(case).all(|(ask, _)| record.told.contains_key(&ask))
}

/// The cases that were begun.
fn begun(record: &Record) -> BTreeSet<u64> {
    record.asked.iter().map(|ask| step_of(*ask).0).collect()
}

/// A life that goes on with these cases.
fn going_on(life: &Life, record: &Record, cases: impl IntoIterator<Item = u64>) -> Life {
    let acknowledged = record.told.keys().copied().filter(|ask| !step_of(*ask).1.has_key()).collect();
    Life { again: cases.into_iter().collect(), acknowledged, ..life.clone() }
}

/// Goes on with what was begun, and one case that had ended; and is killed after a number of lines and of turns that are drawn.
fn one_life(life: &Life, nth: u64, record: &mut Record) {
    let mut dice = dice(0xf1, nth);
    let mut below = |bound: u64| dice.next_u64() % bound;
    let begun = begun(record);
    let (done, undone): (Vec<u64>, Vec<u64>) = begun.iter().partition(|case| ended(record, **case));
    let again = done.get(usize::try_from(below(1 << 20)).unwrap() % done.len().max(1));
    let life = Life {
        nth,
        from: begun.last().map_or(0, |last| last + 1),
        skew: i64::try_from(below(SKEW)).unwrap(),
        ..going_on(life, record, undone.into_iter().chain(again.copied()))
    };
    let mut besieged = Besieged::start(BINARY, &life, record);
    // One in ten does not even live to open the desk.
    let lines = if below(10) == 0 { 0 } else { below(240) };
    besieged.hear(record, lines);
    for turn in 0..below(1 << 20) {
        black_box(turn);
    }
    besieged.kill(record);
}

/// Kills `life` again and again, and takes every case to its end; twice, as nobody is told anything else the second time.
async fn killed(life: Life, kills: u64) {
    let life = Life { work: Work::Filings, clients: 8, until: u64::MAX, placing: Placing::Beside, ..life };
    let mut record = Record::default();
    for nth in 0..kills + MORE_KILLS {
        if nth >= kills && record.tally.kept_untold > 0 {
            break;
        }
        one_life(&life, 10 + nth, &mut record);
        record.tally.kept_untold += inspect(&life.site, &record).await.untold as u64;
    }
    for nth in [1 << 40, 2 << 40] {
        let last = Life { nth, until: 0, ..going_on(&life, &record, begun(&record)) };
        Besieged::start(BINARY, &last, &mut record).finish(&mut record);
    }
    assert!(begun(&record).into_iter().all(|case| ended(&record, case)));
    let found = inspect(&life.site, &record).await;
    let reminded = left_alone(&life, &mut record, &found).await;
    let report = verified(&life).await;
    let (tally, cases) = (record.tally, begun(&record).len());
    println!("{cases} cases, {:?}, {reminded} reminders; {tally}; {} entries", found.orders, report.entries);
    let states: Vec<&str> = found.orders.keys().map(String::as_str).collect();
    assert_eq!((states, found.untold), (vec!["draft", "filed", "withdrawn"], 0));
    assert!(tally.ended_in_commit > 0 && tally.ended_opening > 0 && tally.in_flight > 0, "{tally}");
    assert!(tally.kept_untold > 0 && tally.same_again > 0 && tally.placings > 0, "{tally}");
}

/// Nobody does anything for weeks, and the desk is killed while it reminds everybody who left a draft; how many it reminded.
async fn left_alone(life: &Life, record: &mut Record, before: &Inspected) -> usize {
    let drafts = before.orders["draft"];
    let life = Life { work: Work::Deadlines, clients: 1, from: 0, skew: LATER, ..life.clone() };
    for nth in 0..KILLS_AT_DEADLINES {
        let life = Life { nth: (3 << 40) + nth, ..life.clone() };
        let mut besieged = Besieged::start(BINARY, &life, record);
        besieged.hear(record, 2 + dice(0xf2, nth).next_u64() % 4);
        besieged.kill(record);
        assert!(inspect(&life.site, record).await.reminders <= drafts);
    }
    Besieged::start(BINARY, &Life { nth: 4 << 40, until: LOOKS, ..life.clone() }, record).finish(record);
    let reminders = inspect(&life.site, record).await.reminders;
    assert_eq!(reminders, drafts, "somebody was not reminded");
    reminders
}

/// What would be left if something had been lost or half done, and a word of what the inspector says of it.
const DAMAGES: [(&str, &str); 9] = [
    ("DELETE FROM requests WHERE key = 'f-6'", "steps without their request"),
    ("DELETE FROM order_steps WHERE move = 'approve'", "requests without their step"),
    ("DELETE FROM order_parts WHERE part = 'materials'", "was acknowledged and is missing"),
    (
        "UPDATE orders SET version = version - 1 WHERE state = 'draft' AND version > 1",
        "was acknowledged and is missing",
    ),
    ("UPDATE codes SET state = 'bound' WHERE state = 'recorded'", "places in use"),
    ("UPDATE orders SET state = 'approved' WHERE state = 'filed'", "recorded"),
    ("UPDATE codes SET grantee = owner", "codes are granted"),
    (
        "DELETE FROM order_parts WHERE order_id IN (SELECT id FROM orders WHERE kind = 'change')",
        "was acknowledged and is missing",
    ),
    ("DELETE FROM blacklist", "what was agreed to is listed"),
];

#[tokio::test]
async fn the_inspector_tells_whatever_was_lost_or_half_done() {
    let database = Database::new(Engine::Sqlite).await;
    let life = founded(TOWN, Site::Sqlite(database.file())).await;
    let life = Life { work: Work::Filings, clients: 2, until: 6, ..life };
    let mut record = Record::default();
    Besieged::start(BINARY, &life, &mut record).finish(&mut record);
    inspect(&life.site, &record).await;
    for (damage, word) in DAMAGES {
        let folder = tempfile::tempdir().unwrap();
        let conn = Tables::copy_of(&database.file(), folder.path());
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert!(conn.execute(damage, []).unwrap() > 0, "{damage}");
        drop(conn);
        let copy = Site::Sqlite(folder.path().join("kebei.db"));
        let told = AssertUnwindSafe(inspect(&copy, &record)).catch_unwind().await.unwrap_err();
        let told = told.downcast::<String>().unwrap();
        assert!(told.contains(word), "{damage}: {told}");
    }
}

#[tokio::test]
async fn on_sqlite_no_order_and_no_proposal_is_lost_or_half_done() {
    let database = Database::new(Engine::Sqlite).await;
    let life = founded(TOWN, Site::Sqlite(database.file())).await;
    let outside = Some(database.folder().join("checkpoint"));
    killed(Life { outside, ..life }, KILLS_ON_SQLITE).await;
}

#[tokio::test]
async fn on_postgresql_no_order_and_no_proposal_is_lost_or_half_done() {
    let cluster = Cluster::throw_away();
    let life = founded(TOWN, cluster.database("town").await).await;
    let outside = Some(cluster.folder().join("checkpoint"));
    killed(Life { outside, ..life }, KILLS_ON_POSTGRES).await;
}
