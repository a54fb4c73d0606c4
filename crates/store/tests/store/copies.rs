//! Stories of copies: made beside the process that writes, only read, and put in the place of a database.

use crate::{
    Ground,
    given::{Add, kept},
    ground,
};
use std::{fs, path::Path};
use store::{CommitHook, Store, StoreError, copy_sqlite, replace_sqlite, sqlite_faults};
use testbed::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_beside_the_process_that_writes_is_sound_and_only_read() {
    let Ground { store, database } = &ground(Engine::Sqlite, CommitHook::default()).await;
    store.write(Add::one(1)).await.unwrap();
    let target = database.folder().join("copy.db");
    let writing = futures_util::future::join_all((2..200).map(|number| store.write(Add::one(number))));
    let (file, to) = (database.file(), target.clone());
    let copying = tokio::task::spawn_blocking(move || copy_sqlite(&file, &to));
    let (copied, _) = futures_util::future::join(copying, writing).await;
    copied.unwrap().unwrap();
    assert_eq!(sqlite_faults(&target).unwrap(), Vec::<String>::new());
    let bytes = fs::read(&target).unwrap();
    let copy = Store::sqlite_read_only(&target).unwrap();
    assert!(kept(&copy, 1).await);
    assert!(matches!(copy.write(Add::one(300)).await.unwrap_err(), StoreError::ReadOnly));
    copy.close().await;
    assert_eq!(fs::read(&target).unwrap(), bytes);
    assert!(!target.with_added_extension("lock").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_only_reads_sees_what_the_process_beside_it_writes() {
    let Ground { store, database } = &ground(Engine::Sqlite, CommitHook::default()).await;
    let beside = Store::sqlite_read_only(&database.file()).unwrap();
    assert!(!kept(&beside, 1).await);
    store.write(Add::one(1)).await.unwrap();
    assert!(kept(&beside, 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_schema_is_told_where_it_is_not_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let older = Store::sqlite_read_only(&file).err().unwrap();
    assert!(matches!(older, StoreError::Older { found: 0, .. }), "{older}");
    let missing = Store::sqlite_read_only(&folder.path().join("missing.db")).err().unwrap();
    assert!(matches!(missing, StoreError::NotReadable { .. }), "{missing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_what_it_refers_to_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stray.db");
    let conn = rusqlite::Connection::open(&file).unwrap();
    let stray = "PRAGMA foreign_keys = OFF; CREATE TABLE one (id INTEGER PRIMARY KEY);
                 CREATE TABLE many (one INTEGER REFERENCES one (id)); INSERT INTO many VALUES (7);";
    conn.execute_batch(stray).unwrap();
    drop(conn);
    let faults = sqlite_faults(&file).unwrap();
    assert!(faults.len() == 1 && faults[0].contains("many"), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_replaced_only_while_nobody_has_it_open_and_the_old_one_is_kept() {
    let Ground { store, database } = ground(Engine::Sqlite, CommitHook::default()).await;
    store.write(Add::one(1)).await.unwrap();
    let (file, copy, old) =
        (database.file(), database.folder().join("copy.db"), database.folder().join("old.db"));
    copy_sqlite(&file, &copy).unwrap();
    store.write(Add::one(2)).await.unwrap();
    let in_use = replace_sqlite(&file, &copy, &old).unwrap_err();
    assert!(matches!(in_use, StoreError::InUse(_)) && copy.exists() && !old.exists(), "{in_use}");
    store.close().await;
    // As a process leaves it that was killed.
    let wal = |path: &Path| path.with_file_name(format!("{}-wal", path.file_name().unwrap().display()));
    fs::write(wal(&file), b"of the old one").unwrap();
    assert!(replace_sqlite(&file, &copy, &old).unwrap());
    assert!(!wal(&file).exists() && fs::read(wal(&old)).unwrap() == b"of the old one");
    fs::remove_file(wal(&old)).unwrap();
    let (restored, before) = (Store::sqlite(&file).unwrap(), Store::sqlite(&old).unwrap());
    assert!(kept(&restored, 1).await && !kept(&restored, 2).await);
    assert!(kept(&before, 1).await && kept(&before, 2).await);
}
