//! A database that is older than its checkpoint outside, or contradicts it, is not written.

use super::Book;
use crate::surroundings;
use ::ledger::EntryRef;
use app::{
    Clock, Desk, DeskError, Surroundings, Worker,
    ledger::{AcceptError, Conflict, Keeper, Kept, Mistake, VerifyLedger},
};
use jiff::SignedDuration;
use std::path::Path;
use store::Store;
use testbed::{ENGINES, Engine};

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
