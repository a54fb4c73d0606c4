//! The process ends at every commit of a small day's work, before it and after it, each time on a fresh copy.

use crate::{asked_again, audited, copied, crashed, founded, sound};
use siege::{Cluster, Crash, Life, Placing, Record, Site, Town};
use std::path::Path;
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 2, asks_each: 5 };
const ASKS: u64 = 10;
/// Asks from one placing of entries to the next.
const PLACED: u64 = 3;
/// The mark that a checkpoint is kept outside, once.
const MARKED: u64 = 1;

/// Lives on `site` until the commit that it does not survive; `false` when it never came to it.
async fn crashes(life: &Life, site: Site, crash: Crash, outside: &Path, record: &mut Record) -> bool {
    let outside = Some(outside.join(format!("checkpoint-{}-{}", crash.commit, crash.after)));
    let life = Life { site, outside, crash: Some(crash), ..life.clone() };
    if !crashed(&life, record) {
        return false;
    }
    let found = audited(&life.site, &TOWN, record).await;
    if life.clients == 1 {
        // One client waits for one commit: an ask that was under way is done exactly if the commit was.
        let done = if crash.after { record.unanswered().count() } else { 0 };
        assert_eq!(found.kept_untold.len(), done, "{crash:?}");
    }
    record.tally.kept_untold += found.kept_untold.len() as u64;
    let first: Vec<u64> = record.told.keys().copied().collect();
    asked_again(&life, record, first.into_iter());
    let found = sound(&life, record).await;
    assert_eq!((found.kept_untold.len(), found.issued + found.refused), (0, record.told.len()));
    true
}

/// Every commit, before and after, until there are no more; how many crashes.
async fn every_commit(life: Life, mut fresh: impl AsyncFnMut(u64) -> Site) -> u64 {
    let (mut crashed, mut untold, outside) = (0, 0, tempfile::tempdir().unwrap());
    for commit in 1.. {
        let mut survived = false;
        for after in [false, true] {
            let mut record = Record::default();
            let site = fresh(2 * commit + u64::from(after)).await;
            survived |= !crashes(&life, site, Crash { commit, after }, outside.path(), &mut record).await;
            untold += record.tally.kept_untold;
            crashed += u64::from(!survived);
        }
        if survived {
            break;
        }
    }
    println!("{} clients: {crashed} crashes, {untold} asks done and untold", life.clients);
    assert!(untold > 0);
    crashed
}

#[tokio::test]
async fn ending_at_each_commit_on_sqlite_leaves_all_of_it_or_nothing() {
    let database = Database::new(Engine::Sqlite).await;
    let life = Life {
        until: ASKS,
        placing: Placing::Each(PLACED),
        ..founded(TOWN, Site::Sqlite(database.file())).await
    };
    for clients in [1, 4] {
        let folder = tempfile::tempdir().unwrap();
        let crashed = every_commit(Life { clients, ..life.clone() }, async |nth| {
            copied(&database.file(), folder.path(), &nth.to_string())
        });
        let crashed = crashed.await;
        assert!(clients > 1 || crashed == 2 * (ASKS + ASKS / PLACED + MARKED), "{crashed} crashes");
    }
}

#[tokio::test]
async fn ending_at_each_commit_on_postgresql_leaves_all_of_it_or_nothing() {
    let cluster = Cluster::throw_away();
    let life = Life {
        until: ASKS,
        placing: Placing::Each(PLACED),
        ..founded(TOWN, cluster.database("first").await).await
    };
    for clients in [1, 4] {
        let crashed = every_commit(Life { clients, ..life.clone() }, async |nth| {
            cluster.copy("first", &format!("copy_{clients}_{nth}")).await
        });
        let crashed = crashed.await;
        assert!(clients > 1 || crashed == 2 * (ASKS + ASKS / PLACED + MARKED), "{crashed} crashes");
    }
}
