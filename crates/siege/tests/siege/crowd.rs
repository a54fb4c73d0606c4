//! Many clients at once: 40,000 asks for the places of 2,000 servers and 200 accounts.

use crate::{BINARY, asked_again, audited, founded};
use siege::{Besieged, Life, Record, Site, Town};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 200, asks_each: 200 };
const ASKS: u64 = 40_000;
const CLIENTS: usize = 64;

/// Asks everything in `processes` processes that share the clients, whose clocks differ.
async fn crowd(site: Site, processes: u64) {
    let life = Life { marks: false, step: processes, until: ASKS, ..founded(TOWN, site).await };
    let clients = CLIENTS.div_ceil(usize::try_from(processes).unwrap());
    let mut record = Record::default();
    let mut crowd: Vec<Besieged> = (0..processes)
        .map(|nth| {
            let skew = 3_000_000 * i64::try_from(nth).unwrap();
            let life = Life { nth: 2 + nth, clients, from: nth, skew, ..life.clone() };
            Besieged::start(BINARY, &life, &mut record)
        })
        .collect();
    // None is heard to its end before another: a pipe that nobody reads would stop its process.
    crowd.retain_mut(|process| process.hear(&mut record, u64::MAX));
    assert_eq!(record.told.len() as u64, ASKS);
    asked_again(&life, &mut record, (0..ASKS).step_by(20));
    let found = audited(&life.site, &TOWN, &record).await;
    println!("{}; {} codes, {} scopes full", record.tally, found.codes, found.full);
    assert!(found.full > 2_000 && record.tally.refused > 10_000, "there was no rush");
    assert_eq!(record.tally.same_again, ASKS / 20);
}

#[tokio::test]
async fn sixty_four_clients_never_exceed_a_quota_on_sqlite() {
    let database = Database::new(Engine::Sqlite).await;
    crowd(Site::Sqlite(database.file()), 1).await;
}

fn site_of(database: &Database) -> Site {
    let url = database.postgres().unwrap().url.clone();
    Site::Postgres { url, connections: 16, throw_away: true }
}

#[tokio::test]
async fn sixty_four_clients_never_exceed_a_quota_on_postgresql() {
    let database = Database::new(Engine::Postgres).await;
    crowd(site_of(&database), 1).await;
}

#[tokio::test]
async fn three_processes_on_one_postgresql_never_exceed_a_quota() {
    let database = Database::new(Engine::Postgres).await;
    crowd(site_of(&database), 3).await;
}
