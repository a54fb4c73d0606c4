//! The server is stopped hard under load, again and again; the clients go on by themselves.

use crate::{BINARY, asked_again, founded, sound};
use siege::{Besieged, Cluster, Life, Line, Placing, Record, Site, Tables, Town, audit};

const TOWN: Town = Town { accounts: 200, asks_each: 40 };
/// How often the server is stopped.
const STOPS: u64 = 12;
/// Answers between one stop and the next.
const ANSWERS: u64 = 150;
/// Lines without an answer after which clients are taken to have given up.
const PATIENCE: u64 = 100_000;

/// Hears so many new answers.
fn answers(besieged: &mut Besieged, record: &mut Record, answers: u64) {
    let wanted = record.told.len() as u64 + answers;
    for _ in 0..PATIENCE {
        let line = besieged.hear_one(record);
        if matches!(line, Line::Got(..)) && record.told.len() as u64 >= wanted {
            return;
        }
    }
    panic!("the clients did not go on by themselves");
}

/// Audits while the clients go on: what was heard before is there, and what is there was asked.
async fn audited_alive(besieged: &mut Besieged, life: &Life, record: &mut Record) {
    let Site::Postgres { url, .. } = &life.site else { unreachable!() };
    let heard = record.told.clone();
    let tables = Tables::of_server(url).await;
    // An answer that the tables do not have yet was said after they were read, and so all that they have was heard.
    let newer = |line| matches!(line, Line::Got(nth, _) if !tables.has(nth));
    assert!((0..PATIENCE).any(|_| newer(besieged.hear_one(record))));
    audit(&tables, &life.town, &record.with_answers(heard)).clean();
}

#[tokio::test]
async fn twelve_times_nothing_acknowledged_is_lost_and_the_clients_go_on() {
    let cluster = Cluster::start(&[]);
    let life = founded(TOWN, cluster.database("town").await).await;
    let outside = Some(cluster.folder().join("checkpoint"));
    let life = Life { clients: 16, until: u64::MAX, placing: Placing::Beside, outside, ..life };
    let mut record = Record::default();
    let mut besieged = Besieged::start(BINARY, &life, &mut record);
    for nth in 0..STOPS {
        answers(&mut besieged, &mut record, ANSWERS + nth);
        cluster.stop_hard_and_start();
        audited_alive(&mut besieged, &life, &mut record).await;
    }
    answers(&mut besieged, &mut record, ANSWERS);
    besieged.kill(&mut record);
    let all: Vec<u64> = record.told.keys().copied().collect();
    asked_again(&life, &mut record, all.into_iter());
    let found = sound(&life, &record).await;
    let tally = record.tally;
    println!("{STOPS} stops; {tally}; {} codes", found.codes);
    assert!(tally.failed > 0 && tally.cut_off > 0, "no commit was cut off: {tally}");
    assert!(tally.placings > 0, "{tally}");
}
