//! Whoever tampers with the database is named.

use super::{Book, exported};
use ::ledger::{EntryRef, leaf_hash};
use app::{
    Clock, DeskError,
    ledger::{Conflict, Mistake},
};
use testbed::{ENGINES, Engine};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tampers_with_the_database_is_named() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(8).await;
        let flip = match engine {
            Engine::Sqlite => "CAST(substr(bytes, 1, 20) || x'00' || substr(bytes, 22) AS BLOB)",
            Engine::Postgres => "set_byte(bytes, 20, 0)",
        };
        let node = |level, index| Mistake::Node { level, index };
        let cases = [
            (
                format!("UPDATE ledger_entries SET bytes = {flip} WHERE place = 3"),
                vec![Mistake::Changed { place: 3 }],
            ),
            ("DELETE FROM ledger_entries WHERE place = 5".to_owned(), vec![Mistake::Missing { place: 5 }]),
            (
                "UPDATE ledger_entries SET place = -1 WHERE place = 2;
                 UPDATE ledger_entries SET place = 2 WHERE place = 6;
                 UPDATE ledger_entries SET place = 6 WHERE place = -1"
                    .to_owned(),
                vec![Mistake::Moved { place: 2, belongs: 6 }, Mistake::Moved { place: 6, belongs: 2 }],
            ),
            (
                "UPDATE ledger_nodes SET hash = (SELECT hash FROM ledger_nodes WHERE level = 0 AND idx = 7)
                 WHERE level = 1 AND idx = 2"
                    .to_owned(),
                vec![node(1, 2)],
            ),
            (
                "UPDATE ledger_nodes SET hash = (SELECT hash FROM ledger_nodes WHERE level = 0 AND idx = 7)
                 WHERE level = 0 AND idx = 4"
                    .to_owned(),
                vec![node(0, 4)],
            ),
            (
                "UPDATE ledger_entries SET at = at + 1 WHERE place = 4".to_owned(),
                vec![Mistake::OtherTime { place: 4 }],
            ),
            (
                "INSERT INTO ledger_nodes SELECT 40, 0, hash FROM ledger_nodes WHERE level = 0 AND idx = 0"
                    .to_owned(),
                vec![Mistake::Beyond { entries: 0, nodes: 1 }],
            ),
            (
                "UPDATE ledger_checkpoints SET size = 8".to_owned(),
                vec![Mistake::NoCheckpoint { size: 9 }, Mistake::OtherRoot { size: 8 }],
            ),
        ];
        for (sql, expected) in cases {
            let copies = "entries nodes checkpoints".split(' ');
            let keep = |name| format!("CREATE TABLE kept_{name} AS SELECT * FROM ledger_{name};");
            let restore = |name| {
                format!(
                    "DELETE FROM ledger_{name}; INSERT INTO ledger_{name} SELECT * FROM kept_{name}; DROP TABLE kept_{name};"
                )
            };
            book.tamper(&copies.clone().map(keep).collect::<String>()).await;
            book.tamper(&sql).await;
            assert_eq!(book.verify().await.mistakes, expected, "{engine:?} {sql}");
            book.tamper(&copies.map(restore).collect::<String>()).await;
            assert!(book.verify().await.is_sound(), "{engine:?} after {sql}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_rewritten_together_with_its_nodes_is_not_the_one_that_was_signed() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(0).await;
        let mut entry = EntryRef::decode(&first_entry(&book).await).unwrap().to_entry();
        entry.kind = "desk.closed".into();
        let bytes = entry.encode().unwrap();
        let (bytes, hash) = (book.literal(&bytes), book.literal(&leaf_hash(&bytes).0));
        book.tamper(&format!(
            "UPDATE ledger_entries SET bytes = {bytes}; UPDATE ledger_nodes SET hash = {hash}"
        ))
        .await;
        assert_eq!(book.verify().await.mistakes, [Mistake::OtherRoot { size: 1 }], "{engine:?}");
        let refused = book.desk.sequence_ledger(book.clock.now()).await.unwrap_err();
        assert!(matches!(refused, DeskError::ReadOnly(Conflict::Unsound(_))), "{engine:?} {refused}");
    }
}

/// The entry at place 0, from an export.
async fn first_entry(book: &Book) -> Vec<u8> {
    let (key, mut first) = (book.desk.ledger_key(), None);
    let export = exported(&book.desk, None).await;
    ::ledger::verify_export(&*export, &key, None, |place, entry| {
        if place == 0 {
            first = Some(entry.to_entry().encode().unwrap());
        }
    })
    .unwrap();
    first.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_its_own_facts_do_not_give_is_named() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        let answer = book.grow(3).await.swap_remove(1);
        let bytes = book.desk.prove_inclusion(answer.entry).await.unwrap().entry;
        let mut forged = EntryRef::decode(&bytes).unwrap().to_entry();
        forged.kind = "code.refused".into();
        let mut unbacked = forged.clone();
        unbacked.rulebook = Some([9; 32]);
        for (id, entry) in [("1", forged), ("2", unbacked)] {
            let (at, bytes) = (entry.at, book.literal(&entry.encode().unwrap()));
            let id = match engine {
                Engine::Sqlite => format!("x'{}{id}'", "0".repeat(31)),
                Engine::Postgres => format!("'{}{id}'", "0".repeat(31)),
            };
            book.tamper(&format!("INSERT INTO ledger_entries (id, at, bytes) VALUES ({id}, {at}, {bytes})"))
                .await;
        }
        book.desk.sequence_ledger(book.clock.now()).await.unwrap();
        let report = book.verify().await;
        let places: Vec<u64> = report
            .mistakes
            .iter()
            .map(|mistake| match mistake {
                Mistake::Undecided { place, .. } => *place,
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!((places, report.decided), (vec![4, 5], 3), "{engine:?}");
    }
}
