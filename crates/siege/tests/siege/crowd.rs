//! Many clients at once: 40,000 asks for the places of 2,000 servers and 200 accounts.

use crate::{BINARY, asked_again, founded, sound};
use siege::{Besieged, Life, Placing, Record, Site, Town};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 200, asks_each: 200 };
const ASKS: u64 = 40_000;
const CLIENTS: usize = 64;

/// Asks everything in `processes` processes that share the clients, whose clocks differ.
async fn crowd(database: &Database, site: Site, processes: u64) {
    let outside = Some(database.folder().join("checkpoint"));
    let life = founded(TOWN, site).await;
    let life = Life { marks: false, placing: Placing::Beside, outside, step: processes, until: ASKS, ..life };
    let clients = CLIENTS.div_ceil(usize::try_from(processes).unwrap());
    let mut record = Record::default();
    let crowd: Vec<Besieged> = (0..processes)
        .map(|nth| {
            let skew = 3_000_000 * i64::try_from(nth).unwrap();
            let life = Life { nth: 2 + nth, clients, from: nth, skew, ..life.clone() };
            Besieged::start(BINARY, &life, &mut record)
        })
        .collect();
    for process in crowd {
        process.finish(&mut record);
    }
    assert_eq!(record.told.len() as u64, ASKS);
    asked_again(&life, &mut record, (0..ASKS).step_by(20));
    let found = sound(&life, &record).await;
    println!("{}; {} codes, {} scopes full", record.tally, found.codes, found.full);
    assert!(found.full > 2_000 && record.tally.refused > 10_000, "there was no rush");
    assert_eq!(record.tally.same_again, ASKS / 20);
}

#[tokio::test]
async fn sixty_four_clients_never_exceed_a_quota_on_sqlite() {
    let database = Database::new(Engine::Sqlite).await;
    crowd(&database, Site::Sqlite(database.file()), 1).await;
}

fn site_of(database: &Database) -> Site {
    let url = database.postgres().unwrap().url.clone();
    Site::Postgres { url, connections: 16, throw_away: true }
}

#[tokio::test]
async fn sixty_four_clients_never_exceed_a_quota_on_postgresql() {
    let database = Database::new(Engine::Postgres).await;
    crowd(&database, site_of(&database), 1).await;
}

#[tokio::test]
async fn three_processes_on_one_postgresql_never_exceed_a_quota() {
    let database = Database::new(Engine::Postgres).await;
    crowd(&database, site_of(&database), 3).await;
}
