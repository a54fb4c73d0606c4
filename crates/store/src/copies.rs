//! Copies of SQLite files: made while another process writes the original, looked at, and put in the place of a database.

use crate::{
    error::{Result, StoreError},
    sqlite_file::{Lock, beside},
};
use std::{
    ffi::OsStr,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The names of a database and of what SQLite keeps beside one that was not closed. The database first: without it the others
/// mean nothing, and it is never seen without them.
const BELONGING: [&str; 3] = ["", "-wal", "-shm"];
/// Faults told at most.
const MOST_FAULTS: u32 = 20;

/// Copies the database at `path`, as of one moment, into `target`, a file that is empty or not there; on the disk when this
/// returns. Others may write the original meanwhile. Blocks as long as it takes.
pub fn copy_sqlite(path: &Path, target: &Path) -> Result<()> {
    let conn = beside(path)?;
    let name = target.to_str().ok_or_else(|| not_writable(target, io::ErrorKind::InvalidFilename.into()))?;
    conn.execute("VACUUM INTO ?1", [name]).map_err(StoreError::sqlite)?;
    // SQLite leaves that to whoever asked for the copy.
    File::open(target).and_then(|file| file.sync_all()).map_err(|error| not_writable(target, error))
}

/// What is wrong with the database at `path`: pages, indexes and references. Only reads. Blocks as long as it takes.
pub fn sqlite_faults(path: &Path) -> Result<Vec<String>> {
    let conn = beside(path)?;
    let told = |sql: &str, column| {
        let mut statement = conn.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(column))?;
        rows.take(MOST_FAULTS as usize).collect::<rusqlite::Result<Vec<_>>>()
    };
    let mut faults =
        told(&format!("PRAGMA integrity_check({MOST_FAULTS})"), 0).map_err(StoreError::sqlite)?;
    faults.retain(|fault| fault != "ok");
    let strays = told("PRAGMA foreign_key_check", 0).map_err(StoreError::sqlite)?;
    faults.extend(strays.into_iter().map(|table| format!("a row of {table} refers to one that is missing")));
    Ok(faults)
}

/// Puts the database at `from`, which nobody has open, in the place of the one at `path`, which no process may have open.
/// The one that was there is kept as `kept`, with all that belongs to it; whether there was one.
pub fn replace_sqlite(path: &Path, from: &Path, kept: &Path) -> Result<bool> {
    let _lock = Lock::take(path)?;
    let moved = (|| {
        let was = path.exists();
        for suffix in BELONGING {
            let (old, to) = (with_suffix(path, suffix), with_suffix(kept, suffix));
            if to.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if old.exists() {
                fs::rename(old, to)?;
            }
        }
        fs::rename(from, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(was)
    })();
    moved.map_err(|error| not_writable(path, error))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or(OsStr::new("")).to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

fn not_writable(path: &Path, source: io::Error) -> StoreError {
    StoreError::NotWritable { path: path.to_owned(), source: source.into() }
}
