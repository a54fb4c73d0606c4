//! A transaction in progress, on either engine.

use crate::{
    error::{Result, StoreError},
    sql::{Columns, Param, Row, Sql},
};
use tokio_postgres::error::SqlState;

pub(crate) enum Conn<'c> {
    /// Exclusive although statements need it shared only: so a transaction can be sent to another thread.
    Sqlite(&'c mut rusqlite::Connection),
    Postgres(&'c deadpool_postgres::Client, Began),
}

/// Whether PostgreSQL's transaction has begun.
#[derive(Clone, Copy)]
pub(crate) enum Began {
    /// Not yet: this is sent together with the first statement.
    Not(&'static str),
    /// It will not: each statement stands by itself, and can only read.
    Never,
    /// It has, or the server refused and the connection lives on.
    Yes,
    /// The connection was dead.
    Dead,
}

/// A transaction in progress: the only thing for which a unit may wait.
pub struct Tx<'c> {
    conn: Conn<'c>,
    /// Whether PostgreSQL said that the transaction collided with another and should be run again.
    collided: bool,
    /// Whether a statement failed. Nothing of the unit may then be kept, whatever it answers: PostgreSQL would answer its
    /// COMMIT with success and roll back. No further statement is run: SQLite may have ended the transaction, and would keep it.
    failed: bool,
    waking: Waking,
    /// Whether it failed because there was no room.
    full: bool,
}

/// Who is woken once the unit is kept.
#[derive(Default)]
struct Waking {
    /// The workers of this process.
    wakes: bool,
    /// Whether other processes may be told.
    notifies: bool,
}

/// Wakes the workers of all processes once the transaction is committed.
const NOTIFY: &str = "NOTIFY kebei";

/// A statement with its parameters, to be run beside others.
pub struct Write<'a> {
    sql: &'static Sql,
    parameters: Vec<&'a dyn Param>,
    wakes: bool,
}

impl<'a> Write<'a> {
    pub(crate) fn new(sql: &'static Sql, parameters: Vec<&'a dyn Param>) -> Self {
        Self { sql, parameters, wakes: false }
    }

    /// The same, with workers woken once it is kept.
    pub(crate) fn waking(self) -> Self {
        Self { wakes: true, ..self }
    }
}

/// A query with its parameters, to be asked beside others.
pub struct Query<'a> {
    sql: &'static Sql,
    parameters: Vec<&'a dyn Param>,
}

impl<'a> Query<'a> {
    pub(crate) const fn new(sql: &'static Sql, parameters: Vec<&'a dyn Param>) -> Self {
        Self { sql, parameters }
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>) -> Self {
        Self { conn, collided: false, failed: false, full: false, waking: Waking::default() }
    }

    /// The same, with other processes told to wake their workers.
    pub(crate) fn notifying(self, notifies: bool) -> Self {
        Self { waking: Waking { notifies, ..self.waking }, ..self }
    }

    /// Whether workers are to be woken once the unit is kept.
    pub(crate) fn wakes(&self) -> bool {
        self.waking.wakes
    }

