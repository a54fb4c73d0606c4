//! Killed in the middle of retention, again and again: nothing is half forgotten, nothing too early, and at the end there is what one run
//! leaves that nobody disturbs.

use crate::{BINARY, copied, crashed, ended_by_force, founded, verified};
use futures_util::FutureExt;
use siege::{
    Besieged, Cluster, Crash, Life, Record, Site, Tables, Town, Work,
    forgetting::{Before, Heap, Left, cancels},
};
use std::{collections::BTreeSet, panic::AssertUnwindSafe};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 4, asks_each: 1 };
/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;
/// Days from when the town was founded: drafts are reminded of, and lapse; numbers are cancelled; somebody files again; and retention runs.
const REMINDED: i64 = 24;
const LAPSED: i64 = 36;
const AGAIN: i64 = 415;
const RUN: i64 = 430;
/// Cases of the old days, and with those of the new.
const OLD: u64 = 18;
const ALL: u64 = 24;
/// Commits of a run, about.
const COMMITS: u64 = 26;
/// Different places in which it is killed at least, on three times as many copies at most.
const PLACES: usize = 6;
/// Copies of the desk on which retention is killed at random until it is done.
const ON_SQLITE: u64 = 10;
const ON_POSTGRES: u64 = 4;

/// A desk on which much is over, and nobody has it open; a life in which retention runs there.
async fn aged(site: Site) -> Life {
    let life = founded(TOWN, site).await;
    let mut record = Record::default();
    let mut lives = |nth, work, days, cases: (u64, u64)| {
        let (clients, skew) = (if work == Work::Filings { 4 } else { 1 }, days * DAY);
        let life = Life { nth, work, clients, skew, from: cases.0, until: cases.1, ..life.clone() };
        Besieged::start(BINARY, &life, &mut record).finish(&mut record);
        life
    };
    lives(3, Work::Filings, 0, (0, OLD));
    lives(4, Work::Deadlines, REMINDED, (0, 3));
    lives(5, Work::Deadlines, LAPSED, (0, 3));
    cancels(&Life { nth: 6, skew: LAPSED * DAY, ..life.clone() }, "粤ICP备00000000号", "00000000").await;
    cancels(&Life { nth: 7, skew: LAPSED * DAY, ..life.clone() }, "粤ICP备00000006号-1", "00000006-1").await;
    lives(8, Work::Filings, AGAIN, (OLD, ALL));
    cancels(&Life { nth: 9, skew: AGAIN * DAY, ..life.clone() }, "粤ICP备00000018号", "00000018").await;
    let run = Life { nth: 10, work: Work::Forgetting, skew: RUN * DAY, until: 1, ..life };
    Heap::on(&run.site, run.begins_at()).await;
    run
}

/// What there is before, and what a run leaves that nobody disturbs, on a copy.
async fn undisturbed(life: &Life, site: Site) -> (Before, Left) {
    let life = Life { site, ..life.clone() };
    let before = Before::look(&life.site, life.begins_at()).await;
    let mut record = Record::default();
    Besieged::start(BINARY, &life, &mut record).finish(&mut record);
    let left = before.inspect_end(&life.site).await;
    assert_eq!(record.forgot, left.all_gone() as u64, "what is told is what is gone");
    println!("one run: {:?}", left.gone);
    (before, left)
}

/// Goes on where others were killed, until it is done; what is left is what one run leaves.
async fn finished(life: &Life, before: &Before, expected: &Left, record: &mut Record) {
    Besieged::start(BINARY, &Life { nth: life.nth + 1, crash: None, ..life.clone() }, record).finish(record);
    let left = before.inspect_end(&life.site).await;
    assert!(left == *expected, "{:?} is left otherwise than by one run", life.crash);
    // Whoever was killed once all was forgotten told nobody, and the next found nothing.
    assert!([0, left.all_gone() as u64].contains(&record.forgot), "{} are told", record.forgot);
}

/// Retention is killed on copies of the desk, and goes on, until it is done.
async fn killed(life: Life, copies: u64, mut fresh: impl AsyncFnMut(u64) -> Site) {
    let (before, expected) = undisturbed(&life, fresh(0).await).await;
    let (mut kills, mut places, mut record) = (0_u64, BTreeSet::new(), Record::default());
    for nth in 1..=3 * copies {
        if nth > copies && places.len() >= PLACES {
            break;
        }
        record.forgot = 0;
        let mut life = Life { nth: nth << 20, site: fresh(nth).await, clients: 2, until: 2, ..life.clone() };
        while ended_by_force(&life, COMMITS, &mut record) {
            kills += 1;
            let gone = before.inspect(&life.site).await.gone;
            places.insert(gone);
            life.nth += 1;
        }
        finished(&life, &before, &expected, &mut record).await;
        verified(&Life { nth: life.nth + 2, ..life }).await;
    }
    println!("{kills} kills in {} places; {}", places.len(), record.tally);
    assert!(
        places.len() >= PLACES && record.tally.ended_in_commit > 0,
        "{kills} kills in {} places",
        places.len()
    );
}

#[tokio::test]
async fn on_sqlite_a_run_that_is_killed_again_and_again_leaves_what_one_run_leaves() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = aged(Site::Sqlite(database.file())).await;
    killed(life, ON_SQLITE, async |nth| copied(&database.file(), folder.path(), &nth.to_string())).await;
}

