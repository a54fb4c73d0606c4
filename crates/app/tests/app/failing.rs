//! When the database fails: who is told what, what is kept, and that the key tells the truth afterwards.

use crate::{Story, codes, key, texts};
use ::rulebook::ALIYUN;
use app::{Damage, DeskError, Failure, OpenAccount, Told, Trouble, codes::Issuing};
use futures_util::future::join_all;
use jiff::Timestamp;
use std::{
    collections::HashSet,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
        mpsc,
    },
    task::{Context, Waker},
};
use store::{CommitHook, Fate, Point, StoreError};
use testbed::{Database, ENGINES, Engine};
use tokio::sync::Notify;

/// What the next commit meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Next {
    Proceed,
    /// It fails.
    Fail,
    /// It waits until it is let go, and the one after it fails.
    WaitThenFail,
    /// It is told of once it is durable.
    Tell,
    /// Its connection is cut.
    Cut,
}

/// What happens to commits, as a story goes on.
struct Fates {
    next: Arc<AtomicU8>,
    told: Arc<Notify>,
    go: mpsc::Sender<()>,
}

impl Fates {
    fn new(database: &Database) -> (Self, CommitHook) {
        let (go, gone) = mpsc::channel();
        let fates = Self { next: Arc::default(), told: Arc::default(), go };
        let (next, told, gone) = (Arc::clone(&fates.next), Arc::clone(&fates.told), Mutex::new(gone));
        let cut = database.scissors();
        let hook = CommitHook::new(move |_, point| {
            let is = |wanted: Next| next.load(Ordering::SeqCst) == wanted as u8;
            let then = |wanted: Next| next.store(wanted as u8, Ordering::SeqCst);
            if point == Point::Before && is(Next::Fail) {
                then(Next::Proceed);
                return Fate::Fail;
            } else if point == Point::Before && is(Next::WaitThenFail) {
                told.notify_one();
                gone.lock().unwrap_or_else(PoisonError::into_inner).recv().unwrap();
                then(Next::Fail);
            } else if point == Point::Before && is(Next::Cut) {
                then(Next::Proceed);
                cut();
            } else if point == Point::After && is(Next::Tell) {
                then(Next::Proceed);
                told.notify_one();
            }
            Fate::Proceed
        });
        (fates, hook)
    }

    fn next(&self, next: Next) {
        self.next.store(next as u8, Ordering::SeqCst);
    }

    fn is(&self, next: Next) -> bool {
        self.next.load(Ordering::SeqCst) == next as u8
    }
}

/// A story in which commits may fail.
async fn fateful(engine: Engine) -> (Story, Fates) {
    let database = Database::new(engine).await;
    let (fates, hook) = Fates::new(&database);
    (Story::begun(database, crate::BEGIN, hook, ALIYUN).await, fates)
}

