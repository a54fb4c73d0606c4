//! Desks to be measured: set up by the program itself, and filled with accounts and instances by one statement a table.

use crate::cluster::Cluster;
use anyhow::{Context, Result, ensure};
use app::{Asker, Chance, Clock, Desk, IdempotencyKey, OpenAccount, SetUp, Surroundings, codes::CodesAsked};
use jiff::Timestamp;
use keys::MasterKey;
use rulebook::{ALIYUN, Billing, Facts};
use std::{
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use store::{PostgresOptions, Store};
use tokio::{sync::Barrier, task::JoinSet};
use tokio_postgres::NoTls;

/// Callers that ask at the same time, on both sides.
pub(crate) const CLIENTS: u32 = 32;
/// Instances of each account.
pub(crate) const INSTANCES: u32 = 10;
/// Codes that each instance may have.
pub(crate) const QUOTA: u32 = 5;
/// A prime: an account is followed by one far away from it, as customers come.
pub(crate) const STRIDE: u32 = 7919;

/// Who asked first, so that peers can store just what the desk stores.
const SAMPLE: &str = "sample";

/// Where the database of a desk is.
#[derive(Clone, Debug)]
pub(crate) enum Site {
    Sqlite(PathBuf),
    Postgres(String),
}

/// What is in the tables that issuing writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) codes: i64,
    pub(crate) entries: i64,
    pub(crate) requests: i64,
    /// Places of both scopes.
    pub(crate) taken: i64,
}

const WRITTEN: &str = "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM codes), (SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_entries),
                      (SELECT CAST(COUNT(*) AS BIGINT) FROM requests), (SELECT CAST(SUM(taken) AS BIGINT) FROM quota_places)";

impl Written {
    /// Asserts that `operations` codes were issued since `before`, with all that belongs to them.
    pub(crate) fn ensure_since(self, before: Self, operations: u32, by: &str) -> Result<()> {
        let n = i64::from(operations);
        let Self { codes, entries, requests, taken } = before;
        let wanted =
            Self { codes: codes + n, entries: entries + n, requests: requests + n, taken: taken + 2 * n };
        ensure!(self == wanted, "{by}: {operations} operations left {self:?} instead of {wanted:?}");
        Ok(())
    }
}

impl Site {
    pub(crate) const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Opens the store as `kebei serve` does, with a connection for each client.
    pub(crate) async fn store(&self) -> Result<Store> {
        match self {
            Self::Sqlite(file) => Ok(Store::sqlite(file)?),
            Self::Postgres(url) => {
                let options = PostgresOptions {
                    url: url.clone(),
                    connections: CLIENTS as usize,
                    ca_file: None,
                    accept_not_durable: false,
                    notify: true,
                };
                Ok(Store::postgres(&options).await?)
            }
        }
    }

    /// Opens the desk.
    pub(crate) async fn desk(&self) -> Result<(Desk, Store)> {
        let store = self.store().await?;
        Ok((Desk::open(store.clone(), surroundings()).await?, store))
    }

    /// Sets up a desk with so many accounts of ten instances each, and one code issued on an instance of its own.
    pub(crate) async fn found(&self, accounts: u32) -> Result<()> {
        let started = Instant::now();
        let store = self.store().await?;
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei.example/ledger" };
        set_up.run(&store, &surroundings()).await?;
        let desk = Desk::open(store.clone(), surroundings()).await?;
        let asker =
            desk.open_account(OpenAccount { number: Some(-1), name: format!("acc-{SAMPLE}") }).await?;
        desk.record_instance(server(&asker)).await?;
        let ask = Ask { asker, instance: format!("i-{SAMPLE}"), key: format!("k-{SAMPLE}") };
        ask.issue(&desk).await?;
        store.close().await;
        match self {
            Self::Sqlite(file) => fill_sqlite(file, accounts)?,
            Self::Postgres(url) => fill_postgres(url, accounts).await?,
        }
        let instances = accounts * INSTANCES;
        eprintln!(
            "{}: filled with {instances} instances in {:.0} s",
            self.engine(),
            started.elapsed().as_secs_f64()
        );
        Ok(())
    }

