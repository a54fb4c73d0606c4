//! PostgreSQL: a transaction each, serialisable, run again when it collided with another.

use crate::{
    Sql,
    error::{Result, StoreError, told},
    faults::{CommitHook, Point},
    listen::{Listening, listen},
    migrate,
    shape::{Kind, Shape},
    tx::{Began, Conn, Tx, collision},
    unit::{Isolation, Unit},
    wakes::{Bell, Wakes},
};
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Timeouts,
};
use futures_util::FutureExt;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{
    fmt,
    panic::AssertUnwindSafe,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::SimpleQueryMessage;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often a unit that collides is run before its caller is told.
const TRIES: u32 = 20;
/// The first pause before a unit is run again; it doubles up to 2^8 of it, and half of it is random.
const PAUSE: Duration = Duration::from_micros(200);
const LONGEST_DOUBLING: u32 = 8;
/// A caller that has no connection after this long is told so.
const WAIT: Duration = Duration::from_secs(10);

/// Units under way at once, far more than wait for a connection in practice.
const AT_ONCE: u32 = 1 << 20;

/// A unit's BEGIN travels with its first statement. Were the BEGIN to fail while the connection lives on (cancelled, out of
/// memory, a hot standby), that statement would run by itself: `SESSION` makes whatever stands outside a transaction read-only.
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";
const WRITE_BY_STATEMENTS: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Settings of each connection, read back. A scan of a whole table would make a unit collide with every other one that writes
/// any row of it, and the planner prefers such scans for as long as tables are small. Compiling a statement takes longer than
/// any statement here, and what was switched off looks dear enough to be compiled each time.
const SESSION: &str = "SET default_transaction_read_only = on; SET enable_seqscan = off; SET jit = off; \
                       SELECT current_setting('default_transaction_read_only')";
const MAY_WRITE: &str = "SET default_transaction_read_only = off";

/// Settings with which an acknowledged change can be lost, and what they may be; the first is what we tell to set. The last one
/// each session has for itself, by its role, its database or its address.
const DURABLE: [(&str, &[&str]); 3] = [
    ("fsync", &["on"]),
    ("full_page_writes", &["on"]),
    ("synchronous_commit", &["on", "local", "remote_write", "remote_apply"]),
];

/// How a PostgreSQL database is reached.
#[derive(Clone)]
pub struct PostgresOptions {
    /// `postgres://user:password@host/database?sslmode=require`, or the key-value form.
    pub url: String,
    /// Connections that this process opens at most.
    pub connections: usize,
    /// Certificates that are trusted besides the system's, as PEM.
    pub ca_file: Option<PathBuf>,
    /// Whether a database that can lose acknowledged changes is accepted: for throw-away databases only.
    pub accept_not_durable: bool,
    /// Whether processes tell each other by `LISTEN` and `NOTIFY` that there is work, which takes one connection more. Without
    /// it, as behind a pooler or on an engine that has none, each finds it when it looks by itself.
    pub notify: bool,
}

/// Without the address, which has the password.
impl fmt::Debug for PostgresOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url: _, connections, ca_file, accept_not_durable, notify } = self;
        f.debug_struct("PostgresOptions")
            .field("connections", connections)
            .field("ca_file", ca_file)
            .field("accept_not_durable", accept_not_durable)
            .field("notify", notify)
            .finish_non_exhaustive()
    }
}

/// A PostgreSQL store.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    /// A place for each unit under way, so that closing can wait for them.
    places: Arc<Semaphore>,
    hook: CommitHook,
    commits: Arc<AtomicU64>,
    bell: Bell,
    listening: Option<Listening>,
}

