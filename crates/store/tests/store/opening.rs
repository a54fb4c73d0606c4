//! Stories of SQLite files that are not opened: each says what to do, and is left as it was.

use crate::{
    given::{Add, kept},
    namespace,
};
use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};
use store::{Store, StoreError};
use testbed::{Database, Engine};

/// A database that was in use; closed, or cut off with its write-ahead log.
async fn used() -> Database {
    let database = Database::new(Engine::Sqlite).await;
    let store = database.open().await;
    store.write(Add::one(1)).await.unwrap();
    store.close().await;
    database
}

fn refused(path: &Path) -> StoreError {
    Store::sqlite(path).err().expect("it is refused")
}

fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Every file of a folder but locks, with a digest of its bytes.
fn bytes(folder: &Path) -> Vec<(PathBuf, u64)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|file| file.is_file() && file.extension().is_none_or(|ending| ending != "lock"))
        .map(|file| (file.clone(), digest(&fs::read(file).unwrap())))
        .collect();
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_in_place_of_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kebei.db");
    fs::create_dir(&path).unwrap();
    let error = refused(&path);
    assert!(matches!(error, StoreError::Folder(_)), "{error}");
    assert!(error.to_string().ends_with("is a folder; name a file in it"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_folder_is_refused_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&folder.path().join("missing/kebei.db"));
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error}");
    assert!(error.to_string().contains("its folder must exist"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kebei.db");
    for text in ["hello".to_owned(), "[desk]\nname = \"a\"\n".repeat(1000)] {
        fs::write(&path, text).unwrap();
        let before = bytes(folder.path());
        let error = refused(&path);
        assert!(matches!(error, StoreError::NotADatabase(_)), "{error}");
        assert!(
            error.to_string().ends_with("is not a database of this program; name another file"),
            "{error}"
        );
        assert_eq!(bytes(folder.path()), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kebei.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    let before = bytes(folder.path());
    let error = refused(&path);
    assert!(matches!(error, StoreError::NotADatabase(_)), "{error}");
    assert_eq!(bytes(folder.path()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_cut_off_is_refused_and_left_alone() {
    let database = used().await;
    let whole = fs::read(database.file()).unwrap();
    for length in [100, 4096, 4096 * 3 + 17, whole.len() - 4096] {
        fs::write(database.file(), &whole[..length]).unwrap();
        let before = bytes(database.folder());
        let error = refused(&database.file());
        assert!(matches!(error, StoreError::Damaged(_)), "{length} {error}");
        assert!(error.to_string().ends_with("is damaged or cut off; put a backup in its place"), "{error}");
        assert_eq!(bytes(database.folder()), before, "{length}");
    }
    fs::write(database.file(), &whole).unwrap();
    assert!(kept(&database.open().await, 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_left_alone_with_its_log() {
    let database = used().await;
    let conn = rusqlite::Connection::open(database.file()).unwrap();
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    conn.execute_batch(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) \
         VALUES (99, 'future', '2099-01-01T00:00:00Z', '1')",
    )
    .unwrap();
    drop(conn);
    let of_log = |database: &Database| {
        let mut files = bytes(database.folder());
        // The index of the log is made anew by whoever opens it.
        files.retain(|(file, _)| !file.to_string_lossy().ends_with("-shm"));
        files
    };
    let before = of_log(&database);
    assert_eq!(before.len(), 2, "the file and its log");
    let error = refused(&database.file());
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().ends_with("use the newer program"), "{error}");
    assert_eq!(of_log(&database), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_cut_off_with_its_log_is_opened_and_tidied_when_it_is_closed() {
    let database = used().await;
    let conn = rusqlite::Connection::open(database.file()).unwrap();
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    conn.execute_batch("UPDATE accounts SET name = 'acc-2'").unwrap();
    drop(conn);
    assert!(bytes(database.folder()).len() > 1, "the file and its log");
    let store = database.open().await;
    assert!(kept(&store, 2).await);
    store.close().await;
    assert_eq!(bytes(database.folder()).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_written_is_refused_whatever_is_read_only() {
    let name = "opening::a_file_that_cannot_be_written_is_refused_whatever_is_read_only";
    // Two folders, each with a database mounted on itself, which can then be made read-only.
    let set_up = "mkdir file folder; touch file/kebei.db; mount --bind file/kebei.db file/kebei.db; mount --bind folder folder";
    let Some(place) = namespace::enter(name, set_up) else { return };
    let made = used().await;
    for (name, mounted) in [("file", "file/kebei.db"), ("folder", "folder")] {
        let folder = place.join(name);
        let file = folder.join("kebei.db");
        fs::copy(made.file(), &file).unwrap();
        let mount = |how: &str| {
            let mut command = std::process::Command::new("mount");
            let done = command.args(["-o", &format!("remount,bind,{how}")]).arg(place.join(mounted)).status();
            assert!(done.unwrap().success());
        };
        mount("ro");
        let before = bytes(&folder);
        let error = refused(&file);
        assert!(matches!(error, StoreError::NotWritable { .. }), "{name} {error}");
        assert!(error.to_string().contains("must be writable for the user"), "{error}");
        assert_eq!(bytes(&folder), before, "{name}");
        mount("rw");
        let store = Store::sqlite(&file).unwrap();
        assert!(kept(&store, 1).await);
        store.close().await;
    }
}