    /// A desk that is a copy of this one, which nobody has open.
    pub(crate) async fn copy(&self, cluster: Option<&Cluster>, name: &str) -> Result<Self> {
        match self {
            Self::Sqlite(file) => {
                let copy = file.with_file_name(name);
                fs::copy(file, &copy)?;
                Ok(Self::Sqlite(copy))
            }
            Self::Postgres(url) => {
                let template = url.rsplit_once('/').and_then(|(_, name)| name.split_once('?'));
                let (template, _) = template.context("a URL with a database")?;
                let cluster = cluster.context("PostgreSQL has a cluster")?;
                Ok(Self::Postgres(cluster.database(name, template).await?))
            }
        }
    }

    /// Transactions that were rolled back so far.
    pub(crate) async fn rolled_back(&self) -> Result<i64> {
        match self {
            Self::Sqlite(_) => Ok(0),
            Self::Postgres(url) => {
                let text = "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()";
                Ok(connected(url).await?.query_one(text, &[]).await?.get(0))
            }
        }
    }

    /// What is in the tables that issuing writes.
    pub(crate) async fn written(&self) -> Result<Written> {
        let [codes, entries, requests, taken] = match self {
            Self::Sqlite(file) => {
                let read = |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
                rusqlite::Connection::open(file)?.query_row(WRITTEN, [], read)?
            }
            Self::Postgres(url) => {
                let row = connected(url).await?.query_one(WRITTEN, &[]).await?;
                [row.get(0), row.get(1), row.get(2), row.get(3)]
            }
        };
        Ok(Written { codes, entries, requests, taken })
    }
}

/// A connection of our own to a database.
pub(crate) async fn connected(url: &str) -> Result<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The real clock.
struct Real;

impl Clock for Real {
    #[expect(clippy::disallowed_methods, reason = "what is measured runs in real time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// What each desk of this run is handed: the same master key, randomness of its own.
pub(crate) fn surroundings() -> Surroundings {
    static OPENED: AtomicU64 = AtomicU64::new(0);
    let seeded = |a: u64, b: u64| {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&a.to_be_bytes());
        seed[8..16].copy_from_slice(&b.to_be_bytes());
        seed
    };
    let nth = OPENED.fetch_add(1, Ordering::Relaxed) + 1;
    let chance = Chance::new(seeded(nth, process::id().into()));
    let mut source =
        <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::from_seed(seeded(0, 0));
    Surroundings { clock: Box::new(Real), chance, master: MasterKey::generate(&mut source), outside: None }
}

