//! SQLite: one thread writes, each unit in a savepoint, a batch of units committed at once; a few connections read.

use crate::{
    Shape, Sql,
    error::{Result, StoreError},
    faults::{CommitHook, Point},
    migrate,
    tx::{Conn, Tx},
    unit::Unit,
    wakes::{Bell, Wakes},
};
use futures_util::FutureExt;
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

/// Units waiting for the writer; more callers wait to be queued.
const QUEUE: usize = 1024;
/// Units committed at once: beyond this an fsync is no longer what costs.
const BATCH: usize = 256;
/// Reading connections: SQLite reads are short, and two cores serve them.
const READERS: u32 = 4;
/// Statements kept prepared on each connection; all of the program's fit.
const PREPARED: usize = 512;

/// A SQLite store. Its writer ends when it is closed, or when the last clone is gone and what was asked for is done.
#[derive(Clone)]
pub(crate) struct Sqlite {
    /// Before the writer, so that the writer's connection is the last to go and leaves one tidy file.
    readers: Arc<Readers>,
    writer: mpsc::Sender<Work>,
    /// Closed when the writer has let go of the file.
    ended: watch::Receiver<()>,
    bell: Bell,
    read_only: bool,
}

struct Readers {
    path: PathBuf,
    connect: fn(&Path) -> Result<Connection>,
    idle: Mutex<Vec<Connection>>,
    free: Semaphore,
    /// None once closed.
    lock: Mutex<Option<Arc<Lock>>>,
}

/// Held by whatever has the file open, so that no second process writes it.
pub(crate) struct Lock(File);

/// What the writer is asked for.
enum Work {
    Unit(Job),
    /// To finish what was asked for before, and end.
    Close,
}

/// What the writer does with a unit: runs it, and hands back how to answer once the batch is durable.
type Job = Box<dyn FnOnce(&mut Connection) -> Ran + Send>;

struct Ran {
    keep: bool,
    /// Whether workers are woken once it is durable.
    wakes: bool,
    answer: Answer,
}

/// Answers a unit; the argument says why its batch was rolled back, if it was.
type Answer = Box<dyn FnOnce(Result<(), &str>) + Send>;

impl Sqlite {
    /// Opens the file, makes it if it does not exist, and migrates it.
    pub(crate) fn open(path: &Path, hook: CommitHook) -> Result<Self> {
        let lock = Arc::new(Lock::take(path)?);
        let mut conn = connect(path, false)?;
        migrate::sqlite(&mut conn)?;
        let idle = (0..READERS).map(|_| reading(path)).collect::<Result<_>>()?;
        let (writer, work) = mpsc::channel(QUEUE);
        let bell = Bell::new();
        let (ending, ended) = watch::channel(());
        let lasting = Writer {
            conn,
            work,
            hook,
            commits: 0,
            bell: bell.clone(),
            _lock: Arc::clone(&lock),
            _ending: ending,
        };
        let spawned = thread::Builder::new().name("store-writer".to_owned()).spawn(move || lasting.run());
        spawned.map_err(|error| StoreError::Engine(Box::new(error)))?;
        let readers = Readers {
            path: path.to_owned(),
            connect: reading,
            idle: Mutex::new(idle),
            free: Semaphore::new(READERS as usize),
            lock: Mutex::new(Some(lock)),
        };
        Ok(Self { readers: Arc::new(readers), writer, ended, bell, read_only: false })
    }

