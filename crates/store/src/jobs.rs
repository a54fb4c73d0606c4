//! Jobs: what the desk does by itself, added in the transaction of the change that asks for it (an outbox).
//!
//! A job is claimed for a while. Its holder may die, or be slow and lose the job to another: everything that a holder writes
//! names its claim, and changes nothing once the job was claimed again.

use crate::{
    JobClaim, JobId,
    error::{Result, StoreError},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A job to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// By which its handler is found, such as `webhook.send`.
    pub kind: String,
    /// What the handler needs to know: ids rather than the things themselves.
    pub payload: Vec<u8>,
    /// Of the jobs with the same key only the first is added, for as long as that is kept.
    pub dedupe: Option<String>,
    /// When it may be done first, in microseconds since 1970.
    pub due_at: i64,
    /// When it is added, in microseconds since 1970.
    pub made_at: i64,
}

/// A job that was claimed, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its id.
    pub id: JobId,
    /// The claim, which whatever is written about the job names.
    pub claim: JobClaim,
    /// By which its handler is found.
    pub kind: String,
    /// What the handler needs to know.
    pub payload: Vec<u8>,
    /// How often it was claimed since it was added or revived, this time included.
    pub tries: i64,
    /// When it was added, in microseconds since 1970.
    pub made_at: i64,
    /// When others may claim it, in microseconds since 1970.
    pub until: i64,
}

impl Claimed {
    /// Completes the job in the unit of its effect, so that both are kept or neither: the effect happens exactly once. Fails
    /// the unit when the job was claimed by another meanwhile.
    pub async fn complete_with(&self, tx: &mut Tx<'_>, at: i64) -> Result<()> {
        let completed = complete(tx, self, at).await?;
        if completed { Ok(()) } else { Err(StoreError::LeaseLost(format!("job {}", self.id))) }
    }
}

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be done, or being done.
    Waiting,
    /// Done.
    Done,
    /// Given up, until somebody revives it.
    Dead,
}

/// A job as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// By which its handler is found.
    pub kind: String,
    /// Where it is.
    pub state: State,
    /// How often it was claimed since it was added or revived.
    pub tries: i64,
    /// When it may be claimed next, in microseconds since 1970.
    pub due_at: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was added, in microseconds since 1970.
    pub made_at: i64,
    /// When it was done or given up, in microseconds since 1970.
    pub ended_at: Option<i64>,
}

/// How many jobs of one kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: String,
    /// To be done, and those being done.
    pub waiting: i64,
    /// Given up.
    pub dead: i64,
    /// When the earliest of those waiting may be claimed, in microseconds since 1970.
    pub earliest: Option<i64>,
}

/// Which jobs are claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claiming {
    /// Of this kind.
    pub kind: String,
    /// Due at this time, in microseconds since 1970.
    pub now: i64,
    /// Under this claim; never the same twice.
    pub claim: JobClaim,
    /// Until then nobody else claims them, in microseconds since 1970.
    pub until: i64,
    /// So many at most.
    pub most: i64,
}

/// Why a job failed, and when it is tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Why, without personal data; the first [`LONGEST_ERROR`] characters are kept.
    pub why: String,
    /// When it failed, in microseconds since 1970.
    pub at: i64,
    /// When it is tried again, in microseconds since 1970; `None` gives it up.
    pub again_at: Option<i64>,
}

/// Characters that are kept of an error: enough for a sentence and a status, too little for a page.
pub const LONGEST_ERROR: usize = 300;

/// Kinds that are told at most: more than any program has.
const MOST_KINDS: i64 = 1000;

impl Row for Claimed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            claim: columns.get(1)?,
            kind: columns.get(2)?,
            payload: columns.get(3)?,
            tries: columns.get(4)?,
            made_at: columns.get(5)?,
            until: columns.get(6)?,
        })
    }
}

impl Row for Job {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            kind: columns.get(1)?,
            state: State::read(columns.get(2)?)?,
            tries: columns.get(3)?,
            due_at: columns.get(4)?,
            last_error: columns.get(5)?,
            made_at: columns.get(6)?,
            ended_at: columns.get(7)?,
        })
    }
}

