//! What an auditor is given: proofs of one entry and of the whole past, and an export that needs no database.

use super::{Book, exported};
use ::ledger::leaf_hash;
use app::ledger::{ProveError, Rulebooks, Undecided, verify_export};
use rulebook::ALIYUN;
use testbed::ENGINES;

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