    /// Opens the file for reading, beside whoever writes it.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self> {
        let first = connect_beside(path)?;
        migrate::sqlite_as_known(&first)?;
        let readers = Readers {
            path: path.to_owned(),
            connect: connect_beside,
            idle: Mutex::new(vec![first]),
            free: Semaphore::new(READERS as usize),
            lock: Mutex::new(None),
        };
        // Nobody receives, so that what is closed or waited for has ended already.
        let ((writer, _), (_, ended)) = (mpsc::channel(1), watch::channel(()));
        Ok(Self { readers: Arc::new(readers), writer, ended, bell: Bell::new(), read_only: true })
    }

    /// Finishes what was asked for, answers `Closed` to what is asked from now on, and lets go of the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        // Refused where the writer has ended, which is what is waited for.
        let _ = self.writer.send(Work::Close).await;
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }

    pub(crate) fn wakes(&self) -> Wakes {
        self.bell.wakes()
    }

    pub(crate) async fn write<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        if self.read_only {
            return Err(StoreError::ReadOnly.into());
        }
        let (to, answer) = oneshot::channel();
        if self.writer.send(Work::Unit(job(unit, to))).await.is_err() {
            return Err(StoreError::Closed.into());
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    pub(crate) async fn read<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        let turn = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || turn.read(&unit))
            .await
            .unwrap_or_else(|_| Err(StoreError::Panicked.into()))
    }

    /// Parameters and columns of a statement.
    pub(crate) async fn shape(&self, sql: &'static Sql) -> Result<Shape> {
        let readers = Arc::clone(&self.readers);
        let prepared = tokio::task::spawn_blocking(move || {
            readers.with(|conn| {
                let statement = conn.prepare(sql.sqlite).map_err(StoreError::sqlite)?;
                let columns = statement.column_names().map(str::to_owned).collect();
                Ok(Shape { parameters: statement.parameter_count(), columns })
            })
        });
        prepared.await.unwrap_or(Err(StoreError::Panicked))
    }

    /// Copies the whole database, as of one moment, to a new file while it is in use.
    pub(crate) async fn copy_to(&self, target: PathBuf) -> Result<()> {
        let readers = Arc::clone(&self.readers);
        let copied = tokio::task::spawn_blocking(move || {
            readers.with(|conn| {
                let target = target.to_string_lossy();
                conn.execute("VACUUM INTO ?1", [&*target]).map(drop).map_err(StoreError::sqlite)
            })
        });
        copied.await.unwrap_or(Err(StoreError::Panicked))
    }
}

impl Readers {
    fn read<U: Unit>(&self, unit: &U) -> Result<U::Output, U::Error> {
        self.with(|conn| {
            conn.execute_batch("BEGIN").map_err(StoreError::sqlite)?;
            let (answer, _) = finished(unit, conn);
            // A connection that cannot end its transaction is closed by `with`; the unit's own answer stands.
            if let Err(error) = conn.execute_batch("ROLLBACK") {
                tracing::warn!(event = "store.rollback_failed", %error);
            }
            answer
        })
    }

    /// Lends a reading connection; one that ends inside a transaction is closed instead of lent again.
    fn with<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Connection) -> Result<T, E>) -> Result<T, E> {
        let turn = tokio::runtime::Handle::current().block_on(self.free.acquire());
        let _turn = turn.map_err(|_| StoreError::Closed)?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // None where one was closed because it did not end its transaction.
        let mut conn = idle.map_or_else(|| (self.connect)(&self.path), Ok)?;
        let answer = f(&mut conn);
        if conn.is_autocommit() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
        answer
    }

    /// Waits for those who read, and closes the connections.
    async fn close(&self) {
        if let Ok(all) = self.free.acquire_many(READERS).await {
            self.free.close();
            drop(all);
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Runs `unit` to its end on this thread, and says whether workers are to be woken; one that panics or waits for something
/// else is rolled back.
fn finished<U: Unit>(unit: &U, conn: &mut Connection) -> (Result<U::Output, U::Error>, bool) {
    let mut tx = Tx::new(Conn::Sqlite(conn));
    let answer = match catch_unwind(AssertUnwindSafe(|| unit.run(&mut tx).now_or_never())) {
        Ok(Some(answer)) => tx.judged(answer),
        Ok(None) => Err(StoreError::Strayed.into()),
        Err(_) => Err(StoreError::Panicked.into()),
    };
    (answer, tx.wakes())
}

fn job<U: Unit>(unit: U, to: oneshot::Sender<Result<U::Output, U::Error>>) -> Job {
    Box::new(move |conn| {
        let (result, wakes) = finished(&unit, conn);
        let keep = result.is_ok();
        let answer: Answer = Box::new(move |durable| {
            let result = match durable {
                Ok(()) => result,
                Err(why) => result.and_then(|_| Err(StoreError::Batch(why.to_owned()).into())),
            };
            // The caller may have gone away.
            let _ = to.send(result);
        });
        Ran { keep, wakes: keep && wakes, answer }
    })
}

/// The thread that does all writing. Its fields go in this order: the connection, the lock, the word that it has ended.
struct Writer {
    conn: Connection,
    work: mpsc::Receiver<Work>,
    hook: CommitHook,
    commits: u64,
    bell: Bell,
    _lock: Arc<Lock>,
    _ending: watch::Sender<()>,
}

impl Writer {
    fn run(mut self) {
        while let Some(first) = self.next() {
            let mut answers = Vec::new();
            let durable = self.batch(first, &mut answers).map_err(|error| self.roll_back(&error));
            for answer in answers {
                answer(durable.as_ref().copied().map_err(String::as_str));
            }
        }
    }

    /// Waits for the next unit; `None` when there will be none.
    fn next(&mut self) -> Option<Job> {
        loop {
            match self.work.blocking_recv()? {
                Work::Unit(job) => return Some(job),
                Work::Close => self.work.close(),
            }
        }
    }

    /// The next unit, where one waits.
    fn waiting(&mut self) -> Option<Job> {
        loop {
            match self.work.try_recv().ok()? {
                Work::Unit(job) => return Some(job),
                Work::Close => self.work.close(),
            }
        }
    }

    /// Runs `first` and what else is waiting, and commits it all.
    fn batch(&mut self, first: Job, answers: &mut Vec<Answer>) -> rusqlite::Result<()> {
        self.sql("BEGIN IMMEDIATE")?;
        let (mut next, mut ring) = (Some(first), false);
        while let Some(job) = next.take() {
            self.sql("SAVEPOINT unit")?;
            let Ran { keep, wakes, answer } = job(&mut self.conn);
            ring |= wakes;
            answers.push(answer);
            if self.conn.is_autocommit() {
                return Err(ended()); // disk full or I/O error: SQLite has rolled back the whole batch
            }
            if !keep {
                self.sql("ROLLBACK TO unit")?;
            }
            self.sql("RELEASE unit")?;
            if answers.len() < BATCH {
                next = self.waiting();
            }
        }
        self.commits += 1;
        if self.hook.fails(self.commits, Point::Before) {
            return Err(ended());
        }
        self.sql("COMMIT")?;
        self.hook.fails(self.commits, Point::After);
        if ring {
            self.bell.ring();
        }
        Ok(())
    }

    fn sql(&self, text: &str) -> rusqlite::Result<()> {
        self.conn.prepare_cached(text)?.execute([]).map(drop)
    }

    fn roll_back(&self, error: &rusqlite::Error) -> String {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::error!(event = "store.rollback_failed", %error);
        }
        error.to_string()
    }
}

fn ended() -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ABORT);
    rusqlite::Error::SqliteFailure(code, Some("the database ended the transaction".to_owned()))
}

