//! Stories of closing: what was asked for is done, and the database is free afterwards.

use crate::{
    Ground,
    given::{Add, kept},
    ground,
};
use std::sync::{Mutex, mpsc};
use store::{CommitHook, Fate, Point, Store, StoreError};
use testbed::{Database, ENGINES, Engine};

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_file_can_be_opened_at_once_again_and_again() {
    let database = Database::new(Engine::Sqlite).await;
    for number in 0..100 {
        let store = database.open().await;
        store.write(Add::one(number)).await.unwrap();
        assert!(kept(&store, 0).await);
        store.close().await;
        let names = std::fs::read_dir(database.folder()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.collect();
        names.sort();
        assert_eq!(names, ["kebei.db", "kebei.db.lock"], "the write-ahead log is merged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_finishes_what_was_asked_and_refuses_what_comes_after() {
    for engine in ENGINES {
        let Ground { store, database } = &ground(engine, CommitHook::default()).await;
        let mut asked = Vec::new();
        for number in 0..100 {
            let mut one = Box::pin(futures_util::future::maybe_done(store.write(Add::one(number))));
            // Polled once, so that it was asked before.
            let _ = futures_util::poll!(&mut one);
            asked.push(one);
        }
        let clone = store.clone();
        store.close().await;
        for mut one in asked {
            one.as_mut().await;
            one.as_mut().take_output().unwrap().unwrap();
        }
        for store in [store, &clone] {
            let written = store.write(Add::one(1000)).await.unwrap_err();
            let read = store.read(Add::one(1000)).await.unwrap_err();
            assert!(matches!((written, read), (StoreError::Closed, StoreError::Closed)), "{engine:?}");
        }
        clone.close().await;
        let again = database.open().await;
        assert!(kept(&again, 99).await);
        assert!(!kept(&again, 1000).await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_file_is_not_free_before_the_last_commit_is_done() {
    let database = Database::new(Engine::Sqlite).await;
    let (committing, at_commit) = mpsc::channel();
    let (proceed, told) = mpsc::channel::<()>();
    let told = Mutex::new(told);
    let hook = CommitHook::new(move |_, point| {
        if point == Point::Before {
            committing.send(()).unwrap();
            told.lock().unwrap().recv().unwrap();
        }
        Fate::Proceed
    });
    let store = database.open_with(hook).await;
    let answer = tokio::spawn(async move { store.write(Add::one(1)).await });
    at_commit.recv().unwrap();
    // With the future that held it, the last clone of the store goes.
    answer.abort();
    assert!(answer.await.unwrap_err().is_cancelled());
    let error = Store::sqlite(&database.file()).err().unwrap();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    proceed.send(()).unwrap();
}
