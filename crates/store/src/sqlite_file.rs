//! Opening a SQLite file: its lock, what it is, its settings. What is refused is left as it was.

use crate::{
    error::{Result, StoreError},
    migrate,
};
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, config::DbConfig};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// Statements kept prepared on each connection; all of the program's fit.
const PREPARED: usize = 512;
/// Keeps the plan of a prepared statement, whatever is bound to it. Without this SQLite parses and plans a statement anew
/// whenever a bound value might suggest another plan: a quarter of the writer's time.
const KEEP_PLANS: DbConfig = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
/// KiB of pages that the writer holds in memory, as SQLite wants it said: beyond that they are read again.
const WRITER_PAGES: i64 = -16_384;
/// Whether the log stays when the last connection goes.
const KEEP_LOG: DbConfig = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;

/// Held by whatever has the file open, so that no second process writes it.
pub(crate) struct Lock(File);

impl Lock {
    /// Makes sure that no other process has the database open.
    pub(crate) fn take(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(StoreError::Folder(path.to_owned()));
        }
        let beside = path.with_added_extension("lock");
        let failed = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::StorageFull => StoreError::Full,
            _ => StoreError::NotWritable { path: path.to_owned(), source: source.into() },
        };
        let file = File::options().create(true).truncate(false).write(true).open(&beside).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
            Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // By name and not by closing the file: a process that is being started from here may hold a copy of it for a moment.
        let _ = self.0.unlock();
    }
}

/// The writer's connection to the file, which is made and migrated as needed; the caller holds its lock.
pub(crate) fn for_writing(path: &Path) -> Result<Connection> {
    let told = |error| told(path, error);
    let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn = open(path, access)?;
    // A file that is refused must not change because it was looked at: its log, if there is one, is not merged.
    if log_of(path).exists() {
        conn.set_db_config(KEEP_LOG, true).map_err(told)?;
    }
    // SQLite opens what it cannot write for reading.
    if conn.is_readonly(MAIN_DB).map_err(told)? {
        return Err(StoreError::NotWritable { path: path.to_owned(), source: "it is read-only".into() });
    }
    if !migrate::is_ours(&conn).map_err(told)? {
        return Err(StoreError::NotADatabase(path.to_owned()));
    }
    conn.pragma_update(None, "journal_mode", "wal").map_err(told)?;
    settle(&conn)?;
    migrate::sqlite(&mut conn)?;
    // What a savepoint might have to undo is written there, which took another quarter of the time as a file.
    conn.pragma_update(None, "temp_store", "memory").map_err(told)?;
    conn.pragma_update(None, "cache_size", WRITER_PAGES).map_err(told)?;
    conn.set_db_config(KEEP_LOG, false).map_err(told)?;
    Ok(conn)
}

/// The write-ahead log of the file at `path`.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// A connection that cannot write.
pub(crate) fn for_reading(path: &Path) -> Result<Connection> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    settle(&conn)?;
    Ok(conn)
}

/// A connection for reading, beside the process that writes or on a copy. Nothing is asked of its settings: it acknowledges
/// nothing.
pub(crate) fn beside(path: &Path) -> Result<Connection> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| match error {
        StoreError::NotWritable { path, source } => StoreError::NotReadable { path, source },
        error => error,
    })?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    Ok(conn)
}

fn open(path: &Path, access: OpenFlags) -> Result<Connection> {
    Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| told(path, error))
}

/// What it means that the file at `path` cannot be opened.
fn told(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotADatabase(path.to_owned()),
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(path.to_owned()),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            StoreError::NotWritable { path: path.to_owned(), source: error.into() }
        }
        _ => StoreError::sqlite(error),
    }
}

/// Makes the settings of a connection and reads them back: nothing acknowledged is lost with the power.
fn settle(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "synchronous", "FULL").map_err(StoreError::sqlite)?;
    conn.pragma_update(None, "foreign_keys", "ON").map_err(StoreError::sqlite)?;
    // A key that was destroyed must not lie on in what became free of its page; costs no page more to write.
    conn.pragma_update(None, "secure_delete", "FAST").map_err(StoreError::sqlite)?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    conn.set_db_config(KEEP_PLANS, true).map_err(StoreError::sqlite)?;
    setting(conn, "journal_mode", "wal")?;
    setting(conn, "synchronous", "2")?;
    setting(conn, "foreign_keys", "1")
}

fn setting(conn: &Connection, setting: &'static str, wanted: &'static str) -> Result<()> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    let found = match conn.pragma_query_value(None, setting, read).map_err(StoreError::sqlite)? {
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    if found == wanted { Ok(()) } else { Err(StoreError::NotDurable { setting, found, wanted }) }
}