impl Row for Count {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            kind: columns.get(0)?,
            waiting: columns.get(1)?,
            dead: columns.get(2)?,
            earliest: columns.get(3)?,
        })
    }
}

impl State {
    fn read(word: String) -> Result<Self> {
        match word.as_str() {
            "waiting" => Ok(Self::Waiting),
            "done" => Ok(Self::Done),
            "dead" => Ok(Self::Dead),
            _ => Err(StoreError::Unreadable { what: "jobs.state", found: word }),
        }
    }
}

statements! {
    ADD = "INSERT INTO jobs (id, kind, payload, dedupe, due_at, tries, state, made_at)
           VALUES ($1, $2, $3, $4, $5, 0, 'waiting', $6) ON CONFLICT (dedupe) DO NOTHING";
    // `ANY (ARRAY …)` is evaluated once; PostgreSQL may run an `IN` again for each row, and lock more than it was asked for.
    CLAIM = "UPDATE jobs SET lease = $3, due_at = $4, tries = tries + 1
             WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' AND kind = $1 AND due_at <= $2
                          ORDER BY due_at, id LIMIT $5)
             RETURNING id, lease, kind, payload, tries, made_at, due_at",
        postgres: "UPDATE jobs SET lease = $3, due_at = $4, tries = tries + 1
             WHERE id = ANY (ARRAY (SELECT id FROM jobs WHERE state = 'waiting' AND kind = $1 AND due_at <= $2
                                    ORDER BY due_at, id LIMIT $5 FOR UPDATE SKIP LOCKED))
             RETURNING id, lease, kind, payload, tries, made_at, due_at";
    EXTEND = "UPDATE jobs SET due_at = $3 WHERE id = $1 AND lease = $2 AND state = 'waiting'";
    COMPLETE = "UPDATE jobs SET state = 'done', last_error = NULL, ended_at = $3
                WHERE id = $1 AND lease = $2 AND state = 'waiting'";
    IS_COMPLETE = "SELECT CAST(1 AS BIGINT) AS done FROM jobs WHERE id = $1 AND lease = $2 AND state = 'done'";
    PUT_OFF = "UPDATE jobs SET due_at = $3, last_error = $4, lease = NULL
               WHERE id = $1 AND lease = $2 AND state = 'waiting'";
    GIVE_UP = "UPDATE jobs SET state = 'dead', ended_at = $3, last_error = $4, lease = NULL
               WHERE id = $1 AND lease = $2 AND state = 'waiting'";
    REVIVE = "UPDATE jobs SET state = 'waiting', ended_at = NULL, tries = 0, due_at = $2
              WHERE id = $1 AND state = 'dead'";
    BY_ID = "SELECT id, kind, state, tries, due_at, last_error, made_at, ended_at FROM jobs WHERE id = $1";
    DEAD = "SELECT id, kind, state, tries, due_at, last_error, made_at, ended_at FROM jobs WHERE state = 'dead'
            ORDER BY ended_at DESC, id DESC LIMIT $1";
    // From one kind to the next by the index: as many steps as there are kinds, however many jobs are waiting.
    KINDS = "WITH RECURSIVE waiting (kind) AS (
                 SELECT MIN(kind) FROM jobs WHERE state = 'waiting'
                 UNION ALL
                 SELECT (SELECT MIN(jobs.kind) FROM jobs WHERE jobs.state = 'waiting' AND jobs.kind > waiting.kind)
                 FROM waiting WHERE waiting.kind IS NOT NULL)
             SELECT kind, (SELECT MIN(jobs.due_at) FROM jobs
                           WHERE jobs.state = 'waiting' AND jobs.kind = waiting.kind) AS earliest
             FROM waiting WHERE kind IS NOT NULL ORDER BY earliest, kind LIMIT $1";
    COUNTS = "SELECT kind, CAST(SUM(waiting) AS BIGINT) AS waiting, CAST(SUM(dead) AS BIGINT) AS dead, MIN(due_at) AS earliest
              FROM (SELECT kind, 1 AS waiting, 0 AS dead, due_at FROM jobs WHERE state = 'waiting'
                    UNION ALL
                    SELECT kind, 0, 1, NULL FROM jobs WHERE state = 'dead') AS counted
              GROUP BY kind ORDER BY kind LIMIT $1";
    DONE = "SELECT ended_at, id FROM jobs WHERE state = 'done' AND (ended_at, id) > ($1, $2) AND ended_at <= $3 ORDER BY ended_at, id LIMIT $4";
    FORGET = "DELETE FROM jobs WHERE id = $1 AND state = 'done'";
}

