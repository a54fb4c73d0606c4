//! The auditor himself: whatever is done to the tables behind the desk's back, he tells it.

use crate::{BINARY, founded};
use siege::{Besieged, Life, Placing, Record, Site, Tables, Town, audit};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 2, asks_each: 20 };

/// What is done to the tables, and a word of what the auditor says then.
const DAMAGES: [(&str, &str); 18] = [
    ("DELETE FROM codes WHERE id = (SELECT MIN(id) FROM codes)", "issued and is missing"),
    ("UPDATE codes SET state = 'recorded', counted = 0 WHERE id = (SELECT MIN(id) FROM codes)", "is not as it was issued"),
    ("UPDATE codes SET state = 'void' WHERE id = (SELECT MAX(id) FROM codes)", "is not as it was issued"),
    (
        "UPDATE codes SET sealed = (SELECT sealed FROM codes ORDER BY id DESC LIMIT 1)
         WHERE id = (SELECT MIN(id) FROM codes)",
        "does not open",
    ),
    ("UPDATE codes SET lookup = x'00' WHERE id = (SELECT MIN(id) FROM codes)", "found by another hash"),
    ("INSERT INTO codes SELECT x'00000000000000000000000000000001', instance, owner, grantee, product, state, counted,
      x'01', sealed, changed_at FROM codes LIMIT 1", "does not open"),
    ("UPDATE quota_places SET taken = taken + 1 WHERE taken > 0", "in the ledger"),
    ("UPDATE quota_places SET changed_at = changed_at + 1 WHERE taken > 0", "in the ledger"),
    ("DELETE FROM quota_places", "no quota row"),
    ("DELETE FROM requests WHERE key = 'k-3'", "answers no request"),
    ("UPDATE requests SET entry = (SELECT entry FROM requests WHERE key = 'k-4') WHERE key = 'k-3'", "has no entry"),
    ("UPDATE requests SET key = 'k-99' WHERE key = 'k-3'", "was never sent"),
    ("DELETE FROM ledger_entries WHERE id = (SELECT entry FROM requests WHERE key = 'k-3')", "has no entry"),
    ("UPDATE ledger_entries SET at = at + 1", "its time is not its row's"),
    ("UPDATE ledger_entries SET place = NULL WHERE place = 3", "entries have places"),
    ("UPDATE ledger_head SET size = size - 1", "entries have places"),
    ("DELETE FROM ledger_checkpoints WHERE size = (SELECT size FROM ledger_head)", "no checkpoint of"),
    ("UPDATE codes SET product = 'ecs-lite' WHERE id = (SELECT MIN(id) FROM codes)", "is not as it was issued"),
];

#[tokio::test]
async fn he_tells_whatever_was_lost_or_half_done() {
    let database = Database::new(Engine::Sqlite).await;
    let life = Life {
        until: 40,
        clients: 4,
        placing: Placing::Each(8),
        ..founded(TOWN, Site::Sqlite(database.file())).await
    };
    let mut record = Record::default();
    Besieged::start(BINARY, &life, &mut record).finish(&mut record);
    audit(&Tables::of_file(&database.file()).await, &TOWN, &record).clean();
    for (damage, word) in DAMAGES {
        let folder = tempfile::tempdir().unwrap();
        let conn = Tables::copy_of(&database.file(), folder.path());
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert!(conn.execute(damage, []).unwrap() > 0, "{damage}");
        drop(conn);
        let found = audit(&Tables::of_file(&folder.path().join("kebei.db")).await, &TOWN, &record);
        assert!(found.faults.iter().any(|fault| fault.contains(word)), "{damage}: {:?}", found.faults);
    }
}

#[tokio::test]
async fn he_tells_an_answer_that_is_not_what_was_acknowledged() {
    let database = Database::new(Engine::Sqlite).await;
    let life = Life { until: 10, ..founded(TOWN, Site::Sqlite(database.file())).await };
    let mut record = Record::default();
    Besieged::start(BINARY, &life, &mut record).finish(&mut record);
    let tables = Tables::of_file(&database.file()).await;
    let mut told = record.told.clone();
    let issued = told.values_mut().find(|told| !told.words.is_empty()).unwrap();
    issued.words[0] = "00000-00000-00000-00000".to_owned();
    let found = audit(&tables, &TOWN, &record.with_answers(told));
    assert_eq!(found.faults.len(), 1, "{:?}", found.faults);
}
