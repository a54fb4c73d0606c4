//! The tables as they are, read with SQL of the auditor's own: nothing of the store's is used.

use crate::{life::Site, town::Town};
use keys::{KeyId, KeyState, Purpose, StoredKey};
use rusqlite::{Connection, OpenFlags};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use tokio_postgres::NoTls;
use uuid::Uuid;

/// All rows that issuing touches, as of one moment.
#[derive(Debug, Default)]
pub struct Tables {
    /// Id and name.
    pub accounts: Vec<(Uuid, String)>,
    /// Instances.
    pub instances: Vec<Instance>,
    /// Entries, in no order.
    pub entries: Vec<Entry>,
    /// Codes.
    pub codes: Vec<Code>,
    /// Quota rows.
    pub quotas: Vec<Quota>,
    /// Requests.
    pub requests: Vec<Request>,
    /// Keys, wrapped.
    pub keys: Vec<StoredKey>,
    /// Entries that have places, as the tree counts them.
    pub placed: i64,
    /// The sizes of all checkpoints.
    pub checkpoints: Vec<i64>,
}

/// A row of `instances`.
#[derive(Debug)]
pub struct Instance {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) account: Option<Uuid>,
    pub(crate) product: String,
}

/// A row of `ledger_entries`.
#[derive(Debug)]
pub struct Entry {
    pub(crate) id: Uuid,
    pub(crate) at: i64,
    pub(crate) bytes: Vec<u8>,
    pub(crate) place: Option<i64>,
}

/// A row of `codes`.
#[derive(Debug)]
pub struct Code {
    pub(crate) id: Uuid,
    pub(crate) instance: Option<Uuid>,
    pub(crate) owner: Option<Uuid>,
    pub(crate) product: Option<String>,
    pub(crate) state: String,
    pub(crate) counted: i64,
    pub(crate) lookup: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) changed_at: i64,
}

/// A row of `quota_places`.
#[derive(Debug)]
pub struct Quota {
    pub(crate) owner: Uuid,
    pub(crate) product: String,
    pub(crate) taken: i64,
    pub(crate) used: i64,
    pub(crate) changed_at: i64,
}

/// A row of `requests`.
#[derive(Debug)]
pub struct Request {
    pub(crate) asker: String,
    pub(crate) key: String,
    pub(crate) entry: Uuid,
}

const REQUESTS: &str = "SELECT asker, key, entry FROM requests";
/// Requests whose entry is there.
const KEPT: &str = "SELECT r.asker, r.key, r.entry FROM requests r JOIN ledger_entries e ON e.id = r.entry";

impl Request {
    pub(crate) fn read(row: &Cells<'_>) -> Self {
        Self { asker: row.get(0), key: row.get(1), entry: row.get(2) }
    }

    /// The requests of a SQLite file whose entry is there: what a short look at a copy of it tells.
    pub async fn kept_in_file(file: &Path) -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        Source::Sqlite(Tables::copy_of(file, folder.path())).rows(KEPT, Self::read).await
    }
}