/// Adds a job in the unit of the change that asks for it; 0 rows when one with the same key was added before. Workers of
/// this process are woken once it is kept; those of others too when the unit says [`Tx::wake`].
pub fn adding(job: &NewJob) -> Write<'_> {
    let NewJob { id, kind, payload, dedupe, due_at, made_at } = job;
    Write::new(&ADD, vec![id, kind, payload, dedupe, due_at, made_at]).waking()
}

/// Claims jobs that are due, earliest first, and those whose claim ran out. In no order. Best in a unit of its own that is
/// kept apart [by statements](crate::Isolation::EachStatement): so it collides with nobody.
pub async fn claim(tx: &mut Tx<'_>, which: &Claiming) -> Result<Vec<Claimed>> {
    let Claiming { kind, now, claim, until, most } = which;
    tx.all(&CLAIM, &[kind, now, claim, until, most]).await
}

/// Keeps a job until `until`, in microseconds since 1970; `false` when it was claimed by another, or has ended.
pub async fn extend(tx: &mut Tx<'_>, job: &Claimed, until: i64) -> Result<bool> {
    Ok(tx.execute(&EXTEND, &[&job.id, &job.claim, &until]).await? == 1)
}

/// Completes a job; `false` when it was claimed by another, or has failed. Again under the same claim it is `true` again.
pub async fn complete(tx: &mut Tx<'_>, job: &Claimed, at: i64) -> Result<bool> {
    if tx.execute(&COMPLETE, &[&job.id, &job.claim, &at]).await? == 1 {
        return Ok(true);
    }
    Ok(tx.optional::<(i64,)>(&IS_COMPLETE, &[&job.id, &job.claim]).await?.is_some())
}

/// Puts a job off, or gives it up; `false` when it was claimed by another, or has ended.
pub async fn fail(tx: &mut Tx<'_>, job: &Claimed, failing: &Failing) -> Result<bool> {
    let why: String = failing.why.chars().take(LONGEST_ERROR).collect();
    let (statement, when) = match &failing.again_at {
        Some(again_at) => (&PUT_OFF, again_at),
        None => (&GIVE_UP, &failing.at),
    };
    Ok(tx.execute(statement, &[&job.id, &job.claim, when, &why]).await? == 1)
}

/// Lets a job that was given up be tried anew at `due_at`, in microseconds since 1970; `false` when it was not given up.
pub async fn revive(tx: &mut Tx<'_>, id: JobId, due_at: i64) -> Result<bool> {
    Ok(tx.execute(&REVIVE, &[&id, &due_at]).await? == 1)
}

/// The job with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: JobId) -> Result<Option<Job>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// Jobs that were given up, the last one first.
pub async fn dead(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Job>> {
    tx.all(&DEAD, &[&most]).await
}

/// Each kind of which jobs are waiting, and when its earliest may be claimed, that one first.
pub async fn kinds(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    tx.all(&KINDS, &[&MOST_KINDS]).await
}

/// How many jobs of each kind are waiting or given up. It reads all of them.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<Count>> {
    tx.all(&COUNTS, &[&MOST_KINDS]).await
}

/// Jobs that were done at `until` or before, behind the end and job of `after`, the longest ago first, no more than `most`: when each was
/// done, in microseconds since 1970, and its id.
pub async fn done(tx: &mut Tx<'_>, until: i64, after: &(i64, JobId), most: i64) -> Result<Vec<(i64, JobId)>> {
    tx.all(&DONE, &[&after.0, &after.1, &until, &most]).await
}

/// Forgets a job that was done, and with it its key: one row, or none where it was not done.
pub fn forgetting(id: &JobId) -> Write<'_> {
    Write::new(&FORGET, vec![id])
}