/// A server that may back five filings, for long enough.
pub(crate) fn server(asker: &Asker) -> Facts {
    Facts {
        id: format!("i-{SAMPLE}"),
        product: "ecs".to_owned(),
        account: Some(asker.name().to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: "203.0.113.7".parse().ok().map(|address| vec![address]),
        purchased_at: "2020-10-01T10:00:00+08:00".parse().ok(),
        expires_at: "2099-12-31T00:00:00+08:00".parse().ok(),
        ..Facts::default()
    }
}

async fn fill_postgres(url: &str, accounts: u32) -> Result<()> {
    let instances = accounts * INSTANCES;
    let text = format!(
        "INSERT INTO accounts (id, number, name, created_at)
         SELECT CAST('2' || lpad(to_hex(n), 31, '0') AS UUID), n, 'acc-' || n, 0 FROM generate_series(0, {accounts} - 1) n;
         INSERT INTO instances (id, name, account, product, facts, changed_at)
         SELECT CAST('1' || lpad(to_hex(n), 31, '0') AS UUID), 'i-' || n,
                CAST('2' || lpad(to_hex(n / {INSTANCES}), 31, '0') AS UUID), s.product,
                convert_to(replace(replace(s.facts, 'i-{SAMPLE}', 'i-' || n),
                                   'acc-{SAMPLE}', 'acc-' || n / {INSTANCES}), 'UTF8'), s.changed_at
         FROM generate_series(0, {instances} - 1) n,
              (SELECT product, convert_from(facts, 'UTF8') AS facts, changed_at FROM instances WHERE name = 'i-{SAMPLE}') s;
         INSERT INTO quota_places (owner, product, taken, used, changed_at)
         SELECT id, '', 0, 0, 0 FROM instances WHERE name <> 'i-{SAMPLE}';
         INSERT INTO quota_places (owner, product, taken, used, changed_at)
         SELECT id, 'ecs', 0, 0, 0 FROM accounts WHERE name <> 'acc-{SAMPLE}'"
    );
    let client = connected(url).await?;
    client.batch_execute(&text).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    client.batch_execute("CHECKPOINT").await?;
    Ok(())
}

fn fill_sqlite(file: &Path, accounts: u32) -> Result<()> {
    let instances = accounts * INSTANCES;
    let numbers = |most: u32| {
        format!("WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < {most})")
    };
    let (to_accounts, to_instances) = (numbers(accounts), numbers(instances));
    let text = format!(
        "BEGIN;
         {to_accounts} INSERT INTO accounts (id, number, name, created_at)
         SELECT unhex('2' || printf('%031x', n)), n, 'acc-' || n, 0 FROM s;
         {to_instances} INSERT INTO instances (id, name, account, product, facts, changed_at)
         SELECT unhex('1' || printf('%031x', n)), 'i-' || n, unhex('2' || printf('%031x', n / {INSTANCES})), x.product,
                CAST(replace(replace(x.facts, 'i-{SAMPLE}', 'i-' || n),
                             'acc-{SAMPLE}', 'acc-' || (n / {INSTANCES})) AS BLOB), x.changed_at
         FROM s, (SELECT product, CAST(facts AS TEXT) AS facts, changed_at FROM instances WHERE name = 'i-{SAMPLE}') x;
         INSERT INTO quota_places (owner, product, taken, used, changed_at)
         SELECT id, '', 0, 0, 0 FROM instances WHERE name <> 'i-{SAMPLE}';
         INSERT INTO quota_places (owner, product, taken, used, changed_at)
         SELECT id, 'ecs', 0, 0, 0 FROM accounts WHERE name <> 'acc-{SAMPLE}';
         COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)"
    );
    rusqlite::Connection::open(file)?.execute_batch(&text)?;
    Ok(())
}

/// A client's ask of that number: on which instance. No two clients ever ask on the same account, so that what is measured is
/// the cost of issuing and not that of waiting for each other; peers count the same way.
pub(crate) const fn instance(accounts: u32, client: u32, nth: u32) -> u32 {
    let own = accounts / CLIENTS;
    let account = CLIENTS * ((nth as u64 * STRIDE as u64 % own as u64) as u32) + client;
    account * INSTANCES + nth / own % INSTANCES
}

/// How many asks each client has, before its instances are full.
pub(crate) const fn capacity(accounts: u32) -> u32 {
    accounts / CLIENTS * INSTANCES * QUOTA
}

/// One ask for one code.
struct Ask {
    asker: Asker,
    instance: String,
    key: String,
}

impl Ask {
    async fn issue(self, desk: &Desk) -> Result<()> {
        let Self { asker, instance, key } = self;
        let ask = CodesAsked { asker, instance, count: NonZero::<u32>::MIN };
        let told = desk.issue_codes(ask, IdempotencyKey::parse(&key)?).await?;
        ensure!(!told.before && told.answer.codes.is_some(), "a code was refused");
        Ok(())
    }
}

/// Lets every client ask for `each` codes, from its ask number `first` on; how many seconds that took.
pub(crate) async fn issue(desk: &Desk, accounts: u32, first: u32, each: u32) -> Result<f64> {
    ensure!(first + each <= capacity(accounts), "there are not so many places");
    let start = Arc::new(Barrier::new(CLIENTS as usize + 1));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let mut asks = Vec::new();
        for nth in first..first + each {
            let instance = instance(accounts, client, nth);
            let asker = desk.account(&format!("acc-{}", instance / INSTANCES)).await?;
            let asker = asker.context("the account is there")?;
            asks.push(Ask { asker, instance: format!("i-{instance}"), key: format!("k-{client}-{nth}") });
        }
        let (desk, start) = (desk.clone(), Arc::clone(&start));
        clients.spawn(async move {
            start.wait().await;
            for ask in asks {
                ask.issue(&desk).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    start.wait().await;
    let started = Instant::now();
    while let Some(done) = clients.join_next().await {
        done??;
    }
    Ok(started.elapsed().as_secs_f64())
}
