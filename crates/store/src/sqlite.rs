//! SQLite: one thread writes, each unit in a savepoint, a batch of units committed at once; a few connections read.

use crate::{
    Sql,
    error::{Result, StoreError},
    faults::{CommitHook, Point},
    migrate,
    shape::{Kind, Shape},
    sqlite_file::{self, Lock},
    tx::{Conn, Tx},
    unit::Unit,
    wakes::{Bell, Wakes},
};
use futures_util::FutureExt;
use rusqlite::Connection;
use std::{
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
    free: Arc<Semaphore>,
    /// None once closed.
    lock: Mutex<Option<Arc<Lock>>>,
}

/// What the writer is asked for.
enum Work {
    Unit(Job),
    /// To finish what was asked for before, and end.
    Close,
}

/// What the writer does with a unit: runs it, unless its batch is undone already, and hands back how to answer once the batch
/// is durable.
type Job = Box<dyn FnOnce(Option<&mut Connection>) -> Ran + Send>;

struct Ran {
    keep: bool,
    /// Whether workers are woken once it is durable.
    wakes: bool,
    /// Whether there was no room for what it wrote.
    full: bool,
    answer: Answer,
}

/// Answers a unit; the argument says why its batch was rolled back, if it was.
type Answer = Box<dyn FnOnce(Result<(), &StoreError>) + Send>;

impl Sqlite {
    /// Opens the file, makes it if it does not exist, and migrates it.
    pub(crate) fn open(path: &Path, hook: CommitHook) -> Result<Self> {
        let lock = Arc::new(Lock::take(path)?);
        let conn = sqlite_file::for_writing(path)?;
        let idle = (0..READERS).map(|_| sqlite_file::for_reading(path)).collect::<Result<_>>()?;
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
            connect: sqlite_file::for_reading,
            idle: Mutex::new(idle),
            free: Arc::new(Semaphore::new(READERS as usize)),
            lock: Mutex::new(Some(lock)),
        };
        Ok(Self { readers: Arc::new(readers), writer, ended, bell, read_only: false })
    }

    /// Opens the file for reading, beside whoever writes it.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self> {
        let first = sqlite_file::beside(path)?;
        migrate::sqlite_as_known(&first)?;
        let readers = Readers {
            path: path.to_owned(),
            connect: sqlite_file::beside,
            idle: Mutex::new(vec![first]),
            free: Arc::new(Semaphore::new(READERS as usize)),
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
        if U::IS_BRIEF
            && let Some(answer) = self.readers.read_here(&unit)
        {
            return answer;
        }
        self.readers.with(move |conn| read(&unit, conn)).await
    }

    /// Parameters and columns of a statement.
    pub(crate) async fn shape(&self, sql: &'static Sql) -> Result<Shape> {
        let prepared = self.readers.with(|conn| {
            let statement = conn.prepare(sql.sqlite).map_err(StoreError::sqlite)?;
            let columns = statement.columns();
            let columns =
                columns.map(|column| (column.name().to_owned(), column.decl_type().map(Kind::sqlite)));
            Ok(Shape { parameters: vec![None; statement.parameter_count()], columns: columns.collect() })
        });
        prepared.await
    }

    /// Copies the whole database, as of one moment, to a new file while it is in use.
    pub(crate) async fn copy_to(&self, target: PathBuf) -> Result<()> {
        let copied = self.readers.with(move |conn| {
            let target = target.to_string_lossy();
            conn.execute("VACUUM INTO ?1", [&*target]).map(drop).map_err(StoreError::sqlite)
        });
        copied.await
    }
}

impl Readers {
    /// Reads a unit without waiting; `None` where every connection is lent, or all are closed.
    fn read_here<U: Unit>(&self, unit: &U) -> Option<Result<U::Output, U::Error>> {
        let _turn = self.free.try_acquire().ok()?;
        Some(self.lend(|conn| read(unit, conn)))
    }