    /// Wakes the workers of all processes once the unit is kept. Not for what is done often: PostgreSQL commits units that
    /// say this one after the other.
    pub async fn wake(&mut self) -> Result<()> {
        self.waking.wakes = true;
        match &mut self.conn {
            Conn::Postgres(client, began) if self.waking.notifies => {
                let client = *client;
                let done = begun(client, began, client.batch_execute(NOTIFY)).await;
                let done = done.map_err(|error| self.seen(error));
                self.noted(done)
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn collided(&self) -> bool {
        self.collided
    }

    pub(crate) fn full(&self) -> bool {
        self.full
    }

    pub(crate) fn began(&self) -> Began {
        match self.conn {
            Conn::Sqlite(_) => Began::Yes,
            Conn::Postgres(_, began) => began,
        }
    }

    /// `answer`, unless the unit went on after a statement had failed.
    pub(crate) fn judged<T, E: From<StoreError>>(&self, answer: Result<T, E>) -> Result<T, E> {
        match (self.failed, self.full) {
            (false, _) => answer,
            (true, false) => answer.and(Err(StoreError::WentOn.into())),
            (true, true) => answer.and(Err(StoreError::Full.into())),
        }
    }

    fn usable(&self) -> Result<()> {
        if self.failed { Err(StoreError::WentOn) } else { Ok(()) }
    }

    /// Notes whether a statement failed.
    fn noted<T>(&mut self, done: Result<T>) -> Result<T> {
        done.inspect_err(|error| {
            self.failed = true;
            self.full |= matches!(error, StoreError::Full);
        })
    }

    /// Runs a statement; how many rows it changed.
    pub async fn execute(&mut self, sql: &Sql, parameters: &[&dyn Param]) -> Result<u64> {
        self.usable()?;
        run(sql);
        let done = self.executed(sql, parameters).await;
        self.noted(done)
    }

    async fn executed(&mut self, sql: &Sql, parameters: &[&dyn Param]) -> Result<u64> {
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn.prepare_cached(sql.sqlite).map_err(StoreError::sqlite)?;
                bind(&mut statement, parameters)?;
                let changed = statement.raw_execute().map_err(StoreError::sqlite)?;
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }
            Conn::Postgres(client, began) => {
                let done = begun(client, began, async {
                    let statement = client.prepare_cached(sql.postgres).await?;
                    client.execute_raw(&statement, parameters.iter().map(AsEngine::postgres)).await
                });
                done.await.map_err(|error| self.seen(error))
            }
        }
    }

    /// Every row that a query gives. Queries carry their own `LIMIT`.
    pub async fn all<R: Row>(&mut self, sql: &Sql, parameters: &[&dyn Param]) -> Result<Vec<R>> {
        self.usable()?;
        run(sql);
        let done = self.queried(sql, parameters).await;
        self.noted(done)
    }

    async fn queried<R: Row>(&mut self, sql: &Sql, parameters: &[&dyn Param]) -> Result<Vec<R>> {
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn.prepare_cached(sql.sqlite).map_err(StoreError::sqlite)?;
                bind(&mut statement, parameters)?;
                let mut rows = statement.raw_query();
                let mut found = Vec::new();
                while let Some(row) = rows.next().map_err(StoreError::sqlite)? {
                    found.push(R::read(&Columns::Sqlite(row))?);
                }
                Ok(found)
            }
            Conn::Postgres(client, began) => {
                let done = begun(client, began, async {
                    let statement = client.prepare_cached(sql.postgres).await?;
                    let parameters: Vec<_> = parameters.iter().map(AsEngine::postgres).collect();
                    client.query(&statement, &parameters).await
                });
                let rows = done.await.map_err(|error| self.seen(error))?;
                rows.iter().map(|row| R::read(&Columns::Postgres(row))).collect()
            }
        }
    }

    /// The row of a query that gives at most one.
    pub async fn optional<R: Row>(&mut self, sql: &Sql, parameters: &[&dyn Param]) -> Result<Option<R>> {
        Ok(self.all(sql, parameters).await?.pop())
    }

    /// The rows of each of several queries: one round trip on PostgreSQL, one after the other on SQLite.
    pub async fn each<R: Row>(&mut self, queries: &[Query<'_>]) -> Result<Vec<Vec<R>>> {
        self.usable()?;
        let done = self.asked_together(queries).await;
        self.noted(done)
    }

    async fn asked_together<R: Row>(&mut self, queries: &[Query<'_>]) -> Result<Vec<Vec<R>>> {
        match &mut self.conn {
            Conn::Sqlite(_) => {
                let mut found = Vec::with_capacity(queries.len());
                for Query { sql, parameters } in queries {
                    found.push(self.queried(sql, parameters).await?);
                }
                Ok(found)
            }
            Conn::Postgres(client, began) => {
                let client = *client;
                let all = queries.iter().map(|Query { sql, parameters }| async move {
                    let statement = client.prepare_cached(sql.postgres).await?;
                    let parameters: Vec<_> = parameters.iter().map(AsEngine::postgres).collect();
                    client.query(&statement, &parameters).await
                });
                let all = begun(client, began, futures_util::future::try_join_all(all));
                let found = all.await.map_err(|error| self.seen(error))?;
                let read = |rows: Vec<tokio_postgres::Row>| -> Result<Vec<R>> {
                    rows.iter().map(|row| R::read(&Columns::Postgres(row))).collect()
                };
                found.into_iter().map(read).collect()
            }
        }
    }

    /// Writes in their order: one round trip on PostgreSQL, one after the other on SQLite. How many rows each changed.
    pub async fn together(&mut self, writes: &[Write<'_>]) -> Result<Vec<u64>> {
        self.waking.wakes |= writes.iter().any(|write| write.wakes);
        self.usable()?;
        for write in writes {
            run(write.sql);
        }
        let done = self.done_together(writes).await;
        self.noted(done)
    }

    async fn done_together(&mut self, writes: &[Write<'_>]) -> Result<Vec<u64>> {
        match &mut self.conn {
            Conn::Sqlite(_) => {
                let mut changed = Vec::with_capacity(writes.len());
                for Write { sql, parameters, .. } in writes {
                    changed.push(self.executed(sql, parameters).await?);
                }
                Ok(changed)
            }
            Conn::Postgres(client, began) => {
                let client = *client;
                // All are prepared before the first is sent: one that was prepared before would overtake one on which it depends.
                let all = async {
                    let prepared = writes.iter().map(|write| client.prepare_cached(write.sql.postgres));
                    let prepared = futures_util::future::try_join_all(prepared).await?;
                    let sent = prepared.iter().zip(writes).map(|(statement, Write { parameters, .. })| {
                        client.execute_raw(statement, parameters.iter().map(AsEngine::postgres))
                    });
                    futures_util::future::try_join_all(sent).await
                };
                let all = begun(client, began, all);
                all.await.map_err(|error| self.seen(error))
            }
        }
    }

    fn seen(&mut self, error: tokio_postgres::Error) -> StoreError {
        self.collided |= collision(&error);
        StoreError::postgres(error)
    }
}

/// Tells that a statement is run: its name, never what it is about. Tests count these.
fn run(sql: &Sql) {
    tracing::trace!(event = "store.statement", statement = sql.name);
}

/// Awaits `statement`; the first of a transaction is sent right behind its BEGIN, in one round trip. Where BEGIN fails, what
/// the statement came to is not looked at: it stood outside a transaction, where nothing can be written.
async fn begun<T>(
    client: &deadpool_postgres::Client,
    state: &mut Began,
    statement: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, tokio_postgres::Error> {
    let begin = match *state {
        Began::Not(begin) => begin,
        Began::Never => {
            return statement.await.inspect_err(|error| {
                if error.is_closed() || client.is_closed() || ended(error) {
                    *state = Began::Dead;
                }
            });
        }
        Began::Yes | Began::Dead => return statement.await,
    };
    *state = Began::Yes;
    // Polled in this order, and a request is sent when it is first polled.
    let (beginning, done) = futures_util::future::join(client.batch_execute(begin), statement).await;
    if let Err(error) = beginning {
        if dead(&error) {
            *state = Began::Dead;
        }
        return Err(error);
    }
    done
}

/// Whether the connection was gone, or the server was about to end it.
fn dead(error: &tokio_postgres::Error) -> bool {
    error.code().is_none() || ended(error)
}

/// Whether the server said that it ends the connection.
fn ended(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| {
        [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::IDLE_SESSION_TIMEOUT,
        ]
        .contains(code)
    })
}

/// Whether PostgreSQL asks for the transaction to be run again, or has no room left for what serialisable transactions have read: that
/// comes back once those that overlap have ended.
pub(crate) fn collision(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|code| {
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::OUT_OF_MEMORY]
            .contains(code)
    })
}

/// SQLite numbers `$1`, `$2` by first appearance, PostgreSQL by the digit: they are bound by name.
const NAMES: [&str; 24] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16",
    "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24",
];

fn bind(statement: &mut rusqlite::CachedStatement<'_>, parameters: &[&dyn Param]) -> Result<()> {
    let wrong = |name: &str| StoreError::sqlite(rusqlite::Error::InvalidParameterName(name.to_owned()));
    if statement.parameter_count() != parameters.len() {
        return Err(wrong("another number of parameters"));
    }
    for (name, parameter) in NAMES.iter().zip(parameters) {
        let at = statement.parameter_index(name).map_err(StoreError::sqlite)?.ok_or_else(|| wrong(name))?;
        statement.raw_bind_parameter(at, parameter.sqlite()).map_err(StoreError::sqlite)?;
    }
    Ok(())
}

/// A parameter as each engine wants it.
trait AsEngine {
    fn sqlite(&self) -> &dyn rusqlite::ToSql;
    fn postgres(&self) -> &(dyn tokio_postgres::types::ToSql + Sync);
}

impl AsEngine for &dyn Param {
    fn sqlite(&self) -> &dyn rusqlite::ToSql {
        *self
    }

    fn postgres(&self) -> &(dyn tokio_postgres::types::ToSql + Sync) {
        *self
    }
}
