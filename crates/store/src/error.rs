//! What can go wrong in the store, told apart by what the caller can do about it.

use rusqlite::ErrorCode;
use std::{error::Error, iter, path::PathBuf};
use tokio_postgres::error::{DbError, SqlState};

/// The result of a store operation.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused a statement or lost its connection; nothing of the unit was kept.
    #[error("the database failed: {}", told(.0.as_ref()))]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Other units of the same batch were rolled back together with this one; nothing of it was kept.
    #[error("the batch was rolled back: {0}")]
    Batch(String),
    /// The disk that the database is on, or a copy of it was to be on, is full; nothing of the unit was kept.
    #[error("the disk is full: nothing of this was kept; make room, then ask again")]
    Full,
    /// The connection was lost while committing: whether the unit was kept is not known. The idempotency key decides.
    #[error("whether the transaction was committed is not known: {}", told(.0.as_ref()))]
    OutcomeUnknown(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The unit panicked; nothing of it was kept.
    #[error("the unit panicked")]
    Panicked,
    /// The unit waited for something other than its transaction; nothing of it was kept.
    #[error("the unit waited for something that is not the database")]
    Strayed,
    /// A statement of the unit failed and the unit answered success all the same; nothing of it was kept.
    #[error("the unit went on after a statement had failed")]
    WentOn,
    /// Too many units ran at the same time on the same rows.
    #[error("gave up after {0} serialisation failures")]
    Contended(u32),
    /// The store is shutting down, or its writer has ended.
    #[error("the store is closed")]
    Closed,
    /// No connection to PostgreSQL could be had.
    #[error("no connection to the database: {}", told(.0.as_ref()))]
    NoConnection(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address of the database cannot be used.
    #[error("the database address cannot be used: {0}")]
    Address(String),
    /// Another process has the SQLite file open.
    #[error("`{}` is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The folder or file of the SQLite database cannot be written.
    #[error(
        "`{}` cannot be opened for writing: {source}; its folder must exist, and folder and file must be writable for the user \
         that runs this program", .path.display()
    )]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A folder stands where the SQLite file should.
    #[error("`{}` is a folder; name a file in it", .0.display())]
    Folder(PathBuf),
    /// The file is something else, or the database of another program.
    #[error("`{}` is not a database of this program; name another file", .0.display())]
    NotADatabase(PathBuf),
    /// The file was a database, and part of it is missing or was overwritten.
    #[error("`{}` is damaged or cut off; put a backup in its place", .0.display())]
    Damaged(PathBuf),
    /// The SQLite file cannot be opened for reading.
    #[error("`{}` cannot be opened for reading: {source}", .path.display())]
    NotReadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The store was opened for reading only.
    #[error("the database was opened for reading only")]
    ReadOnly,
    /// The database was written by an older version of the program, and was opened for reading only, so that it is not migrated.
    #[error("the database has schema version {found}, this program reads {known}")]
    Older {
        /// What the database has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// The database was written by a newer version of the program.
    #[error("the database has schema version {found}, this program knows {known}; use the newer program")]
    Newer {
        /// What the database has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// A migration failed or was changed after it was applied.
    #[error("the database could not be migrated: {}", told(.0.as_ref()))]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A setting of the database would lose what was acknowledged.
    #[error("`{setting}` is `{found}`, but must be `{wanted}`: acknowledged changes could be lost")]
    NotDurable {
        /// The setting.
        setting: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// What the unit wrote is for the holder of a lease only, and another has it; nothing of the unit was kept.
    #[error("{0} has passed to another")]
    LeaseLost(String),
    /// A stored value is not what this program writes there.
    #[error("a stored value of `{what}` cannot be read: {found}")]
    Unreadable {
        /// Which value.
        what: &'static str,
        /// What was found, without personal data.
        found: String,
    },
}

impl StoreError {
    pub(crate) fn sqlite(error: rusqlite::Error) -> Self {
        if full(&error) { Self::Full } else { Self::Engine(Box::new(error)) }
    }

    pub(crate) fn postgres(error: tokio_postgres::Error) -> Self {
        if full(&error) { Self::Full } else { Self::Engine(Box::new(error)) }
    }

    pub(crate) fn migration(error: refinery::Error) -> Self {
        if full(&error) { Self::Full } else { Self::Migration(Box::new(error)) }
    }

    /// Whether the database itself is damaged, so that only a backup helps.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged(_) => true,
            Self::Engine(error) | Self::Migration(error) => damaged(error.as_ref()),
            _ => false,
        }
    }

    /// Whether the unit may have been kept although an error was answered.
    pub fn outcome_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown(_))
    }
}

/// What `error` says, and what caused it. Of PostgreSQL its message only: its details quote rows.
pub(crate) fn told(error: &(dyn Error + 'static)) -> String {
    let all = iter::successors(Some(error), |&error| error.source());
    let said = all.map(|error| match error.downcast_ref::<DbError>() {
        Some(error) => format!("{} ({})", error.message(), error.code().code()),
        None => error.to_string(),
    });
    said.collect::<Vec<_>>().join(": ")
}

/// Whether `error`, or what caused it, is that an engine cannot make sense of its own files.
fn damaged(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |&error| error.source()).any(|error| {
        let sqlite = error
            .downcast_ref()
            .and_then(rusqlite::Error::sqlite_error)
            .is_some_and(|error| matches!(error.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase));
        let postgres = error.downcast_ref().and_then(tokio_postgres::Error::code);
        sqlite
            || postgres
                .is_some_and(|code| [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code))
    })
}

/// Whether `error`, or what caused it, is that an engine found no room.
fn full(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |&error| error.source()).any(|error| {
        let sqlite = error.downcast_ref().and_then(rusqlite::Error::sqlite_error).is_some_and(|error| {
            // The index of the log could not grow: SQLite knows no other reason.
            error.code == ErrorCode::DiskFull || error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
        });
        let postgres = error.downcast_ref().and_then(tokio_postgres::Error::code);
        sqlite || postgres == Some(&SqlState::DISK_FULL)
    })
}

/// A column holds a word that this program does not know.
pub(crate) fn unlike(what: &'static str, found: &str) -> StoreError {
    StoreError::Unreadable { what, found: found.to_owned() }
}