    /// Waits for a reading connection and lends it, on a thread that may wait for the disk. No such thread is taken before there is a
    /// connection for it: a crowd of readers would be as many threads, and waking them one after the other took longer than they read.
    async fn with<T, E>(
        self: &Arc<Self>,
        f: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let turn = Arc::clone(&self.free).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let readers = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            // Given back when the thread has read, also when the caller went away.
            let _turn = turn;
            readers.lend(f)
        });
        done.await.unwrap_or_else(|_| Err(StoreError::Panicked.into()))
    }

    /// Lends a reading connection to whoever has a turn; one that ends inside a transaction is closed instead of lent again.
    fn lend<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Connection) -> Result<T, E>) -> Result<T, E> {
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

/// Runs a unit that only reads.
fn read<U: Unit>(unit: &U, conn: &mut Connection) -> Result<U::Output, U::Error> {
    said(conn, "BEGIN")?;
    let Finished { answer, .. } = finished(unit, conn);
    // A connection that cannot end its transaction is not lent again; the unit's own answer stands.
    if let Err(error) = said(conn, "ROLLBACK") {
        tracing::warn!(event = "store.rollback_failed", %error);
    }
    answer
}

/// What a unit came to.
struct Finished<U: Unit> {
    answer: Result<U::Output, U::Error>,
    /// Whether workers are to be woken.
    wakes: bool,
    /// Whether there was no room for what it wrote.
    full: bool,
}

/// Runs `unit` to its end on this thread; one that panics or waits for something else is rolled back.
fn finished<U: Unit>(unit: &U, conn: &mut Connection) -> Finished<U> {
    let mut tx = Tx::new(Conn::Sqlite(conn));
    let answer = match catch_unwind(AssertUnwindSafe(|| unit.run(&mut tx).now_or_never())) {
        Ok(Some(answer)) => tx.judged(answer),
        Ok(None) => Err(StoreError::Strayed.into()),
        Err(_) => Err(StoreError::Panicked.into()),
    };
    Finished { answer, wakes: tx.wakes(), full: tx.full() }
}

fn job<U: Unit>(unit: U, to: oneshot::Sender<Result<U::Output, U::Error>>) -> Job {
    Box::new(move |conn| {
        let ran = conn.map(|conn| finished(&unit, conn));
        let keep = ran.as_ref().is_some_and(|ran| ran.answer.is_ok());
        let full = ran.as_ref().is_some_and(|ran| ran.full);
        let wakes = keep && ran.as_ref().is_some_and(|ran| ran.wakes);
        let answer: Answer = Box::new(move |durable| {
            let durable = durable.map_err(|why| U::Error::from(undone(why)));
            let answer = match ran {
                Some(Finished { answer: Err(own), .. }) => Err(own),
                Some(Finished { answer: done, .. }) => durable.and(done),
                None => durable.and(Err(StoreError::Closed.into())),
            };
            // The caller may have gone away.
            let _ = to.send(answer);
        });
        Ran { keep, wakes, full, answer }
    })
}

/// What a unit is told whose batch was rolled back because of `why`.
fn undone(why: &StoreError) -> StoreError {
    match why {
        StoreError::Full => StoreError::Full,
        why => StoreError::Batch(why.to_string()),
    }
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
            let durable = self.batch(first, &mut answers).inspect_err(|_| self.roll_back());
            for answer in answers {
                answer(durable.as_ref().copied());
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
    fn batch(&mut self, first: Job, answers: &mut Vec<Answer>) -> Result<()> {
        let (mut next, mut ring) = (Some(first), false);
        let mut so_far = self.sql("BEGIN IMMEDIATE");
        while let Some(job) = next.take() {
            so_far = so_far.and_then(|()| self.sql("SAVEPOINT unit"));
            let Ran { keep, wakes, full, answer } = job(so_far.is_ok().then_some(&mut self.conn));
            ring |= wakes;
            answers.push(answer);
            so_far = so_far.and_then(|()| self.end_unit(keep, full));
            if so_far.is_ok() && answers.len() < BATCH {
                next = self.waiting();
            }
        }
        so_far?;
        self.commits += 1;
        if self.hook.fails(self.commits, Point::Before) {
            return Err(StoreError::sqlite(ended()));
        }
        self.sql("COMMIT")?;
        self.hook.fails(self.commits, Point::After);
        if ring {
            self.bell.ring();
        }
        Ok(())
    }

    fn end_unit(&self, keep: bool, full: bool) -> Result<()> {
        // On a full disk and on a failing one SQLite rolls back the whole batch by itself.
        if self.conn.is_autocommit() {
            return Err(if full { StoreError::Full } else { StoreError::sqlite(ended()) });
        }
        if !keep {
            self.sql("ROLLBACK TO unit")?;
        }
        self.sql("RELEASE unit")
    }

    fn sql(&self, text: &str) -> Result<()> {
        said(&self.conn, text)
    }

    fn roll_back(&self) {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::error!(event = "store.rollback_failed", %error);
        }
    }
}

/// Says one of the few statements around units, which stay prepared.
fn said(conn: &Connection, text: &str) -> Result<()> {
    let done = conn.prepare_cached(text).and_then(|mut statement| statement.execute([]));
    done.map(drop).map_err(StoreError::sqlite)
}

fn ended() -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ABORT);
    rusqlite::Error::SqliteFailure(code, Some("the database ended the transaction".to_owned()))
}
