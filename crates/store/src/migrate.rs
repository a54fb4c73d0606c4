//! Brings a database to the schema that this program knows, one process at a time. Migrations are never edited, and the
//! previous program goes on working while a new one migrates.

use crate::error::{Result, StoreError};
use std::cmp::Ordering;

mod sqlite_migrations {
    refinery::embed_migrations!("migrations/sqlite");
}

mod postgres_migrations {
    refinery::embed_migrations!("migrations/postgres");
}

/// A lock that all processes know; only for migrating.
const LOCK: &str = "SELECT pg_advisory_lock(7103514093471)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(7103514093471)";

const APPLIED: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM refinery_schema_history";
const KNOWS_SQLITE: &str = "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'";
const FOREIGN_SQLITE: &str = "SELECT count(*) FROM sqlite_schema \
     WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history')";
const KNOWS_POSTGRES: &str =
    "SELECT count(*) FROM pg_class WHERE oid = to_regclass('refinery_schema_history')";

/// Whether a SQLite file is empty or has a schema of this program, and not the tables of another one.
pub(crate) fn is_ours(conn: &rusqlite::Connection) -> rusqlite::Result<bool> {
    conn.query_row(FOREIGN_SQLITE, [], |row| row.get::<_, i64>(0)).map(|foreign| foreign == 0)
}

/// Migrates a SQLite file; the caller holds its lock.
pub(crate) fn sqlite(conn: &mut rusqlite::Connection) -> Result<()> {
    let runner = sqlite_migrations::migrations::runner();
    not_newer(applied(conn)?, &runner)?;
    runner.run(conn).map(drop).map_err(StoreError::migration)
}

/// Refuses a SQLite file whose schema is not the one that this program knows.
pub(crate) fn sqlite_as_known(conn: &rusqlite::Connection) -> Result<()> {
    let (found, known) = (applied(conn)?, schema_version());
    match found.cmp(&known) {
        Ordering::Less => Err(StoreError::Older { found, known }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::Newer { found, known }),
    }
}

/// The schema version of a SQLite file; 0 before the first migration.
fn applied(conn: &rusqlite::Connection) -> Result<i64> {
    let number = |sql| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(StoreError::sqlite);
    if number(KNOWS_SQLITE)? > 0 { number(APPLIED) } else { Ok(0) }
}

/// Migrates a PostgreSQL database under a lock that other processes wait for.
pub(crate) async fn postgres(client: &mut deadpool_postgres::Client) -> Result<()> {
    client.batch_execute(LOCK).await.map_err(StoreError::postgres)?;
    let migrated = under_lock(client).await;
    client.batch_execute(UNLOCK).await.map_err(StoreError::postgres)?;
    migrated
}

async fn under_lock(client: &mut deadpool_postgres::Client) -> Result<()> {
    let runner = postgres_migrations::migrations::runner();
    let known: i64 = client.query_one(KNOWS_POSTGRES, &[]).await.map_err(StoreError::postgres)?.get(0);
    if known > 0 {
        not_newer(client.query_one(APPLIED, &[]).await.map_err(StoreError::postgres)?.get(0), &runner)?;
    }
    let client: &mut tokio_postgres::Client = client;
    runner.run_async(client).await.map(drop).map_err(StoreError::migration)
}

/// The schema version that this program knows, and that every database has once it is open.
pub fn schema_version() -> i64 {
    newest(&sqlite_migrations::migrations::runner())
}

fn newest(runner: &refinery::Runner) -> i64 {
    runner.get_migrations().iter().map(|migration| i64::from(migration.version())).max().unwrap_or(0)
}

fn not_newer(found: i64, runner: &refinery::Runner) -> Result<()> {
    let known = newest(runner);
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}
