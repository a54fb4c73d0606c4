//! The ledger: every entry takes one place, whoever tampers with the database is named, and a database that is older than
//! its checkpoint outside is not written.

use crate::{HandClock, codes, key, server, surroundings};
use ::ledger::{EntryRef, leaf_hash};
use app::{
    Asker, Clock, Desk, DeskError, Failure, OpenAccount, SetUp, Surroundings, Told, Worker,
    codes::Issuing,
    ledger::{
        AcceptError, Conflict, Keeper, Kept, LedgerReport, Mistake, Outside, ProveError, Rulebooks,
        Sequenced, Sequencer, Undecided, VerifyLedger, verify_export,
    },
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rulebook::ALIYUN;
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use store::Store;
use testbed::{Database, ENGINES, Engine};

/// A desk whose newest checkpoint is kept in a file beside its database, or wherever a story wants it.
struct Book {
    engine: Engine,
    database: Database,
    clock: HandClock,
    store: Store,
    desk: Desk,
    asker: Asker,
    asked: AtomicU64,
}

impl Book {
    async fn on(engine: Engine) -> Self {
        let database = Database::new(engine).await;
        let clock = HandClock::starting(crate::BEGIN);
        let store = database.open().await;
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei.example/ledger" };
        set_up.run(&store, &surroundings(&clock, 0)).await.unwrap();
        let outside = Outside::file(database.folder().join("checkpoint"));
        let around = Surroundings { outside: Some(outside), ..surroundings(&clock, 1) };
        let desk = Desk::open(store.clone(), around).await.unwrap();
        let name = "acc-7".to_owned();
        let asker = desk.open_account(OpenAccount { number: Some(7), name }).await.unwrap();
        for instance in 0..8 {
            desk.record_instance(server(&format!("i-{instance}"), &asker)).await.unwrap();
        }
        Self { engine, database, clock, store, desk, asker, asked: AtomicU64::new(0) }
    }

    fn outside(&self) -> Outside {
        Outside::file(self.database.folder().join("checkpoint"))
    }

    /// The same database opened by a process that was started with `seed`, and with another file or none.
    async fn opened(&self, seed: u8, outside: Option<Outside>) -> Desk {
        let around = Surroundings { outside, ..surroundings(&self.clock, seed) };
        Desk::open(self.store.clone(), around).await.unwrap()
    }

    /// `times` requests for a code, one entry each, whatever they come to.
    async fn ask(&self, desk: &Desk, times: u64) -> Vec<Told<Issuing>> {
        let first = self.asked.fetch_add(times, Ordering::SeqCst);
        let asks = (first..first + times).map(|nth| {
            desk.issue_codes(codes(&self.asker, &format!("i-{}", nth % 8), 1), key(&format!("k-{nth}")))
        });
        join_all(asks).await.into_iter().map(Result::unwrap).collect()
    }

    /// Asks, and gives all that waits its places.
    async fn grow(&self, times: u64) -> Vec<Told<Issuing>> {
        let answers = self.ask(&self.desk, times).await;
        let placed = self.desk.sequence_ledger(self.clock.now()).await.unwrap();
        assert!(matches!(placed, Sequenced::Placed { more: false, .. }), "{placed:?}");
        answers
    }

    async fn verify(&self) -> LedgerReport {
        self.desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 4 }).await.unwrap()
    }

    /// Somebody with the rights of the database's owner.
    async fn tamper(&self, sql: &str) {
        match self.database.postgres() {
            None => rusqlite::Connection::open(self.database.file()).unwrap().execute_batch(sql).unwrap(),
            Some(options) => {
                let (client, connection) =
                    tokio_postgres::connect(&options.url, tokio_postgres::NoTls).await.unwrap();
                let connection = tokio::spawn(connection);
                client.batch_execute(sql).await.unwrap();
                drop(client);
                connection.await.unwrap().unwrap();
            }
        }
    }

    /// Bytes as the engine writes them.
    fn literal(&self, bytes: &[u8]) -> String {
        let hex = std::fmt::from_fn(|f| bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")));
        match self.engine {
            Engine::Sqlite => format!("x'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'::bytea"),
        }
    }

    /// Takes away all that came after the first `size` entries, as an older copy has it.
    async fn cut_back(&self, size: u64) {
        self.tamper(&format!(
            "DELETE FROM ledger_nodes WHERE ((idx + 1) << CAST(level AS INTEGER)) > {size};
             DELETE FROM ledger_checkpoints WHERE size > {size};
             DELETE FROM requests WHERE entry IN (SELECT id FROM ledger_entries WHERE place IS NULL OR place >= {size});
             DELETE FROM ledger_entries WHERE place IS NULL OR place >= {size};
             UPDATE ledger_head SET size = {size}"
        ))
        .await;
    }

    /// Whether a customer is told that nothing is written.
    async fn refuses(&self, desk: &Desk) -> Option<Conflict> {
        match desk.issue_codes(codes(&self.asker, "i-1", 1), key("k-refused")).await {
            Err(Failure::Desk(DeskError::ReadOnly(conflict))) => Some(conflict),
            _ => None,
        }
    }
}

