//! The store on both engines: what holds on one holds on the other.
#![cfg(test)]

mod aggregates;
mod closing;
mod cluster;
mod copies;
mod cut;
mod full;
mod given;
mod jobs;
mod namespace;
mod opening;
mod restart;
mod tls;
mod units;

use store::{CommitHook, Store};
use testbed::{Database, Engine};

/// A store on a database of its own, which goes with the test.
struct Ground {
    store: Store,
    database: Database,
}

async fn ground(engine: Engine, hook: CommitHook) -> Ground {
    let database = Database::new(engine).await;
    Ground { store: database.open_with(hook).await, database }
}

/// How a database of its own on the cluster for tests is reached.
async fn postgres() -> store::PostgresOptions {
    Database::new(Engine::Postgres).await.postgres().unwrap().clone()
}
