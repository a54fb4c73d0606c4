//! Stories of a full disk: a whole batch is told so, nothing of it is kept, and once there is room the next one is.

use crate::{
    given::{account, ask, kept},
    ground, namespace,
};
use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::{Arc, Mutex, mpsc},
};
use store::{
    CommitHook, EntryId, Fate, Id, Point, Store, StoreError, Tx, Unit, accounts,
    entries::{self, EntryRow},
};
use testbed::Engine;
use uuid::Uuid;

/// Adds an entry of that many bytes, and perhaps goes on whether that worked or not.
#[derive(Clone, Copy)]
struct Entry {
    number: i64,
    bytes: usize,
    goes_on: bool,
}

impl Entry {
    fn of(number: i64, bytes: usize) -> Self {
        Self { number, bytes, goes_on: false }
    }

    fn id(self) -> EntryId {
        Id::new(Uuid::from_u128(u128::from(self.number.unsigned_abs())))
    }
}

impl Unit for Entry {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let entry = EntryRow { id: self.id(), at: 1, bytes: vec![7; self.bytes] };
        let added = tx.together(&[entries::adding(&entry)]).await;
        if self.goes_on {
            let _ = accounts::add(tx, &account(self.number)).await;
            return Ok(());
        }
        added.map(drop)
    }
}

/// How many of these entries are there.
struct Kept(Vec<Entry>);

impl Unit for Kept {
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize, StoreError> {
        let mut kept = 0;
        for text in &self.0 {
            kept += usize::from(entries::by_id(tx, text.id()).await?.is_some());
        }
        Ok(kept)
    }
}

/// Where a held commit says that it was reached, and where it is told to go on.
type Turn = (mpsc::Sender<()>, mpsc::Receiver<()>);

/// Holds a commit until many units wait behind it, which then are one batch.
#[derive(Clone, Default)]
struct Gate {
    next: Arc<Mutex<Option<Turn>>>,
    commits: Arc<Mutex<u64>>,
}

impl Gate {
    fn hook(&self) -> CommitHook {
        let gate = self.clone();
        CommitHook::new(move |_, point| {
            if point == Point::Before {
                *gate.commits.lock().unwrap() += 1;
                if let Some((reached, open)) = gate.next.lock().unwrap().take() {
                    reached.send(()).unwrap();
                    open.recv().unwrap();
                }
            }
            Fate::Proceed
        })
    }

    /// What each of `added` is answered as one batch, and how many commits were tried for it.
    async fn batch(&self, store: &Store, added: &[Entry]) -> (Vec<Result<(), StoreError>>, u64) {
        let (reaching, reached) = mpsc::channel();
        let (opening, opened) = mpsc::channel();
        *self.next.lock().unwrap() = Some((reaching, opened));
        let first = tokio::spawn({
            let store = store.clone();
            async move { store.write(Kept(Vec::new())).await }
        });
        reached.recv().unwrap();
        let commits = *self.commits.lock().unwrap();
        let mut asked = Vec::new();
        for text in added {
            let mut one = Box::pin(futures_util::future::maybe_done(store.write(*text)));
            // Polled once, so that it waits behind the first.
            let _ = futures_util::poll!(&mut one);
            asked.push(one);
        }
        opening.send(()).unwrap();
        first.await.unwrap().unwrap();
        let mut answers = Vec::new();
        for mut one in asked {
            one.as_mut().await;
            answers.push(one.as_mut().take_output().unwrap());
        }
        (answers, *self.commits.lock().unwrap() - commits)
    }
}

fn entries_of(count: i64, bytes: usize) -> Vec<Entry> {
    (1..=count).map(|number| Entry::of(number, bytes)).collect()
}

fn all_full(answers: &[Result<(), StoreError>]) -> bool {
    answers.iter().all(|answer| matches!(answer, Err(StoreError::Full)))
}

/// Fills the disk but for `free` bytes.
fn fill(folder: &Path, free: u64) {
    let mut ballast = File::create(folder.join("ballast")).unwrap();
    while ballast.write_all(&[0; 4096]).is_ok() {}
    let taken = ballast.metadata().unwrap().len();
    ballast.set_len(taken.checked_sub(free).unwrap()).unwrap();
}

fn make_room(folder: &Path) {
    std::fs::remove_file(folder.join("ballast")).unwrap();
}