/// A destination that can be looked at afterwards.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn exported(desk: &Desk, since: Option<u64>) -> Vec<u8> {
    let out = Shared::default();
    desk.export_ledger(out.clone(), since).await.unwrap();
    out.0.lock().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_takes_its_place_and_all_of_it_is_verified_and_decided_again() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        assert_eq!(book.desk.checkpoint().await.unwrap(), None, "{engine:?}");
        book.grow(60).await;
        assert_eq!(book.desk.sequence_ledger(book.clock.now()).await.unwrap(), Sequenced::Nothing);
        book.grow(7).await;
        book.ask(&book.desk, 2).await;
        let report = book.verify().await;
        assert_eq!(report.mistakes, [], "{engine:?}");
        assert!(report.is_sound());
        let counted = (report.entries, report.waiting, report.checkpoints, report.decided);
        assert_eq!(counted, (68, 2, 2, 67), "{engine:?}");
        assert_eq!(report.checkpoint.unwrap().head.size, 68);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_batch_is_placed_step_by_step_and_verified_page_by_page() {
    let book = Book::on(Engine::Sqlite).await;
    book.ask(&book.desk, 600).await;
    let sequencer = Sequencer::new(book.desk.clone());
    let now = book.clock.now();
    assert_eq!(sequencer.step(now).await, Some(now));
    assert!(sequencer.step(now).await.unwrap() > now);
    let report = book.verify().await;
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.entries, report.checkpoints), (601, 2));
    assert!(exported(&book.desk, Some(512)).await.len() < exported(&book.desk, None).await.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_at_once_give_every_entry_exactly_one_place_while_more_arrive() {
    let book = Book::on(Engine::Postgres).await;
    let other = {
        let around = Surroundings { outside: Some(book.outside()), ..surroundings(&book.clock, 2) };
        Desk::open(book.database.open().await, around).await.unwrap()
    };
    let mut placed = 0;
    for _ in 0..6 {
        let now = book.clock.now();
        let (_, _, first, second, kept, kept_too) = tokio::join!(
            book.ask(&book.desk, 12),
            book.ask(&other, 12),
            book.desk.sequence_ledger(now),
            other.sequence_ledger(now),
            book.desk.keep_checkpoint(),
            other.keep_checkpoint(),
        );
        assert!(![kept.unwrap(), kept_too.unwrap()].contains(&Kept::Conflict));
        for sequenced in [first.unwrap(), second.unwrap()] {
            if let Sequenced::Placed { entries, .. } = sequenced {
                placed += entries;
            }
        }
    }
    while let Sequenced::Placed { entries, .. } = other.sequence_ledger(book.clock.now()).await.unwrap() {
        placed += entries;
    }
    let report = book.verify().await;
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.entries, report.waiting, placed), (145, 0, 145));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_proven_against_the_checkpoint_and_the_ledger_against_its_past() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        let first = book.grow(5).await.swap_remove(2);
        let early = book.desk.checkpoint().await.unwrap().unwrap();
        book.grow(20).await;
        let included = book.desk.prove_inclusion(first.entry).await.unwrap();
        let head = included.checkpoint.checkpoint().head;
        let opened = book.desk.ledger_key().open(included.checkpoint.note()).unwrap();
        assert_eq!((opened.checkpoint().head, head.size), (head, 26), "{engine:?}");
        included.proof.verify(leaf_hash(&included.entry), included.place, head).unwrap();
        let grown = book.desk.prove_consistency(6, 26).await.unwrap();
        assert_eq!((grown.from, grown.to), (early.checkpoint().head, head), "{engine:?}");
        grown.proof.verify(grown.from, grown.to).unwrap();
        let beyond = book.desk.prove_consistency(6, 27).await.unwrap_err();
        assert!(matches!(beyond, ProveError::OutOfRange { size: 26, .. }), "{beyond}");
        let waiting = book.ask(&book.desk, 1).await.swap_remove(0).entry;
        let waits = book.desk.prove_inclusion(waiting).await.unwrap_err();
        assert!(matches!(waits, ProveError::Waiting(id) if id == waiting), "{waits}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_verified_with_nothing_but_the_key_and_the_rulebook() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(9).await;
        let early = book.desk.checkpoint().await.unwrap().unwrap().checkpoint().head;
        book.grow(4).await;
        let key = book.desk.ledger_key();
        let mut rulebooks = Rulebooks::default();
        assert!(rulebooks.add(ALIYUN.as_bytes()));
        let whole = exported(&book.desk, None).await;
        let report = verify_export(&*whole, &key, Some(early), Some(&rulebooks), 3).unwrap();
        assert_eq!((report.entries, report.decided, report.undecided.len()), (14, 13, 0), "{engine:?}");
        let rest = exported(&book.desk, Some(early.size)).await;
        let report = verify_export(&*rest, &key, Some(early), Some(&rulebooks), 3).unwrap();
        assert_eq!((report.entries, report.decided), (4, 4), "{engine:?}");
        let without = verify_export(&*rest, &key, None, Some(&Rulebooks::default()), 3).unwrap();
        assert_eq!((without.decided, without.undecided.len(), without.more), (0, 3, 1), "{engine:?}");
        assert!(matches!(without.undecided[0], (10, Undecided::Missing { .. })));
    }
}

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

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_checkpoint_is_kept_outside() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Same, "{engine:?}");
        book.grow(3).await;
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::First, "{engine:?}");
        book.grow(3).await;
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Updated, "{engine:?}");
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Same, "{engine:?}");
        let newest = book.desk.checkpoint().await.unwrap().unwrap();
        let file = book.outside().path().to_owned();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), newest.note(), "{engine:?}");
        book.grow(1).await;
        let now = book.clock.now();
        assert!(Keeper::new(book.desk.clone()).step(now).await.unwrap() > now);
        assert_ne!(std::fs::read_to_string(&file).unwrap(), newest.note(), "{engine:?}");
        assert_eq!(Keeper::new(book.opened(3, None).await).step(now).await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_ended_before_its_first_checkpoint_was_outside_goes_on_by_itself() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(3).await;
        // It is signed in the database, and nothing of it is outside.
        let restarted = book.opened(3, Some(book.outside())).await;
        assert_eq!(restarted.conflict(), None, "{engine:?}");
        assert_eq!(restarted.keep_checkpoint().await.unwrap(), Kept::First, "{engine:?}");
        // The file is written, and its mark is not.
        book.tamper("DELETE FROM ledger_outside").await;
        let again = book.opened(4, Some(book.outside())).await;
        assert_eq!(again.keep_checkpoint().await.unwrap(), Kept::Same, "{engine:?}");
        std::fs::remove_file(book.outside().path()).unwrap();
        assert_eq!(
            again.keep_checkpoint().await.unwrap(),
            Kept::Conflict,
            "the mark was made up for: {engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_checkpoint_outside_was_taken_away_is_not_written_until_an_operator_accepts_that() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(4).await;
        let since = book.clock.now();
        book.desk.keep_checkpoint().await.unwrap();
        book.clock.pass(SignedDuration::from_secs(60));
        book.grow(2).await;
        book.desk.keep_checkpoint().await.unwrap();
        let file = book.outside().path().to_owned();
        std::fs::remove_file(&file).unwrap();
        let missing = Conflict::Missing { file: file.clone(), since };
        // One that is started now, and one that runs on.
        let restarted = book.opened(3, Some(book.outside())).await;
        assert_eq!(book.refuses(&restarted).await, Some(missing.clone()), "{engine:?}");
        book.ask(&book.desk, 1).await;
        let unsigned = book.desk.sequence_ledger(book.clock.now()).await.unwrap_err();
        assert!(
            matches!(unsigned, DeskError::ReadOnly(ref found) if *found == missing),
            "{engine:?} {unsigned}"
        );
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Conflict, "{engine:?}");
        assert!(!file.exists(), "a new one would hide what was rewritten: {engine:?}");
        assert_eq!(book.verify().await.mistakes, [Mistake::Outside(missing.clone())], "{engine:?}");
        let operator = app::Operator::parse("op-3").unwrap();
        let accepted = restarted.accept_older_database(&operator).await.unwrap();
        assert_eq!((accepted.conflict, accepted.kept), (missing, None), "{engine:?}");
        assert!(file.exists() && restarted.conflict().is_none(), "{engine:?}");
        // The one that runs on sees it with its next step.
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Same, "{engine:?}");
        book.grow(1).await;
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Updated, "{engine:?}");
        let said = book.desk.prove_inclusion(accepted.entry).await.unwrap().entry;
        let said = EntryRef::decode(&said).unwrap().to_entry();
        assert_eq!(&*said.kind, "ledger.accepted-without-checkpoint", "{engine:?}");
        assert!(book.verify().await.is_sound(), "{engine:?}");
        std::fs::remove_file(&file).unwrap();
        assert_eq!(
            book.desk.keep_checkpoint().await.unwrap(),
            Kept::Conflict,
            "and so the next time: {engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_checkpoint_outside_is_put_back_goes_on() {
    let book = Book::on(Engine::Sqlite).await;
    book.grow(4).await;
    book.desk.keep_checkpoint().await.unwrap();
    let (file, aside) = (book.outside().path().to_owned(), book.database.folder().join("aside"));
    std::fs::rename(&file, &aside).unwrap();
    let restarted = book.opened(3, Some(book.outside())).await;
    assert!(matches!(restarted.conflict(), Some(Conflict::Missing { .. })));
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(restarted.keep_checkpoint().await.unwrap(), Kept::Same);
    assert_eq!(book.refuses(&restarted).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_without_entries_and_without_its_checkpoint_outside_is_accepted_too() {
    let book = Book::on(Engine::Sqlite).await;
    book.grow(2).await;
    book.desk.keep_checkpoint().await.unwrap();
    std::fs::remove_file(book.outside().path()).unwrap();
    book.cut_back(0).await;
    let emptied = book.opened(3, Some(book.outside())).await;
    assert!(matches!(emptied.conflict(), Some(Conflict::Missing { .. })));
    emptied.accept_older_database(&app::Operator::parse("op-3").unwrap()).await.unwrap();
    assert_eq!(emptied.conflict(), None);
    emptied.sequence_ledger(book.clock.now()).await.unwrap();
    assert_eq!(emptied.keep_checkpoint().await.unwrap(), Kept::First);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_older_than_its_checkpoint_outside_is_not_written_until_an_operator_accepts_it() {
    for engine in ENGINES {
        let book = Book::on(engine).await;
        book.grow(4).await;
        book.grow(6).await;
        book.desk.keep_checkpoint().await.unwrap();
        let lost = book.desk.checkpoint().await.unwrap().unwrap();
        book.cut_back(5).await;
        let older = Conflict::Older { database: 5, outside: 11 };
        assert_eq!(book.verify().await.mistakes, [Mistake::Outside(older.clone())], "{engine:?}");
        // One that is started now, and one that runs on.
        let restarted = book.opened(3, Some(book.outside())).await;
        assert_eq!(restarted.conflict(), Some(older.clone()), "{engine:?}");
        assert_eq!(book.refuses(&restarted).await, Some(older.clone()), "{engine:?}");
        book.ask(&book.desk, 1).await;
        let unsigned = book.desk.sequence_ledger(book.clock.now()).await.unwrap_err();
        assert!(
            matches!(unsigned, DeskError::ReadOnly(ref found) if *found == older),
            "{engine:?} {unsigned}"
        );
        assert_eq!(book.refuses(&book.desk).await, Some(older.clone()), "{engine:?}");
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Conflict, "{engine:?}");
        let accepted = restarted.accept_older_database(&app::Operator::parse("op-3").unwrap()).await.unwrap();
        assert_eq!(accepted.conflict, older, "{engine:?}");
        assert_eq!(std::fs::read_to_string(accepted.kept.unwrap()).unwrap(), lost.note(), "{engine:?}");
        assert_eq!(restarted.conflict(), None);
        let again =
            restarted.accept_older_database(&app::Operator::parse("op-3").unwrap()).await.unwrap_err();
        assert!(matches!(again, AcceptError::Nothing), "{engine:?} {again}");
        // The one that runs on sees it with its next step.
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Same, "{engine:?}");
        book.grow(2).await;
        assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Updated, "{engine:?}");
        let said = book.desk.prove_inclusion(accepted.entry).await.unwrap().entry;
        let said = EntryRef::decode(&said).unwrap().to_entry();
        let root = lost.checkpoint().head.root.to_string();
        let ids: Vec<_> = said.ids.iter().take(2).map(|(name, id)| (&**name, id.clone())).collect();
        let text = |text: &str| ::ledger::Id::text(text);
        assert_eq!(
            (&*said.kind, ids),
            ("ledger.accepted-older", vec![("size", text("11")), ("root", text(&root))])
        );
        let report = book.verify().await;
        assert!(report.is_sound(), "{engine:?} {report:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_copy_is_seen_and_so_is_another_history_of_the_same_length() {
    let book = Book::on(Engine::Sqlite).await;
    book.grow(4).await;
    let copy = book.database.folder().join("copy.db");
    book.store.copy_to(copy.clone()).await.unwrap().unwrap();
    book.grow(6).await;
    book.desk.keep_checkpoint().await.unwrap();
    let store = Store::sqlite(Path::new(&copy)).unwrap();
    let open = |seed, outside| {
        Desk::open(store.clone(), Surroundings { outside, ..surroundings(&book.clock, seed) })
    };
    let restored = open(3, Some(book.outside())).await.unwrap();
    let older = Conflict::Older { database: 5, outside: 11 };
    assert_eq!(book.refuses(&restored).await, Some(older));
    // A process that knows nothing of the checkpoint outside goes on, and tells another history.
    let unknowing = open(4, None).await.unwrap();
    book.clock.pass(SignedDuration::from_secs(60));
    book.ask(&unknowing, 6).await;
    unknowing.sequence_ledger(book.clock.now()).await.unwrap();
    let other = Conflict::Rewritten { database: 11, outside: 11 };
    assert_eq!(restored.keep_checkpoint().await.unwrap(), Kept::Conflict);
    assert_eq!(restored.conflict(), Some(other.clone()));
    book.ask(&unknowing, 1).await;
    unknowing.sequence_ledger(book.clock.now()).await.unwrap();
    let longer = Conflict::Rewritten { database: 12, outside: 11 };
    let restarted = open(5, Some(book.outside())).await.unwrap();
    assert_eq!(restarted.conflict(), Some(longer));
    let how = VerifyLedger { decide: false, most_mistakes: 4 };
    let report = restarted.verify_ledger(how).await.unwrap();
    assert_eq!(report.mistakes, [Mistake::Outside(Conflict::Rewritten { database: 12, outside: 11 })]);
    restarted.accept_older_database(&app::Operator::parse("op-3").unwrap()).await.unwrap();
    restarted.sequence_ledger(book.clock.now()).await.unwrap();
    assert_eq!(restarted.keep_checkpoint().await.unwrap(), Kept::Updated);
    assert!(restarted.verify_ledger(how).await.unwrap().is_sound());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_outside_that_is_no_checkpoint_of_this_ledger_stops_the_desk_too() {
    let book = Book::on(Engine::Sqlite).await;
    book.grow(2).await;
    std::fs::write(book.outside().path(), b"\xff no checkpoint").unwrap();
    assert_eq!(book.desk.keep_checkpoint().await.unwrap(), Kept::Conflict);
    assert!(matches!(book.refuses(&book.desk).await, Some(Conflict::Foreign(_))));
    let accepted = book.desk.accept_older_database(&app::Operator::parse("op-3").unwrap()).await.unwrap();
    assert_eq!(std::fs::read(accepted.kept.unwrap()).unwrap(), b"\xff no checkpoint");
    assert_eq!(book.refuses(&book.desk).await, None);
}
