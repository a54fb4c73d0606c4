//! Sieges of the desk: many at once, killed at any moment, its server stopped hard, its system calls watched.
#![cfg(test)]

mod auditor;
mod crowd;
mod each_commit;
mod filings;
mod forgetting;
mod killed;
mod opening;
mod refused;
mod server_stopped;
mod synced;
mod watching;

use app::{
    Desk,
    ledger::{LedgerReport, Sequenced, VerifyLedger},
};
use rand_chacha::rand_core::Rng;
use siege::{Audit, Besieged, Crash, Life, Record, Site, Tables, Town, audit, dice};
use std::{fs, path::Path};
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

/// The end of a siege: the rest of the ledger takes its places, all of it is verified, and every decision again.
async fn verified(life: &Life) -> LedgerReport {
    let store = life.site.open(CommitHook::default()).await.unwrap();
    let desk = Desk::open(store.clone(), life.surroundings()).await.unwrap();
    while desk.sequence_ledger(desk.now()).await.unwrap() != Sequenced::Nothing {}
    let report = desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 10 }).await.unwrap();
    assert!(report.is_sound(), "{report:#?}");
    store.close().await;
    report
}

/// The same, and audited.
async fn sound(life: &Life, record: &Record) -> Audit {
    let report = verified(life).await;
    let found = audited(&life.site, &life.town, record).await;
    let decided = u64::try_from(found.issued + found.refused).unwrap();
    assert_eq!((report.waiting, report.decided), (0, decided));
    println!("{} entries and {} checkpoints are sound", report.entries, report.checkpoints);
    found
}

/// A life of about so many commits that is ended by force: at one of them, or by SIGKILL after some lines and turns that are drawn; `false`
/// where it came to a good end before.
fn ended_by_force(life: &Life, commits: u64, record: &mut Record) -> bool {
    let mut dice = dice(0xeb, life.nth);
    let mut below = |bound: u64| dice.next_u64() % bound;
    if below(2) == 0 {
        let crash = Crash { commit: 1 + below(commits), after: below(2) == 0 };
        return crashed(&Life { crash: Some(crash), ..life.clone() }, record);
    }
    let (lines, turns) = (below(2 * commits), below(1 << 18));
    Besieged::start(BINARY, life, record).kills_within(record, lines, turns)
}

/// A life that ends at a commit; `false` where it came to a good end before that.
fn crashed(life: &Life, record: &mut Record) -> bool {
    let (status, complaint) = Besieged::start(BINARY, life, record).end(record);
    assert_eq!(complaint, "", "it was to end without a word");
    if !status.success() {
        record.ended();
    }
    !status.success()
}

/// A copy of a SQLite file that no process has open, in a folder of its own.
fn copied(file: &Path, folder: &Path, name: &str) -> Site {
    let fresh = folder.join(name);
    fs::create_dir(&fresh).unwrap();
    Tables::copy_of(file, &fresh).close().unwrap();
    Site::Sqlite(fresh.join("kebei.db"))
}

/// A new town in an empty database; nobody has it open afterwards.
async fn founded(town: Town, site: Site) -> Life {
    let store = site.open(CommitHook::default()).await.unwrap();
    town.build(store.clone()).await;
    store.close().await;
    Life { nth: 2, site, marks: true, ..Life::founding(town) }
}

/// Asks again whatever was not answered, and everything that `also` names; each gets its one answer.
fn asked_again(life: &Life, record: &mut Record, also: impl Iterator<Item = u64>) {
    let again = record.unanswered().chain(also).collect();
    let life = Life { nth: 1 << 40, again, from: 0, until: 0, crash: None, clients: 16, ..life.clone() };
    Besieged::start(BINARY, &life, record).finish(record);
    assert_eq!(record.unanswered().count(), 0);
}
