//! Sieges of the desk: many at once, killed at any moment, its server stopped hard, its system calls watched.
#![cfg(test)]

mod auditor;
mod crowd;
mod each_commit;
mod killed;
mod opening;
mod refused;
mod server_stopped;
mod synced;

use siege::{Audit, Besieged, Life, Record, Site, Tables, Town, audit};
use store::CommitHook;

/// The program under siege.
const BINARY: &str = env!("CARGO_BIN_EXE_besieged");

/// What the database has, compared with what was acknowledged. Nothing may be wrong.
async fn audited(site: &Site, town: &Town, record: &Record) -> Audit {
    let tables = match site {
        Site::Sqlite(file) => Tables::of_file(file).await,
        Site::Postgres { url, .. } => Tables::of_server(url).await,
    };
    audit(&tables, town, record).clean()
}

/// A new town in an empty database; nobody has it open afterwards.
async fn founded(town: Town, site: Site) -> Life {
    town.build(site.open(CommitHook::default()).await.unwrap()).await;
    Life { nth: 2, site, marks: true, ..Life::founding(town) }
}

/// Asks again whatever was not answered, and everything that `also` names; each gets its one answer.
fn asked_again(life: &Life, record: &mut Record, also: impl Iterator<Item = u64>) {
    let again = record.unanswered().chain(also).collect();
    let life = Life { nth: 1 << 40, again, from: 0, until: 0, crash: None, clients: 16, ..life.clone() };
    Besieged::start(BINARY, &life, record).finish(record);
    assert_eq!(record.unanswered().count(), 0);
}
