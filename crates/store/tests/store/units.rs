//! Stories of units: kept, rolled back, run again, left alone, and cut off.

use crate::{
    Ground,
    given::{Add, Alone, End, Find, account, ask, kept},
    ground, postgres,
};
use filing::codes::{State, Stored};
use std::collections::HashSet;
use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, ThreadId},
};
use store::{
    CommitHook, Fate, Id, Point, PostgresOptions, Sql, Store, StoreError, Tx, Unit, accounts,
    codes::{NewCode, StoredCode},
    subject_keys::SubjectKey,
    subjects::Subject,
};
use testbed::{ENGINES, Engine};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_unit_wrote_is_there_once_it_was_answered() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        store.write(Add::one(7)).await.unwrap();
        assert_eq!(store.read(Find(7)).await.unwrap(), Some(account(7)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_fails_leaves_nothing_and_the_next_one_is_not_disturbed() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        for end in [End::Refused, End::Panics] {
            store.write(Add::ending(1, end)).await.unwrap_err();
            assert!(!kept(store, 1).await, "{engine:?}");
            store.write(Add::one(2)).await.unwrap();
            assert!(kept(store, 2).await, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_a_unit_that_waits_for_something_else_is_told_so_and_rolled_back() {
    let Ground { store, .. } = &ground(Engine::Sqlite, CommitHook::default()).await;
    let error = store.write(Add::ending(1, End::Strays)).await.unwrap_err();
    assert!(matches!(error, StoreError::Strayed), "{error}");
    assert!(!kept(store, 1).await);
}

/// Tells on which thread it was read.
struct WhichThread<const BRIEF: bool>;

impl<const BRIEF: bool> Unit for WhichThread<BRIEF> {
    type Output = ThreadId;
    type Error = StoreError;

    const IS_BRIEF: bool = BRIEF;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ThreadId, StoreError> {
        accounts::by_name(tx, "nobody").await?;
        Ok(thread::current().id())
    }
}

#[tokio::test]
async fn on_sqlite_what_is_brief_is_read_on_the_thread_that_asks_and_the_rest_is_not() {
    let Ground { store, .. } = &ground(Engine::Sqlite, CommitHook::default()).await;
    let here = thread::current().id();
    assert_eq!(store.read(WhichThread::<true>).await.unwrap(), here);
    assert_ne!(store.read(WhichThread::<false>).await.unwrap(), here);
    store.close().await;
    let closed = store.read(WhichThread::<true>).await.unwrap_err();
    assert!(matches!(closed, StoreError::Closed), "{closed}");
}

/// A key of that number, and what is filed under it.
struct UnderKey {
    number: u128,
    with_key: bool,
}

impl Unit for UnderKey {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let id = Uuid::from_u128(self.number);
        let key = SubjectKey { id: Id::new(id), sealed: Some(vec![1]), made_at: 1, erased_at: None };
        let subject = Subject {
            id: Id::new(id),
            account: account(1).id,
            subject_key: key.id,
            number: format!("粤ICP备{:08}号", self.number),
            state: filing::registry::State::Active,
            nature: Some(4),
            region: Some(440_305),
            sealed: vec![1],
            filed_at: 1,
            changed_at: 1,
        };
        let mut writes = vec![subject.adding()];
        if self.with_key {
            writes.insert(0, key.adding());
        }
        tx.together(&writes).await.map(drop)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_prepared_before_does_not_overtake_the_one_on_which_it_depends() {
    let options = PostgresOptions { connections: 1, ..postgres().await };
    let store = Store::postgres(&options).await.unwrap();
    store.write(Add::one(1)).await.unwrap();
    let key = "INSERT INTO subject_keys (id, sealed, made_at) VALUES ('00000000-0000-0000-0000-000000000002', '1', 1)
               RETURNING made_at";
    assert_eq!(store.write(ask(key)).await.unwrap(), 1);
    // The connection knows how to write a subject, and not yet how to write a key.
    store.write(UnderKey { number: 2, with_key: false }).await.unwrap();
    store.write(UnderKey { number: 3, with_key: true }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_keeps_nothing_that_it_wrote() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        // SQLite and PostgreSQL both refuse it: a reader cannot write.
        store.read(Add::one(1)).await.unwrap_err();
        store.read(Alone::Add(1)).await.unwrap_err();
        assert!(!kept(store, 1).await, "{engine:?}");
        assert!(store.read(Alone::Find(1)).await.unwrap().is_none(), "{engine:?}");
        store.write(Add::one(2)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_does_not_cancel_what_it_asked_for() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        let mut asked = Box::pin(store.write(Add::one(1)));
        // Polled once, so that it was asked; then dropped.
        let _ = futures_util::poll!(&mut asked);
        drop(asked);
        // Nobody is told when it is done: others are asked for and answered until it is.
        let mut others = 2;
        while !kept(store, 1).await {
            store.write(Add::one(others)).await.unwrap();
            others += 1;
            assert!(others < 1000, "{engine:?}");
        }
    }
}

/// A code that no database takes.
fn orphan() -> NewCode {
    NewCode::new(StoredCode {
        id: Id::new(Uuid::nil()),
        instance: None,
        owner: None,
        grantee: None,
        product: None,
        stored: Stored::new(State::Bound, true).unwrap(),
        lookup: vec![0; 32],
        sealed: vec![0; 40],
        changed_at: 0,
    })
}

/// Adds an account, goes on after a statement has failed, and answers success all the same.
struct GoesOn;

impl Unit for GoesOn {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        accounts::add(tx, &account(1)).await?;
        // A code without an instance cannot be bound; the database refuses it.
        assert!(tx.together(&[orphan().adding()]).await.is_err());
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_goes_on_after_a_failed_statement_is_never_answered_with_success() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        let error = store.write(GoesOn).await.unwrap_err();
        assert!(matches!(error, StoreError::WentOn), "{engine:?} {error}");
        assert!(!kept(store, 1).await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_is_answered_as_failed_and_keeps_nothing() {
    for engine in ENGINES {
        let first = CommitHook::new(|nth, point| match (nth, point) {
            (1, Point::Before) => Fate::Fail,
            _ => Fate::Proceed,
        });
        let Ground { store, .. } = &ground(engine, first).await;
        store.write(Add::one(1)).await.unwrap_err();
        assert!(!kept(store, 1).await, "{engine:?}");
        store.write(Add::one(1)).await.unwrap();
        assert!(kept(store, 1).await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_many_units_share_a_commit() {
    let commits = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&commits);
    let hook = CommitHook::new(move |nth, _| {
        counted.store(nth, Ordering::Relaxed);
        Fate::Proceed
    });
    let Ground { store, .. } = &ground(Engine::Sqlite, hook).await;
    let all = (0..500).map(|number| store.write(Add::one(number)));
    for answer in futures_util::future::join_all(all).await {
        answer.unwrap();
    }
    for number in 0..500 {
        assert!(kept(store, number).await);
    }
    let commits = commits.load(Ordering::Relaxed);
    assert!((1..250).contains(&commits), "{commits}");
}

/// Takes the next number after the largest: two at once must not take the same.
struct Next;

impl Unit for Next {
    type Output = i64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        let mut number = 0;
        while accounts::by_name(tx, &format!("acc-{number}")).await?.is_some() {
            number += 1;
        }
        accounts::add(tx, &account(number)).await?;
        Ok(number)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_run_at_the_same_time_answer_as_if_each_ran_alone() {
    for engine in ENGINES {
        let Ground { store, .. } = &ground(engine, CommitHook::default()).await;
        let all = futures_util::future::join_all((0..12).map(|_| store.write(Next))).await;
        let mut numbers: Vec<i64> = all.into_iter().map(Result::unwrap).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..12).collect::<Vec<_>>(), "{engine:?}");
    }
}

/// Has the first insertion into `accounts` fail for want of room. What a sequence counted stays counted when that is rolled back.
const NO_ROOM_AT_FIRST: &str = "
    CREATE SEQUENCE insertions;
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('insertions') = 1 THEN RAISE EXCEPTION 'out of shared memory' USING ERRCODE = '53200'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION no_room()";

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_a_unit_for_which_there_was_no_room_in_memory_is_run_again() {
    let options = postgres().await;
    let store = Store::postgres(&options).await.unwrap();
    let (client, connection) = tokio_postgres::connect(&options.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(NO_ROOM_AT_FIRST).await.unwrap();
    store.write(Add::one(1)).await.unwrap();
    assert!(kept(&store, 1).await);
    let insertions = client.query_one("SELECT last_value FROM insertions", &[]).await.unwrap();
    assert_eq!(insertions.get::<_, i64>(0), 2, "once for want of room, and once more");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_understand_every_statement_alike() {
    let sqlite = ground(Engine::Sqlite, CommitHook::default()).await;
    let postgres = ground(Engine::Postgres, CommitHook::default()).await;
    assert_eq!(sqlite.store.compare_statements(&postgres.store).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_one_sqlite_file_is_refused() {
    let Ground { store, database } = &ground(Engine::Sqlite, CommitHook::default()).await;
    let error = Store::sqlite(&database.file()).err().unwrap();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    store.write(Add::one(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_while_writing_is_a_whole_database() {
    let Ground { store, .. } = &ground(Engine::Sqlite, CommitHook::default()).await;
    store.write(Add::one(1)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("copy.db");
    let writing = futures_util::future::join_all((2..200).map(|number| store.write(Add::one(number))));
    let (copied, _) = futures_util::future::join(store.copy_to(target.clone()), writing).await;
    copied.unwrap().unwrap();
    let copy = rusqlite::Connection::open(&target).unwrap();
    let sound: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    drop(copy);
    assert!(kept(&Store::sqlite(&target).unwrap(), 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_lose_what_it_acknowledged_is_refused() {
    let throw_away = postgres().await;
    let options = PostgresOptions { accept_not_durable: false, ..throw_away };
    let error = Store::postgres(&options).await.err().unwrap();
    assert!(matches!(error, StoreError::NotDurable { setting: "fsync", .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused_on_both_engines() {
    let Ground { store, database } = ground(Engine::Sqlite, CommitHook::default()).await;
    store.close().await;
    let file = database.file();
    let from_the_future = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) \
                           VALUES (99, 'future', '2099-01-01T00:00:00Z', '1')";
    let conn = rusqlite::Connection::open(&file).unwrap();
    conn.execute_batch(from_the_future).unwrap();
    drop(conn);
    let error = Store::sqlite(&file).err().unwrap();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");

    let options = postgres().await;
    drop(Store::postgres(&options).await.unwrap());
    let (client, connection) = tokio_postgres::connect(&options.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(from_the_future).await.unwrap();
    let error = Store::postgres(&options).await.err().unwrap();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_migrate_once() {
    let options = postgres().await;
    let all = futures_util::future::join_all((0..6).map(|_| Store::postgres(&options))).await;
    for store in all {
        assert!(!kept(&store.unwrap(), 1).await);
    }
}

/// How many of the settings that every connection must have this one has, and which connection it is. All of them are in use at
/// the same time.
struct Settings(Arc<Barrier>);

const SETTINGS: Sql = Sql {
    name: "SETTINGS",
    sqlite: "",
    postgres: "SELECT CAST(pg_backend_pid() AS BIGINT), CAST(COUNT(*) AS BIGINT) FROM pg_settings \
               WHERE (name, setting) IN (('enable_seqscan', 'off'), ('jit', 'off'), ('default_transaction_read_only', 'on'))",
};

impl Unit for Settings {
    type Output = (i64, i64);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(i64, i64), StoreError> {
        let found = tx.optional::<(i64, i64)>(&SETTINGS, &[]).await?.unwrap();
        tokio::task::block_in_place(|| self.0.wait());
        Ok(found)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn every_connection_reads_only_outside_transactions_and_neither_scans_tables_nor_compiles() {
    let options = PostgresOptions { connections: 4, ..postgres().await };
    let store = Store::postgres(&options).await.unwrap();
    let all = Arc::new(Barrier::new(4));
    let asked = (0..4).map(|_| store.write(Settings(Arc::clone(&all))));
    let found = futures_util::future::join_all(asked).await.into_iter().map(Result::unwrap);
    let (connections, settings): (HashSet<i64>, Vec<i64>) = found.unzip();
    assert_eq!((connections.len(), settings), (4, vec![3; 4]));
}