impl Tables {
    /// The tables of a SQLite file that no process has open. They are read from a copy, so that the next process finds the
    /// write-ahead log as the last one left it.
    pub async fn of_file(file: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conn = Self::copy_of(file, folder.path());
        let sound: String = conn.query_row("PRAGMA quick_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "the file is damaged");
        Self::read(&Source::Sqlite(conn)).await
    }

    /// Copies a SQLite file that no process has open, with its write-ahead log, into `folder`, and opens the copy.
    pub fn copy_of(file: &Path, folder: &Path) -> Connection {
        for suffix in ["", "-wal"] {
            let from = file.with_file_name(format!("kebei.db{suffix}"));
            if from.exists() {
                fs::copy(from, folder.join(format!("kebei.db{suffix}"))).unwrap();
            }
        }
        Connection::open_with_flags(folder.join("kebei.db"), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
    }

    /// The tables of a PostgreSQL database, as of one moment, whoever writes them meanwhile.
    pub async fn of_server(url: &str) -> Self {
        Self::read(&Source::of_server(url).await).await
    }

    /// Whether the ask of that number was done.
    pub fn has(&self, nth: u64) -> bool {
        self.requests.iter().any(|request| Town::nth(&request.key) == Some(nth))
    }

    async fn read(from: &Source) -> Self {
        let accounts = from.rows("SELECT id, name FROM accounts", |row| (row.get(0), row.get(1)));
        let instances = from.rows("SELECT id, name, account, product FROM instances", |row| Instance {
            id: row.get(0),
            name: row.get(1),
            account: row.get(2),
            product: row.get(3),
        });
        let entries = from.rows("SELECT id, at, bytes, place FROM ledger_entries", |row| Entry {
            id: row.get(0),
            at: row.get(1),
            bytes: row.get(2),
            place: row.get(3),
        });
        let codes = from.rows(
            "SELECT id, instance, owner, product, state, counted, lookup, sealed, changed_at FROM codes",
            |row| Code {
                id: row.get(0),
                instance: row.get(1),
                owner: row.get(2),
                product: row.get(3),
                state: row.get(4),
                counted: row.get(5),
                lookup: row.get(6),
                sealed: row.get(7),
                changed_at: row.get(8),
            },
        );
        let quotas =
            from.rows("SELECT owner, product, taken, used, changed_at FROM quota_places", |row| Quota {
                owner: row.get(0),
                product: row.get(1),
                taken: row.get(2),
                used: row.get(3),
                changed_at: row.get(4),
            });
        let requests = from.rows(REQUESTS, Request::read);
        let placed = from.rows("SELECT size FROM ledger_head", |row| row.get::<i64>(0));
        let checkpoints = from.rows("SELECT size FROM ledger_checkpoints ORDER BY size", |row| row.get(0));
        let keys = from.rows("SELECT id, purpose, state, wrapped FROM data_keys", |row| StoredKey {
            id: KeyId::new(u32::try_from(row.get::<i64>(0)).unwrap()),
            purpose: Purpose::from(row.get::<String>(1)),
            state: KeyState::from_word(&row.get::<String>(2)).unwrap(),
            wrapped: row.get(3),
        });
        Self {
            accounts: accounts.await,
            instances: instances.await,
            entries: entries.await,
            codes: codes.await,
            quotas: quotas.await,
            requests: requests.await,
            keys: keys.await,
            placed: placed.await.into_iter().sum(),
            checkpoints: checkpoints.await,
        }
    }
}

/// A database that is read past the desk, as of one moment.
pub(crate) enum Source {
    Sqlite(Connection),
    Postgres(tokio_postgres::Client),
}

impl Source {
    /// The database of a site; a file is copied into `folder` first.
    pub(crate) async fn of(site: &Site, folder: &Path) -> Self {
        match site {
            Site::Sqlite(file) => Self::Sqlite(Tables::copy_of(file, folder)),
            Site::Postgres { url, .. } => Self::of_server(url).await,
        }
    }

    async fn of_server(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.unwrap();
        Self::Postgres(client)
    }

    /// Every table with each of its rows as a text, whatever it has; of those that `parts` names only these columns, or nothing.
    pub(crate) async fn all(&self, parts: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
        let tables = match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Self::Postgres(_) => {
                "SELECT CAST(table_name AS TEXT) FROM information_schema.tables
                 WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            }
        };
        let mut all = BTreeMap::new();
        for table in self.rows(tables, |row| row.get::<String>(0)).await {
            let part = parts.iter().find(|(of, _)| *of == table).map_or("*", |(_, columns)| columns);
            if !part.is_empty() {
                let rows = self.texts(&format!("SELECT {part} FROM {table}")).await;
                all.insert(table, rows);
            }
        }
        all
    }

    /// What a query finds, each row as a text.
    async fn texts(&self, sql: &str) -> BTreeSet<String> {
        match self {
            Self::Sqlite(conn) => {
                let mut statement = conn.prepare(sql).unwrap();
                let columns = statement.column_count();
                let text = |row: &rusqlite::Row<'_>| {
                    let cells: Vec<_> = (0..columns).map(|at| row.get_ref(at).unwrap()).collect();
                    Ok(format!("{cells:?}"))
                };
                statement.query_map([], text).unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres(client) => {
                let sql = format!("SELECT CAST(t AS TEXT) FROM ({sql}) t");
                let rows = client.query(&sql, &[]).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    pub(crate) async fn rows<T>(&self, sql: &str, make: impl Fn(&Cells<'_>) -> T) -> Vec<T> {
        match self {
            Self::Sqlite(conn) => {
                let mut statement = conn.prepare(sql).unwrap();
                let rows = statement.query_map([], |row| Ok(make(&Cells::Sqlite(row)))).unwrap();
                rows.map(Result::unwrap).collect()
            }
            Self::Postgres(client) => {
                let rows = client.query(sql, &[]).await.unwrap();
                rows.iter().map(|row| make(&Cells::Postgres(row))).collect()
            }
        }
    }
}

/// One row of it.
pub(crate) enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl Cells<'_> {
    pub(crate) fn get<T>(&self, at: usize) -> T
    where
        T: rusqlite::types::FromSql + for<'a> tokio_postgres::types::FromSql<'a>,
    {
        match self {
            Self::Sqlite(row) => row.get(at).unwrap(),
            Self::Postgres(row) => row.get(at),
        }
    }
}
