//! A fresh database of either engine for one test. A development dependency only: here, what cannot be had is a panic.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test without its database cannot go on"
)]

mod promises;

pub use promises::PROMISES;

use std::{
    env,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use store::{CommitHook, PostgresOptions, Store};
use tempfile::TempDir;

/// Where the URL of the cluster for tests stands; `scripts/test` starts one.
pub const CLUSTER: &str = "KEBEI_TEST_POSTGRES";

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of its own.
    Sqlite,
    /// A database of its own on the cluster for tests.
    Postgres,
}

/// Both engines: what holds on one holds on the other.
pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A database of its own for one test, and a folder beside it that goes with it.
#[derive(Debug)]
pub struct Database {
    folder: TempDir,
    /// The database, on PostgreSQL.
    postgres: Option<PostgresOptions>,
}

impl Database {
    /// A new one without any table.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(new_on_cluster().await),
        };
        Self { folder, postgres }
    }

    /// Opens it, as a process does when it starts; several times on PostgreSQL, for several processes.
    pub async fn open(&self) -> Store {
        self.open_with(CommitHook::default()).await
    }

    /// The same, with a hook around each commit.
    pub async fn open_with(&self, hook: CommitHook) -> Store {
        match &self.postgres {
            None => Store::sqlite_with(&self.file(), hook),
            Some(options) => Store::postgres_with(options, hook).await,
        }
        .expect("the database opens")
    }

    /// The folder that goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file, on SQLite.
    pub fn file(&self) -> PathBuf {
        self.folder().join("kebei.db")
    }

    /// Cuts every connection that is in the middle of a transaction, on PostgreSQL, and comes back once they are cut. It waits
    /// on a thread of its own: hooks of a store call it.
    pub fn scissors(&self) -> impl Fn() + Send + Sync + 'static {
        let url = self.postgres.as_ref().map(|options| options.url.clone());
        move || {
            let Some(url) = url.clone() else { return };
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.expect("a runtime");
            let cut = std::thread::spawn(move || runtime.block_on(cut(&url)));
            cut.join().expect("the connections are cut");
        }
    }

    /// How it is reached, on PostgreSQL.
    pub fn postgres(&self) -> Option<&PostgresOptions> {
        self.postgres.as_ref()
    }
}

async fn cut(url: &str) {
    const MIDDLE: &str = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                          WHERE datname = current_database() AND state = 'idle in transaction'";
    let (client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the cluster for tests");
    let connection = tokio::spawn(connection);
    client.query(MIDDLE, &[]).await.expect("the connections are cut");
    drop(client);
    let _ = connection.await;
}

async fn new_on_cluster() -> PostgresOptions {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let url = env::var(CLUSTER)
        .expect("KEBEI_TEST_POSTGRES: run scripts/test, or start a cluster with scripts/postgres");
    // Process ids come back, and databases stay until their cluster goes.
    let chance = RandomState::new().hash_one(NEXT.fetch_add(1, Ordering::Relaxed));
    let name = format!("test_{chance:016x}");
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("the cluster for tests");
    let connection = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database of its own");
    drop(client);
    let _ = connection.await;
    let url = url.replace("/postgres?", &format!("/{name}?"));
    PostgresOptions { url, connections: 8, ca_file: None, accept_not_durable: true, notify: true }
}
