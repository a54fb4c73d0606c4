//! Killed in the middle of the watch, again and again: no warning is lost and none told twice, and an access is dropped once.

use crate::{BINARY, copied, crashed, ended_by_force, founded, verified};
use futures_util::FutureExt;
use siege::{
    Besieged, Cluster, Crash, Life, Record, Site, Tables, Town, Work,
    watching::{CASES, Standing, inspect, set},
};
use std::{collections::BTreeSet, panic::AssertUnwindSafe};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 6, asks_each: 1 };
/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;
/// From a kill to the next life: as long as nobody else may look at what the dead one held.
const PAUSE: i64 = 11 * MINUTE;
/// Commits of a pass, about.
const COMMITS: u64 = 10;
/// When passes are made, in hours from when the websites were filed, and whether they are killed: the first notes, the fifth warns of
/// what was seen outside, and the last finds two instances that ended a month ago.
const PASSES: [(i64, bool); 6] =
    [(0, true), (6, false), (12, false), (18, false), (30, true), (33 * 24, true)];

/// A desk with websites that something is wrong with, and nobody has it open; a life in which they are watched.
async fn watched(site: Site) -> Life {
    let life = founded(TOWN, site).await;
    let mut record = Record::default();
    let filing = Life { nth: 3, work: Work::Filings, again: CASES.to_vec(), clients: 2, ..life.clone() };
    Besieged::start(BINARY, &filing, &mut record).finish(&mut record);
    set(&Life { nth: 4, ..life.clone() }).await;
    Life { nth: 5, work: Work::Watching, until: 1, ..life }
}

/// The life of a pass, after so many kills in it.
fn pass(life: &Life, nth: usize, kills: i64) -> Life {
    let skew = PASSES[nth].0 * 60 * MINUTE + kills * PAUSE + MINUTE;
    Life {
        nth: life.nth + (u64::try_from(nth).unwrap() << 20) + u64::try_from(kills).unwrap(),
        skew,
        ..life.clone()
    }
}

/// How things stand after each pass that nobody disturbs.
async fn undisturbed(life: &Life, site: Site) -> Vec<Standing> {
    let (mut all, mut record) = (Vec::new(), Record::default());
    let life = Life { site, ..life.clone() };
    // Of what is untrue its owner was told when it was recorded.
    let before = inspect(&life.site).await.events.len() as u64;
    assert_eq!(before, 1);
    for nth in 0..PASSES.len() {
        Besieged::start(BINARY, &pass(&life, nth, 0), &mut record).finish(&mut record);
        all.push(inspect(&life.site).await);
    }
    let last = all.last().unwrap();
    assert_eq!(before + record.warned, last.events.len() as u64, "what is told is in the outbox");
    let risks: Vec<_> = last.events.iter().map(|[_, risk, ..]| risk.as_str()).collect();
    println!("{risks:?}, {:?}", last.ended);
    for risk in [
        "domain-gone",
        "information-untrue",
        "instance-expired",
        "instance-released",
        "number-not-shown",
        "points-elsewhere",
    ] {
        assert!(risks.contains(&risk), "nobody was warned of {risk}");
    }
    assert_eq!(last.ended.len(), 2);
    all
}

/// Every pass is killed, and goes on, until it is done; then it stands as if nobody had disturbed it.
async fn killed(life: Life, mut fresh: impl AsyncFnMut(&str) -> Site) {
    let expected = undisturbed(&life, fresh("undisturbed").await).await;
    let (mut all, mut places, mut record) = (0, BTreeSet::new(), Record::default());
    let life = Life { nth: 1 << 40, site: fresh("disturbed").await, ..life };
    for (nth, expected) in expected.iter().enumerate() {
        let mut kills = 0;
        while PASSES[nth].1 && kills < 20 && ended_by_force(&pass(&life, nth, kills), COMMITS, &mut record) {
            kills += 1;
            places.insert((nth, record.commits));
            inspect(&life.site).await;
        }
        Besieged::start(BINARY, &pass(&life, nth, kills + 1), &mut record).finish(&mut record);
        assert_eq!(inspect(&life.site).await, *expected, "after {kills} kills in pass {nth}");
        all += kills;
    }
    verified(&Life { nth: 1 << 50, ..life }).await;
    println!("{all} kills in {} places; {}", places.len(), record.tally);
    assert!(places.len() > 5, "{all} kills in {} places", places.len());
}

#[tokio::test]
async fn on_sqlite_no_warning_is_lost_and_none_told_twice() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = watched(Site::Sqlite(database.file())).await;
    killed(life, async |name| copied(&database.file(), folder.path(), name)).await;
}

#[tokio::test]
async fn on_postgresql_no_warning_is_lost_and_none_told_twice() {
    let cluster = Cluster::throw_away();
    let life = watched(cluster.database("watched").await).await;
    killed(life, async |name| cluster.copy("watched", name).await).await;
}

