//! The worker that claims jobs which are due and has them done.

use super::{
    back_off::{MOST_TRIES, again_at},
    handler::{AnyHandler, Handler, JobFailure},
};
use crate::{Desk, Worker, failure::DeskError};
use futures_util::{FutureExt, future::join_all};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZero,
    panic::AssertUnwindSafe,
    sync::{Mutex, PoisonError},
};
use store::{
    Isolation, StoreError, Tx, Unit,
    jobs::{self, Claimed, Claiming, Failing},
};

/// How long a job is claimed: what a handler does outside is bounded to seconds, and one whose process died waits this long
/// for the next.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Jobs that are done at the same time, unless the queue is told otherwise: most of their time they wait for others.
const AT_ONCE: NonZero<u32> = NonZero::new(16).unwrap();
/// When to look again after the database failed, or when other processes are at what is due.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// Claims jobs that are due, of the kinds that it has handlers for, and has them done.
///
/// A job of a kind that it does not know stays where it is: a newer process may know it.
pub struct Queue {
    desk: Desk,
    handlers: BTreeMap<&'static str, Box<dyn AnyHandler>>,
    at_once: NonZero<u32>,
    /// Kinds without a handler, each told once.
    told: Mutex<BTreeSet<String>>,
}

impl Queue {
    /// A queue without handlers.
    pub fn new(desk: Desk) -> Self {
        Self { desk, handlers: BTreeMap::new(), at_once: AT_ONCE, told: Mutex::default() }
    }

    /// The same, with a handler; the last one of a kind counts.
    #[must_use]
    pub fn with(mut self, handler: impl Handler) -> Self {
        self.handlers.insert(handler.kind(), Box::new(handler));
        self
    }

    /// The same, with that many jobs done at the same time.
    #[must_use]
    pub fn at_once(self, at_once: NonZero<u32>) -> Self {
        Self { at_once, ..self }
    }

    /// Does what is due at `now`, a bounded piece of it. When to look again.
    async fn round(&self, now: Timestamp) -> Result<Option<Timestamp>, DeskError> {
        let waiting = self.desk.store().read(Waiting).await?;
        self.tell_unknown(&waiting);
        let known: Vec<&(String, i64)> =
            waiting.iter().filter(|(kind, _)| self.handlers.contains_key(kind.as_str())).collect();
        let due: Vec<&str> = known
            .iter()
            .filter(|(_, earliest)| *earliest <= now.as_microsecond())
            .map(|(kind, _)| kind.as_str())
            .collect();
        if due.is_empty() {
            let earliest = known.iter().map(|(_, earliest)| *earliest).min();
            return Ok(earliest.map(|at| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)));
        }
        let claimed = self.claim(&due, now).await?;
        if claimed.is_empty() {
            return Ok(Some(after(now, SOON)));
        }
        // Drawn before, so that what chance gives does not depend on who is done first.
        let jobs: Vec<(Claimed, u32)> = claimed
            .into_iter()
            .map(|job| (job, u32::from_le_bytes(self.desk.chance().draw().bytes())))
            .collect();
        join_all(jobs.iter().map(|(job, chance)| self.run(job, *chance))).await;
        Ok(Some(now))
    }

    /// Says once of each kind that nobody here does its jobs.
    fn tell_unknown(&self, waiting: &[(String, i64)]) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for (kind, _) in waiting {
            if !self.handlers.contains_key(kind.as_str()) && told.insert(kind.clone()) {
                tracing::warn!(event = "jobs.unknown_kind", kind);
            }
        }
    }

    /// Claims as many jobs as are done at once, of each kind its share, so that many of one kind do not hold up the others.
    async fn claim(&self, due: &[&str], now: Timestamp) -> Result<Vec<Claimed>, StoreError> {
        let until = after(now, LEASE).as_microsecond();
        let mut claimed = Vec::new();
        for (nth, kind) in due.iter().enumerate() {
            let free = (self.at_once.get() as usize).saturating_sub(claimed.len());
            let most = i64::try_from(free.div_ceil(due.len() - nth)).unwrap_or(i64::MAX);
            if most == 0 {
                break;
            }
            let claim = self.desk.chance().draw().id(now);
            let now = now.as_microsecond();
            let unit = Claim(Claiming { kind: (*kind).to_owned(), now, claim, until, most });
            claimed.extend(self.desk.store().write(unit).await?);
        }
        Ok(claimed)
    }

    /// Has one job done and writes down what became of it.
    async fn run(&self, job: &Claimed, chance: u32) {
        let outcome = self.outcome(job).await;
        let at = self.desk.now();
        let end = match &outcome {
            Ok(()) => End::Completed { at: at.as_microsecond() },
            Err(failure) => End::Failed(failing(failure, job, at, chance)),
        };
        if let Err(failure) = &outcome {
            tell(failure, job, &end);
        }
        let written = self.desk.store().write(Write { job: job.clone(), end }).await;
        let (id, kind) = (job.id, &job.kind);
        match written {
            Ok(true) => {}
            Ok(false) => tracing::warn!(event = "jobs.lost", %id, kind),
            // It is claimed again when this claim runs out.
            Err(error) => tracing::warn!(event = "jobs.not_written", %id, kind, %error),
        }
    }

    async fn outcome(&self, job: &Claimed) -> Result<(), JobFailure> {
        // Only those whose process never came back are claimed more often: they may be what ended it.
        if job.tries > MOST_TRIES {
            return Err(JobFailure::Never {
                why: "it was claimed again and again and never came back".to_owned(),
            });
        }
        let Some(handler) = self.handlers.get(job.kind.as_str()) else {
            return Err(JobFailure::Later { why: "no handler".to_owned() });
        };
        let outcome = AssertUnwindSafe(handler.handle(&self.desk, job)).catch_unwind().await;
        outcome.unwrap_or_else(|_| Err(JobFailure::Later { why: "its handler panicked".to_owned() }))
    }
}

