//! Every entry takes one place, however many processes give them.

use super::{Book, exported};
use crate::surroundings;
use app::{
    Clock, Desk, Surroundings, Worker,
    ledger::{Kept, Sequenced, Sequencer},
};
use testbed::{ENGINES, Engine};

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