impl Postgres {
    /// Connects, refuses a database that can lose what it acknowledged, and migrates it.
    pub(crate) async fn open(options: &PostgresOptions, hook: CommitHook) -> Result<Self> {
        let config: tokio_postgres::Config =
            options.url.parse().map_err(|error: tokio_postgres::Error| StoreError::Address(told(&error)))?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let tls = tls(options)?;
        let manager = Manager::from_config(config.clone(), tls.clone(), recycling);
        let timeouts = Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) };
        let pool = Pool::builder(manager)
            .max_size(options.connections)
            .timeouts(timeouts)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .post_create(Hook::async_fn(|client, _| Box::pin(settle(client))))
            .build()
            .map_err(|error| StoreError::Address(error.to_string()))?;
        let places = Arc::new(Semaphore::new(AT_ONCE as usize));
        let mut store =
            Self { pool, places, hook, commits: Arc::default(), bell: Bell::new(), listening: None };
        let mut client = store.lease().await?;
        if !options.accept_not_durable {
            durable(client.get()?).await?;
        }
        client.get()?.batch_execute(MAY_WRITE).await.map_err(StoreError::postgres)?;
        migrate::postgres(client.get_mut()?).await?;
        // Not given back: it may write outside a transaction.
        drop(client);
        store.listening = options.notify.then(|| listen(config, tls, store.bell.clone()));
        Ok(store)
    }

    pub(crate) fn wakes(&self) -> Wakes {
        self.bell.wakes()
    }

    /// Finishes what was asked for, answers `Closed` to what is asked from now on, and closes every connection.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.places.acquire_many(AT_ONCE).await {
            self.places.close();
            drop(all);
        }
        self.pool.close();
    }

    /// Runs `unit` to its end even when the caller goes away.
    pub(crate) async fn write<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        let (open, store) = (self.place()?, self.clone());
        let run = tokio::spawn(async move {
            let _open = open;
            store.until_it_fits(&unit).await
        });
        run.await.unwrap_or_else(|_| Err(StoreError::Panicked.into()))
    }

    pub(crate) async fn read<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        let _place = self.place()?;
        let began = match U::ISOLATION {
            Isolation::Serialisable => Began::Not(READ),
            Isolation::EachStatement => Began::Never,
        };
        self.attempt(&unit, began).await.unwrap_or_else(|| Err(StoreError::Contended(1).into()))
    }

    /// Parameters and columns of a statement.
    pub(crate) async fn shape(&self, sql: &Sql) -> Result<Shape> {
        let client = self.lease().await?;
        let statement = client.get()?.prepare(sql.postgres).await.map_err(StoreError::postgres)?;
        let columns = statement.columns().iter();
        let columns =
            columns.map(|column| (column.name().to_owned(), Some(Kind::postgres(column.type_())))).collect();
        let parameters = statement.params().iter().map(|parameter| Some(Kind::postgres(parameter))).collect();
        client.give_back();
        Ok(Shape { parameters, columns })
    }

    async fn until_it_fits<U: Unit>(&self, unit: &U) -> Result<U::Output, U::Error> {
        let begin = match U::ISOLATION {
            Isolation::Serialisable => WRITE,
            Isolation::EachStatement => WRITE_BY_STATEMENTS,
        };
        for nth in 0..TRIES {
            if nth > 0 {
                tokio::time::sleep(pause(nth)).await;
            }
            if let Some(answer) = self.attempt(unit, Began::Not(begin)).await {
                return answer;
            }
            metrics::counter!("kebei_store_retries_total").increment(1);
            tracing::debug!(event = "store.collided", nth);
        }
        Err(StoreError::Contended(TRIES).into())
    }

    /// Runs `unit` once; `None` when it collided. A connection that turns out to be dead at BEGIN, where nothing of the unit can
    /// have been kept, is replaced; no later failure is tried again.
    async fn attempt<U: Unit>(&self, unit: &U, began: Began) -> Option<Result<U::Output, U::Error>> {
        // As many as the pool may hold, and a new one.
        for _ in 0..=self.pool.status().max_size {
            match self.transaction(unit, began).await {
                Ok(Attempt::Done(answer)) => return Some(answer),
                Ok(Attempt::Collided) => return None,
                Ok(Attempt::Dead) => tracing::info!(event = "store.dead_connection"),
                Err(error) => return Some(Err(error.into())),
            }
        }
        Some(Err(StoreError::NoConnection("every connection ended when it was used".into()).into()))
    }

    async fn transaction<U: Unit>(&self, unit: &U, began: Began) -> Result<Attempt<U>> {
        let client = self.lease().await?;
        let conn = client.get()?;
        let mut tx = Tx::new(Conn::Postgres(conn, began)).notifying(self.listening.is_some());
        let answer = unguarded(unit, &mut tx).await;
        let (collided, wakes) = (tx.collided(), tx.wakes());
        match tx.began() {
            Began::Dead => return Ok(Attempt::Dead),
            Began::Not(_) | Began::Never => {
                if wakes && answer.is_ok() {
                    self.bell.ring();
                }
                client.give_back();
                return Ok(Attempt::Done(answer));
            }
            Began::Yes => {}
        }
        if collided || answer.is_err() || matches!(began, Began::Not(READ)) {
            client.roll_back().await;
            return Ok(if collided { Attempt::Collided } else { Attempt::Done(answer) });
        }
        let nth = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if self.hook.fails(nth, Point::Before) {
            return Err(StoreError::Engine("the commit was made to fail".into()));
        }
        match conn.batch_execute("COMMIT").await {
            Ok(()) => {
                self.hook.fails(nth, Point::After);
                if wakes {
                    self.bell.ring();
                }
                client.give_back();
                Ok(Attempt::Done(answer))
            }
            Err(error) if collision(&error) => {
                client.give_back();
                Ok(Attempt::Collided)
            }
            // Also where the server says why: one that is being shut down may say so after it has committed.
            Err(error) => Err(StoreError::OutcomeUnknown(Box::new(error))),
        }
    }

    /// A place for a unit; none once the store is being closed.
    fn place(&self) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| StoreError::Closed)
    }

    async fn lease(&self) -> Result<Lease> {
        let client = self.pool.get().await.map_err(|error| match error {
            PoolError::Closed => StoreError::Closed,
            PoolError::Backend(error) => StoreError::NoConnection(Box::new(error)),
            // Its other messages end with a line feed.
            error => StoreError::NoConnection(error.to_string().trim_end().into()),
        })?;
        Ok(Lease(Some(client)))
    }
}

