//! The store on both engines: what holds on one holds on the other.
#![cfg(test)]

mod ground;
mod stories;

use std::{
    env,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use store::{CommitHook, PostgresOptions, Store};

/// A database of its own for one test, on one engine.
struct Ground {
    store: Store,
    /// The file, on SQLite.
    file: Option<PathBuf>,
    _folder: tempfile::TempDir,
}

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

async fn ground(engine: Engine, hook: CommitHook) -> Ground {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kebei.db");
    let (store, file) = match engine {
        Engine::Sqlite => (Store::sqlite_with(&file, hook).unwrap(), Some(file)),
        Engine::Postgres => (Store::postgres_with(&postgres().await, hook).await.unwrap(), None),
    };
    Ground { store, file, _folder: folder }
}

/// A fresh database on the cluster that `scripts/test` started.
async fn postgres() -> PostgresOptions {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let url = env::var("KEBEI_TEST_POSTGRES")
        .expect("KEBEI_TEST_POSTGRES is not set: run scripts/test, or start a cluster with scripts/postgres");
    let name = format!("store_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
    let url = url.replace("/postgres?", &format!("/{name}?"));
    PostgresOptions { url, connections: 8, ca_file: None, accept_not_durable: true }
}