impl Worker for Queue {
    fn name(&self) -> &'static str {
        "jobs"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        self.round(now).await.unwrap_or_else(|error| {
            tracing::error!(event = "jobs.step_failed", %error);
            Some(after(now, SOON))
        })
    }
}

fn failing(failure: &JobFailure, job: &Claimed, at: Timestamp, chance: u32) -> Failing {
    let again_at = match failure {
        JobFailure::Later { .. } => again_at(at, job.tries, chance),
        JobFailure::Never { .. } => None,
    };
    Failing {
        why: failure.to_string(),
        at: at.as_microsecond(),
        again_at: again_at.map(Timestamp::as_microsecond),
    }
}

fn tell(failure: &JobFailure, job: &Claimed, end: &End) {
    let Claimed { id, kind, tries, .. } = job;
    if let End::Failed(Failing { again_at: None, .. }) = end {
        tracing::error!(event = "jobs.dead", %id, kind, tries, why = %failure);
    } else {
        tracing::warn!(event = "jobs.failed", %id, kind, tries, why = %failure);
    }
}

/// `time` later.
pub(super) fn after(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.saturating_add(time).unwrap_or(Timestamp::MAX)
}

/// When a job that is claimed or kept at `now` may be claimed by another.
pub(super) fn lease_end(now: Timestamp) -> Timestamp {
    after(now, LEASE)
}

/// Which kinds are waiting.
struct Waiting;

impl Unit for Waiting {
    type Output = Vec<(String, i64)>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        jobs::kinds(tx).await
    }
}

struct Claim(Claiming);

impl Unit for Claim {
    type Output = Vec<Claimed>;
    type Error = StoreError;

    const ISOLATION: Isolation = Isolation::EachStatement;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        jobs::claim(tx, &self.0).await
    }
}

/// What became of a job.
enum End {
    Completed { at: i64 },
    Failed(Failing),
}

/// Writes it down; `false` when another has the job.
struct Write {
    job: Claimed,
    end: End,
}

impl Unit for Write {
    type Output = bool;
    type Error = StoreError;

    const ISOLATION: Isolation = Isolation::EachStatement;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        match &self.end {
            End::Completed { at } => jobs::complete(tx, &self.job, *at).await,
            End::Failed(failing) => jobs::fail(tx, &self.job, failing).await,
        }
    }
}