#[tokio::test]
async fn on_postgresql_a_run_that_is_killed_again_and_again_leaves_what_one_run_leaves() {
    let cluster = Cluster::throw_away();
    let life = aged(cluster.database("aged").await).await;
    killed(life, ON_POSTGRES, async |nth| cluster.copy("aged", &format!("copy_{nth}")).await).await;
}

#[tokio::test]
async fn ending_at_each_commit_of_a_run_leaves_all_of_a_piece_or_nothing() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = aged(Site::Sqlite(database.file())).await;
    let fresh = |name: &str| copied(&database.file(), folder.path(), name);
    let (before, expected) = undisturbed(&life, fresh("undisturbed")).await;
    let (mut kills, mut places) = (0, BTreeSet::new());
    'all: for commit in 1.. {
        for after in [false, true] {
            let (crash, mut record) = (Some(Crash { commit, after }), Record::default());
            let life = Life { site: fresh(&format!("{commit}-{after}")), crash, ..life.clone() };
            if !crashed(&life, &mut record) {
                break 'all;
            }
            kills += 1;
            places.insert(before.inspect(&life.site).await.gone);
            finished(&life, &before, &expected, &mut record).await;
        }
    }
    println!("{kills} kills in {} places", places.len());
    assert!(places.len() > 12, "{} places", places.len());
}

/// What would be left if something had been half forgotten, too early, or counted and not forgotten; and a word of what is said of it.
const DAMAGES: [(&str, &str); 10] = [
    (
        "DELETE FROM order_parts WHERE part = 'websites' AND order_id IN (SELECT id FROM orders WHERE state = 'withdrawn')",
        "half forgotten",
    ),
    ("DELETE FROM order_marks WHERE kind = 'domain' AND order_id IN (SELECT id FROM orders WHERE state = 'withdrawn')", "half forgotten"),
    ("DELETE FROM attachment_pieces WHERE copy = 'bureau'", "half forgotten"),
    (
        "DELETE FROM attachment_pieces WHERE attachment IN (SELECT MAX(a.id) FROM attachments a JOIN orders o ON o.id = a.order_id
         WHERE o.state = 'filed' GROUP BY o.id)",
        "go together",
    ),
    ("DELETE FROM attachments WHERE id = (SELECT MIN(attachment) FROM attachment_pieces)", "a piece has its picture"),
    ("UPDATE subject_keys SET sealed = NULL, erased_at = 1", "what is sealed has its key"),
    ("DELETE FROM access_log WHERE id = (SELECT MAX(id) FROM access_log)", "is not over"),
    ("DELETE FROM sessions WHERE id = (SELECT MIN(id) FROM sessions)", "counted as forgotten"),
    ("DELETE FROM jobs WHERE state = 'waiting'", "is not over"),
    ("UPDATE users SET name = 'qian'", "what was not there"),
];

/// The same of a run that came to its end.
const DAMAGES_AT_THE_END: [(&str, &str); 4] = [
    ("DELETE FROM ledger_entries WHERE id = (SELECT MAX(id) FROM ledger_entries)", "has its entry"),
    ("UPDATE operations SET state = 'applying' WHERE kind = 'retention'", "has its entry"),
    (
        "INSERT INTO sessions SELECT * FROM old.sessions WHERE id = (SELECT MIN(id) FROM old.sessions)",
        "counted as forgotten",
    ),
    (
        "UPDATE subject_keys SET erased_at = NULL, sealed = (SELECT k.sealed FROM old.subject_keys k WHERE k.id = subject_keys.id)
         WHERE sealed IS NULL AND id IN (SELECT k.id FROM old.subject_keys k WHERE k.sealed IS NOT NULL)",
        "a key goes with the last",
    ),
];

#[tokio::test]
async fn the_inspector_tells_what_was_half_forgotten_or_too_early() {
    let (database, folder) = (Database::new(Engine::Sqlite).await, tempfile::tempdir().unwrap());
    let life = aged(Site::Sqlite(database.file())).await;
    let done = copied(&database.file(), folder.path(), "done");
    let (before, _) = undisturbed(&life, done.clone()).await;
    let Site::Sqlite(done) = done else { panic!("a file") };
    let begun = DAMAGES.map(|damage| (database.file(), damage));
    let ended = DAMAGES_AT_THE_END.map(|damage| (done.clone(), damage));
    for (nth, (file, (damage, word))) in begun.into_iter().chain(ended).enumerate() {
        let copy = folder.path().join(nth.to_string());
        std::fs::create_dir(&copy).unwrap();
        let conn = Tables::copy_of(&file, &copy);
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        conn.execute("ATTACH $1 AS old", [database.file().to_str().unwrap()]).unwrap();
        assert!(conn.execute(damage, []).unwrap() > 0, "{damage}");
        conn.close().unwrap();
        let site = Site::Sqlite(copy.join("kebei.db"));
        let told = AssertUnwindSafe(before.inspect(&site)).catch_unwind().await.unwrap_err();
        let told = told.downcast::<String>().unwrap();
        assert!(told.contains(word), "{damage}: {told}");
    }
}
