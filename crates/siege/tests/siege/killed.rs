//! Killed with SIGKILL at random moments, again and again, on a database that grows.

use crate::{BINARY, asked_again, audited, founded, sound};
use rand_chacha::rand_core::Rng;
use siege::{Besieged, Life, Placing, Record, Request, Site, Town, acknowledged, dice};
use std::{hint::black_box, path::Path};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 300, asks_each: 40 };
/// How often the process is killed.
const KILLS: u64 = 200;
/// How many kills there are from one full audit to the next.
const AUDITED: u64 = 10;
/// Clocks of lives differ by up to so many microseconds, forwards and back.
const SKEW: u64 = 10_000_000;

/// Lives and is killed after a number of lines and a number of turns that are drawn.
fn one_life(life: &Life, nth: u64, record: &mut Record) {
    let mut dice = dice(0x1f, nth);
    let mut below = |bound: u64| dice.next_u64() % bound;
    let answered: Vec<u64> = record.told.keys().copied().collect();
    let also =
        (0..3).filter_map(|_| answered.get(usize::try_from(below(1 << 20)).unwrap() % answered.len().max(1)));
    let life = Life {
        nth,
        again: record.unanswered().chain(also.copied()).collect(),
        from: record.next(),
        skew: i64::try_from(below(SKEW)).unwrap(),
        ..life.clone()
    };
    let mut besieged = Besieged::start(BINARY, &life, record);
    // One in ten does not even live to open the desk.
    let lines = if below(10) == 0 { 0 } else { below(120) };
    besieged.hear(record, lines);
    for turn in 0..below(1 << 20) {
        black_box(turn);
    }
    besieged.kill(record);
}

/// Kills `life` again and again. After each death all that was acknowledged must be there; every tenth is followed by an audit.
async fn killed(life: Life, file: &Path) {
    let mut record = Record::default();
    for nth in 0..KILLS {
        one_life(&life, 10 + nth, &mut record);
        let untold = acknowledged(&Request::kept_in_file(file).await, &life.town, &record);
        record.tally.kept_untold += untold.len() as u64;
        if nth % AUDITED == 0 {
            assert_eq!(audited(&life.site, &life.town, &record).await.kept_untold.len(), untold.len());
        }
    }
    let all: Vec<u64> = record.told.keys().copied().collect();
    asked_again(&life, &mut record, all.into_iter());
    let found = sound(&life, &record).await;
    println!("{}; {} codes", record.tally, found.codes);
    let tally = record.tally;
    assert_eq!(found.issued + found.refused, record.told.len());
    assert!(tally.ended_in_commit > 0 && tally.ended_opening > 0 && tally.in_flight > 0, "{tally}");
    assert!(tally.kept_untold > 0 && tally.same_again > 0 && tally.issued > 0, "{tally}");
    assert!(tally.placings > 0, "{tally}");
}

#[tokio::test]
async fn two_hundred_times_on_sqlite_nothing_is_lost_and_nothing_half_done() {
    let database = Database::new(Engine::Sqlite).await;
    let life = founded(TOWN, Site::Sqlite(database.file())).await;
    let outside = Some(database.folder().join("checkpoint"));
    let life = Life { clients: 16, until: u64::MAX, placing: Placing::Beside, outside, ..life };
    killed(life, &database.file()).await;
}