#[tokio::test]
async fn ending_at_each_commit_of_a_pass_leaves_each_website_noted_or_not() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = watched(Site::Sqlite(database.file())).await;
    let expected = undisturbed(&life, copied(&database.file(), folder.path(), "undisturbed")).await;
    let (mut record, mut kills) = (Record::default(), 0);
    for (nth, expected) in expected.iter().enumerate() {
        let file = database.file();
        'pass: for commit in 1.. {
            for after in [false, true] {
                if !PASSES[nth].1 {
                    break 'pass;
                }
                let site = copied(&file, folder.path(), &format!("{nth}-{commit}-{after}"));
                let life = Life { site, crash: Some(Crash { commit, after }), ..pass(&life, nth, 0) };
                if !crashed(&life, &mut record) {
                    break 'pass;
                }
                kills += 1;
                inspect(&life.site).await;
                let rest = Life { nth: life.nth + 1, skew: life.skew + PAUSE, crash: None, ..life };
                Besieged::start(BINARY, &rest, &mut record).finish(&mut record);
                assert_eq!(inspect(&rest.site).await, *expected, "pass {nth}, {:?}", Crash { commit, after });
            }
        }
        Besieged::start(BINARY, &pass(&life, nth, 0), &mut record).finish(&mut record);
    }
    println!("{kills} kills, each in another place; {}", record.tally);
    assert!(kills > 40, "{kills} kills");
}

/// What would be left if something had been lost, half done or done twice, and a word of what the inspector says of it.
const DAMAGES: [(&str, &str); 12] = [
    ("DELETE FROM jobs WHERE id = (SELECT MAX(id) FROM jobs WHERE kind = 'number.at-risk')", "told, and events in the outbox"),
    (
        "INSERT INTO jobs SELECT x'01', kind, payload, dedupe, due_at, tries, state, lease, last_error, made_at + 60000000, ended_at FROM jobs
         WHERE id = (SELECT MAX(id) FROM jobs WHERE kind = 'number.at-risk')",
        "told",
    ),
    (
        "INSERT INTO jobs SELECT x'01', kind, payload, dedupe, due_at, tries, state, lease, last_error, made_at, ended_at FROM jobs
         WHERE id = (SELECT MAX(id) FROM jobs WHERE kind = 'number.at-risk')",
        "told, and events in the outbox",
    ),
    ("UPDATE number_risks SET told = NULL, told_at = NULL", "nobody was told"),
    ("UPDATE number_risks SET weight = 'urgent' WHERE weight = 'warning'", "it was told as less"),
    ("UPDATE watch_streaks SET rounds = 1", "seen at one moment"),
    ("DELETE FROM watch_streaks WHERE kind = 'domain'", "was seen in rounds"),
    ("UPDATE accesses SET ended_at = 1, reason = 'instance-expired' WHERE id = (SELECT MIN(id) FROM accesses)", "hosted here while"),
    ("DELETE FROM number_steps WHERE event = 'drop-access'", "stands where"),
    ("DELETE FROM jobs WHERE kind = 'numbers.ended'", "its notice, once"),
    ("DELETE FROM ledger_entries WHERE id IN (SELECT entry FROM number_steps WHERE event = 'drop-access')", "in the entry that it names"),
    (
        "INSERT INTO jobs SELECT x'01', kind, payload, 'other', due_at, tries, state, lease, last_error, made_at, ended_at FROM jobs
         WHERE id = (SELECT MAX(id) FROM jobs WHERE kind = 'numbers.ended')",
        "each step and each notice",
    ),
];

#[tokio::test]
async fn the_inspector_tells_what_was_lost_or_told_twice() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = watched(Site::Sqlite(database.file())).await;
    let mut record = Record::default();
    for nth in 0..5 {
        Besieged::start(BINARY, &pass(&life, nth, 0), &mut record).finish(&mut record);
    }
    let warned = copied(&database.file(), folder.path(), "warned");
    Besieged::start(BINARY, &pass(&life, 5, 0), &mut record).finish(&mut record);
    let Site::Sqlite(warned) = warned else { panic!("a file") };
    for (nth, (damage, word)) in DAMAGES.into_iter().enumerate() {
        let copy = folder.path().join(nth.to_string());
        std::fs::create_dir(&copy).unwrap();
        // The first are about warnings, the others about what was dropped a month later.
        let file = if nth < 8 { warned.clone() } else { database.file() };
        let conn = Tables::copy_of(&file, &copy);
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert!(conn.execute(damage, []).unwrap() > 0, "{damage}");
        conn.close().unwrap();
        let site = Site::Sqlite(copy.join("kebei.db"));
        let told = AssertUnwindSafe(inspect(&site)).catch_unwind().await.unwrap_err();
        let told = told.downcast::<String>().unwrap();
        assert!(told.contains(word), "{damage}: {told}");
    }
}