const DISK: &str = "mount -t tmpfs -o size=8m tmpfs \"$KEBEI_TEST_NAMESPACE_FOLDER\"";
/// A disk in it that has room for no file.
const NO_FILES: &str = "mkdir \"$KEBEI_TEST_NAMESPACE_FOLDER/none\"
                        mount -t tmpfs -o nr_inodes=1 tmpfs \"$KEBEI_TEST_NAMESPACE_FOLDER/none\"";

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_within_a_batch_fails_all_of_it_and_nothing_else() {
    let name = "full::a_disk_that_fills_up_within_a_batch_fails_all_of_it_and_nothing_else";
    let Some(folder) = namespace::enter(name, DISK) else { return };
    let file = folder.join("kebei.db");
    // What SQLite does not keep in its 16 MiB of memory is written while the batch runs, the rest at its commit.
    let (within, at_commit) =
        ([entries_of(40, 10_000), vec![Entry::of(41, 20 << 20)]].concat(), entries_of(41, 20_000));
    for (added, commits) in [(within, 0), (at_commit, 1)] {
        let gate = Gate::default();
        let store = Store::sqlite_with(&file, gate.hook()).unwrap();
        store.write(Entry::of(0, 1000)).await.unwrap();
        fill(&folder, 500_000);
        let (answers, tried) = gate.batch(&store, &added).await;
        assert!(all_full(&answers), "{answers:?}");
        assert_eq!(tried, commits);
        assert_eq!(store.read(Kept(added.clone())).await.unwrap(), 0);
        assert_eq!(store.read(Kept(vec![Entry::of(0, 0)])).await.unwrap(), 1, "what was acknowledged before");
        make_room(&folder);
        let (answers, _) = gate.batch(&store, &added[..10]).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        store.close().await;
        let conn = rusqlite::Connection::open(&file).unwrap();
        let sound: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        drop(conn);
        let again = Store::sqlite(&file).unwrap();
        assert_eq!(again.read(Kept(added)).await.unwrap(), 10);
        again.close().await;
        std::fs::remove_file(&file).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_for_a_new_database_or_a_copy_is_told_and_once_there_is_room_it_works() {
    let name =
        "full::a_disk_without_room_for_a_new_database_or_a_copy_is_told_and_once_there_is_room_it_works";
    let Some(folder) = namespace::enter(name, &format!("{DISK}\n{NO_FILES}")) else { return };
    let file = folder.join("kebei.db");
    let error = Store::sqlite(&folder.join("none/kebei.db")).err().unwrap();
    assert!(matches!(error, StoreError::Full), "{error}");
    for free in [0, 16 << 10, 64 << 10] {
        fill(&folder, free);
        let error = Store::sqlite(&file).err().unwrap();
        assert!(matches!(error, StoreError::Full), "{free} {error}");
        make_room(&folder);
    }
    let store = Store::sqlite(&file).unwrap();
    store.write(Entry::of(1, 100_000)).await.unwrap();
    fill(&folder, 64 << 10);
    let error = store.copy_to(folder.join("copy.db")).await.unwrap().unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    make_room(&folder);
    store.write(Entry::of(2, 100_000)).await.unwrap();
    store.copy_to(folder.join("other.db")).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_at_its_own_limit_of_pages_fails_a_batch_as_a_full_disk_does() {
    let gate = Gate::default();
    let store = &ground(Engine::Sqlite, gate.hook()).await.store;
    let added = [entries_of(40, 4_000), vec![Entry::of(41, 1_000_000)]].concat();
    let pages = store.write(ask("PRAGMA page_count")).await.unwrap();
    assert!((10..300).contains(&pages), "{pages}");
    store.write(ask("PRAGMA max_page_count = 320")).await.unwrap();
    let (answers, tried) = gate.batch(store, &added).await;
    assert!(all_full(&answers), "{answers:?}");
    assert_eq!(tried, 0, "it was full before the commit");
    assert_eq!(store.read(Kept(added.clone())).await.unwrap(), 0);
    store.write(ask("PRAGMA max_page_count = 100000")).await.unwrap();
    let (answers, _) = gate.batch(store, &added).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(store.read(Kept(added)).await.unwrap(), 41);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_goes_on_although_the_disk_is_full_writes_nothing_by_itself() {
    let store = &ground(Engine::Sqlite, CommitHook::default()).await.store;
    store.write(ask("PRAGMA max_page_count = 100")).await.unwrap();
    let error = store.write(Entry { goes_on: true, ..Entry::of(1, 1_000_000) }).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert!(!kept(store, 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_cannot_begin_is_told_why() {
    let ground = ground(Engine::Sqlite, CommitHook::default()).await;
    ground.store.write(ask("PRAGMA busy_timeout = 0")).await.unwrap();
    let meddler = rusqlite::Connection::open(ground.database.file()).unwrap();
    meddler.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = ground.store.write(Entry::of(1, 1)).await.unwrap_err();
    assert!(matches!(&error, StoreError::Batch(why) if why.contains("locked")), "{error}");
    meddler.execute_batch("ROLLBACK").unwrap();
    ground.store.write(Entry::of(1, 1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_postgresql_is_told_as_such() {
    let store = &ground(Engine::Postgres, CommitHook::default()).await.store;
    let full = ask("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$");
    let error = store.write(full).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    store.write(Entry::of(1, 1)).await.unwrap();
}