impl Lock {
    /// Makes sure that no other process has the database open.
    pub(crate) fn take(path: &Path) -> Result<Self> {
        let beside = path.with_added_extension("lock");
        let not_writable =
            |source: std::io::Error| StoreError::NotWritable { path: path.to_owned(), source: source.into() };
        let file = File::options().create(true).truncate(false).write(true).open(&beside);
        let file = file.map_err(not_writable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
            Err(std::fs::TryLockError::Error(error)) => Err(not_writable(error)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // By name and not by closing the file: a process that is being started from here may hold a copy of it for a moment.
        let _ = self.0.unlock();
    }
}

/// A connection whose settings were read back: nothing acknowledged is lost with the power.
fn connect(path: &Path, read_only: bool) -> Result<Connection> {
    let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { writing };
    let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let not_writable =
        |source: rusqlite::Error| StoreError::NotWritable { path: path.to_owned(), source: source.into() };
    let conn = conn.map_err(not_writable)?;
    if !read_only {
        conn.pragma_update(None, "journal_mode", "wal").map_err(not_writable)?;
    }
    conn.pragma_update(None, "synchronous", "FULL").map_err(StoreError::sqlite)?;
    conn.pragma_update(None, "foreign_keys", "ON").map_err(StoreError::sqlite)?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    setting(&conn, "journal_mode", "wal")?;
    setting(&conn, "synchronous", "2")?;
    setting(&conn, "foreign_keys", "1")?;
    Ok(conn)
}

/// A connection for reading, in the process that writes.
fn reading(path: &Path) -> Result<Connection> {
    connect(path, true)
}

/// A connection for reading, beside the process that writes or on a copy. Nothing is asked of its settings: it acknowledges
/// nothing.
pub(crate) fn connect_beside(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags);
    let conn =
        conn.map_err(|source| StoreError::NotReadable { path: path.to_owned(), source: source.into() })?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    Ok(conn)
}

fn setting(conn: &Connection, setting: &'static str, wanted: &'static str) -> Result<()> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    let found = match conn.pragma_query_value(None, setting, read).map_err(StoreError::sqlite)? {
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    if found == wanted { Ok(()) } else { Err(StoreError::NotDurable { setting, found, wanted }) }
}
