//! Starts that must not be: a second process on one file, a wrong master key. Each says why, and harms nothing.

use crate::{BINARY, asked_again, audited, founded};
use siege::{Besieged, Cluster, Life, Record, Site, Town};
use store::{CommitHook, StoreError};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 4, asks_each: 40 };

/// Starts a life that is refused; why.
fn refused(life: &Life) -> String {
    let (status, complaint) =
        Besieged::start(BINARY, life, &mut Record::default()).end(&mut Record::default());
    assert_eq!(status.code(), Some(1), "{complaint}");
    complaint
}

#[tokio::test]
async fn a_second_process_on_one_file_is_told_that_it_is_in_use_and_the_first_goes_on() {
    let database = Database::new(Engine::Sqlite).await;
    let life = founded(TOWN, Site::Sqlite(database.file())).await;
    let first = Life { clients: 8, until: u64::MAX, ..life.clone() };
    let mut record = Record::default();
    let mut besieged = Besieged::start(BINARY, &first, &mut record);
    besieged.hear(&mut record, 50);
    let complaint = refused(&Life { nth: 3, ..first });
    assert_eq!(
        complaint,
        format!("besieged: `{}` is in use by another process\n", database.file().display())
    );
    besieged.hear(&mut record, 200); // the first goes on
    besieged.kill(&mut record);
    let all: Vec<u64> = record.told.keys().copied().collect();
    asked_again(&life, &mut record, all.into_iter());
    audited(&life.site, &TOWN, &record).await;
}

#[tokio::test]
async fn a_wrong_master_key_is_told_by_its_fingerprint_and_harms_nothing() {
    let (file, server) = (Database::new(Engine::Sqlite).await, Database::new(Engine::Postgres).await);
    let url = server.postgres().unwrap().url.clone();
    for site in [Site::Sqlite(file.file()), Site::Postgres { url, connections: 4, throw_away: true }] {
        let life = Life { until: 40, ..founded(TOWN, site).await };
        let mut record = Record::default();
        Besieged::start(BINARY, &life, &mut record).finish(&mut record);
        let complaint = refused(&Life { nth: 3, master: 1, ..life.clone() });
        assert!(complaint.contains("the database needs master key `"), "{complaint}");
        audited(&life.site, &TOWN, &record).await;
        asked_again(&life, &mut record, 0..40);
        audited(&life.site, &TOWN, &record).await;
    }
}

#[tokio::test]
async fn a_session_that_does_not_wait_for_its_commits_is_refused_however_it_came_to_it() {
    let cluster = Cluster::start(&[]);
    let Site::Postgres { url, .. } = cluster.database("town").await else { unreachable!() };
    let opened = async |url: &str, throw_away| {
        let site = Site::Postgres { url: url.to_owned(), connections: 1, throw_away };
        let store = site.open(CommitHook::default()).await?;
        store.close().await;
        Ok::<_, StoreError>(())
    };
    let with = |setting: &str| format!("{url}&options=-csynchronous_commit={setting}");
    for setting in ["on", "local", "remote_write", "remote_apply"] {
        opened(&with(setting), false).await.unwrap();
    }
    let lossy =
        |error: &StoreError| matches!(error, StoreError::NotDurable { setting: "synchronous_commit", .. });
    let error = opened(&with("off"), false).await.unwrap_err();
    assert!(lossy(&error), "{error}");
    opened(&with("off"), true).await.unwrap();
    cluster.run("ALTER ROLE kebei SET synchronous_commit = off").await;
    let error = opened(&url, false).await.unwrap_err();
    assert!(lossy(&error), "{error}");
}