enum Attempt<U: Unit> {
    Done(Result<U::Output, U::Error>),
    /// It collided with another transaction: nothing was kept, and it may be run again.
    Collided,
    /// The connection was dead before the transaction began.
    Dead,
}

/// A pooled connection that is thrown away unless it is given back: after a panic, a cancellation or an error nobody
/// knows what it is still doing.
struct Lease(Option<Object>);

impl Lease {
    fn get(&self) -> Result<&deadpool_postgres::Client> {
        self.0.as_ref().ok_or(StoreError::Closed)
    }

    fn get_mut(&mut self) -> Result<&mut deadpool_postgres::Client> {
        self.0.as_mut().ok_or(StoreError::Closed)
    }

    /// Ends the transaction and gives the connection back; one that cannot end it is thrown away, and with it the
    /// transaction, so that the unit's own answer stands.
    async fn roll_back(self) {
        if let Ok(conn) = self.get()
            && conn.batch_execute("ROLLBACK").await.is_ok()
        {
            self.give_back();
        }
    }

    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

async fn unguarded<U: Unit>(unit: &U, tx: &mut Tx<'_>) -> Result<U::Output, U::Error> {
    let answer = AssertUnwindSafe(unit.run(tx)).catch_unwind().await;
    tx.judged(answer.unwrap_or_else(|_| Err(StoreError::Panicked.into())))
}

/// A pause that doubles, half of it random, so that units that collided do not collide again.
fn pause(nth: u32) -> Duration {
    let whole = PAUSE * (1 << nth.min(LONGEST_DOUBLING));
    whole / 2 + whole.mul_f64(jitter() / 2.0)
}

/// From 0 to 1. It spreads callers and decides nothing, so it need not be repeatable.
fn jitter() -> f64 {
    let seed = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), 0_u8);
    f64::from(u32::try_from(seed >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

/// Makes the settings of a new connection.
async fn settle(client: &deadpool_postgres::ClientWrapper) -> Result<(), HookError> {
    let told = client.simple_query(SESSION).await.map_err(HookError::Backend)?;
    let read_only = told.iter().any(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0) == Some("on"),
        _ => false,
    });
    if read_only { Ok(()) } else { Err(HookError::message("`default_transaction_read_only` cannot be set")) }
}

/// Refuses a server, or a session such as this one, that can lose what it acknowledged.
async fn durable(client: &deadpool_postgres::Client) -> Result<()> {
    for (setting, safe) in DURABLE {
        let row = client.query_one(&format!("SHOW {setting}"), &[]).await.map_err(StoreError::postgres)?;
        let found: String = row.get(0);
        if !safe.contains(&found.as_str()) {
            let wanted = safe.first().copied().unwrap_or_default();
            return Err(StoreError::NotDurable { setting, found, wanted });
        }
    }
    Ok(())
}

fn tls(options: &PostgresOptions) -> Result<MakeRustlsConnect> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = &options.ca_file {
        let wrong =
            |error: &dyn std::fmt::Display| StoreError::Address(format!("`{}`: {error}", file.display()));
        let certificates = CertificateDer::pem_file_iter(file).map_err(|error| wrong(&error))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| wrong(&error))?;
            roots.add(certificate).map_err(|error| wrong(&error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| StoreError::Address(error.to_string()))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}