/// Lets `future` begin, without waiting for it.
fn begin<F: Future>(future: Pin<&mut F>) {
    let _ = future.poll(&mut Context::from_waker(Waker::noop()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_keeps_nothing_and_the_same_key_then_answers() {
    for engine in ENGINES {
        let (story, fates) = fateful(engine).await;
        let li = story.customer(7).await;
        let before = story.snapshot().await;
        fates.next(Next::Fail);
        let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap_err();
        assert!(matches!(told, Failure::Desk(DeskError::Store(_))), "{engine:?} {told}");
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        assert_eq!((texts(&told).len(), told.before), (2, false), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_went_away_finds_his_codes_under_the_key() {
    for engine in ENGINES {
        let (story, fates) = fateful(engine).await;
        let li = story.customer(7).await;
        let before = story.snapshot().await;
        fates.next(Next::Tell);
        {
            let mut asking = Box::pin(story.issue(&li, "i-7", 2, "k-1"));
            begin(asking.as_mut());
        }
        fates.told.notified().await;
        let kept = story.snapshot().await;
        assert_eq!((kept.entries, kept.codes), (before.entries + 1, 2), "{engine:?}: it was done");
        let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        assert_eq!((texts(&told).len(), told.before), (2, true), "{engine:?}");
        assert_eq!(story.snapshot().await, kept, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_all_of_a_batch_whose_commit_fails_are_told_so_and_may_ask_again() {
    let (story, fates) = fateful(Engine::Sqlite).await;
    let li = story.customer(7).await;
    let before = story.snapshot().await;
    fates.next(Next::WaitThenFail);
    let mut first = pin!(story.desk.open_account(OpenAccount { number: Some(9), name: "acc-9".to_owned() }));
    begin(first.as_mut());
    fates.told.notified().await;
    let ask = |nth: u8| Box::pin(story.desk.issue_codes(codes(&li, "i-7", 1), key(&format!("k-{nth}"))));
    let mut asks: Vec<_> = (0..5).map(ask).collect();
    for asking in &mut asks {
        begin(asking.as_mut());
    }
    fates.go.send(()).unwrap();
    first.await.unwrap();
    for told in join_all(asks).await {
        let error = told.unwrap_err();
        let busy = matches!(&error, Failure::Desk(error) if error.trouble() == Trouble::Busy);
        assert!(busy, "{error}");
    }
    assert!(fates.is(Next::Proceed), "one commit failed, and no other");
    assert_eq!(story.snapshot().await, before);
    let answers: Vec<Told<Issuing>> =
        join_all((0..5).map(ask)).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|told| !told.before));
    assert_eq!(answers.iter().flat_map(texts).collect::<HashSet<_>>().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_lost_at_the_commit_is_asked_again_under_the_key() {
    let (story, fates) = fateful(Engine::Postgres).await;
    let li = story.customer(7).await;
    fates.next(Next::Cut);
    let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
    assert!(fates.is(Next::Proceed), "the connection was cut");
    assert_eq!((texts(&told).len(), told.before), (2, false));
    let after = story.snapshot().await;
    assert_eq!((after.requests, after.codes, after.taken()), (1, 2, 4));
    fates.next(Next::Cut);
    let open = OpenAccount { number: Some(9), name: "acc-9".to_owned() };
    let told = story.desk.open_account(open).await.unwrap_err();
    let unknown = matches!(&told, app::OpenAccountError::Desk(error) if error.trouble() == Trouble::Unknown);
    assert!(unknown, "without a key nobody can tell: {told}");
}

#[test]
fn what_a_client_is_told_of_each_trouble() {
    let because = || "because".into();
    let (busy, unknown, fault) = (Trouble::Busy, Trouble::Unknown, Trouble::Fault);
    let of_store = [
        (StoreError::OutcomeUnknown(because()), unknown),
        (StoreError::Contended(20), busy),
        (StoreError::Closed, busy),
        (StoreError::NoConnection(because()), busy),
        (StoreError::Batch("because".to_owned()), busy),
        (StoreError::Engine(because()), fault),
        (StoreError::Panicked, fault),
        (StoreError::Strayed, fault),
        (StoreError::WentOn, fault),
        (StoreError::Address("nowhere".to_owned()), fault),
        (StoreError::InUse("kebei.db".into()), fault),
        (StoreError::NotWritable { path: "kebei.db".into(), source: because() }, fault),
        (StoreError::Newer { found: 99, known: 1 }, fault),
        (StoreError::Migration(because()), fault),
        (StoreError::NotDurable { setting: "fsync", found: "off".to_owned(), wanted: "on" }, fault),
        (StoreError::Unreadable { what: "codes.state", found: "lost".to_owned() }, fault),
    ];
    let of_store = of_store.into_iter().map(|(error, told)| (DeskError::Store(error), told));
    let (now, followed) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    let of_desk = [
        (DeskError::Unsettled(8), busy),
        (DeskError::Damaged(Damage::NoDesk), fault),
        (DeskError::ClockBehind { now, followed }, fault),
        (DeskError::Unwritable("because".to_owned()), fault),
    ];
    for (error, told) in of_store.chain(of_desk) {
        assert_eq!(error.trouble(), told, "{error}");
    }
}
