//! The worker that runs once a day, whichever process it is in.

use super::run::{KIND, RetentionRun};
use crate::{
    Actor, Desk, Worker,
    failure::{DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use store::{
    OperationId, StoreError, Tx, Unit,
    operations::{self, Operation},
};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Between the beginnings of two runs.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// When it looks again after the database failed.
const LATER: SignedDuration = SignedDuration::from_mins(5);

/// Runs once a day, a rule a step, and finishes what others left.
#[derive(Debug)]
pub struct Retention {
    desk: Desk,
    run: Mutex<Option<RetentionRun>>,
}

impl Retention {
    /// Of that desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk, run: Mutex::new(None) }
    }

    /// When the next run begins; `None` where it is time.
    async fn next(&self, now: Timestamp) -> Result<Option<Timestamp>, DeskError> {
        let Some(last) = self.desk.read::<_, DeskError>(|_| Ok(FindLast)).await? else { return Ok(None) };
        let moment = |at| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX);
        // One that is open is somebody else's as long as he moves it.
        let next = if last.state.is_open() {
            moment(last.held_until)
        } else {
            moment(last.made_at).saturating_add(EVERY).unwrap_or(Timestamp::MAX)
        };
        Ok(Some(next).filter(|next| *next > now))
    }

    /// A step; when to make the next.
    async fn piece(&self, now: Timestamp) -> Result<Timestamp, DeskError> {
        let mut held = self.run.lock().await;
        // Whatever goes wrong with it, the next begins with what the database says.
        let mut run = match held.take() {
            Some(run) => run,
            None => match self.next(now).await? {
                Some(next) => return Ok(next),
                None => self.desk.begin_retention(Actor::Kebei, false).await?,
            },
        };
        if run.step().await?.is_none() {
            *held = Some(run);
        }
        Ok(now)
    }
}

impl Worker for Retention {
    fn name(&self) -> &'static str {
        "retention"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        let later = now.saturating_add(LATER).unwrap_or(Timestamp::MAX);
        if self.desk.conflict().is_some() {
            return Some(later);
        }
        match self.piece(now).await {
            Ok(next) => Some(next),
            Err(DeskError::ReadOnly(_) | DeskError::Store(StoreError::ReadOnly)) => Some(later),
            Err(error) => {
                tracing::warn!(event = "retention.not_run", %error);
                Some(later)
            }
        }
    }
}

/// The run that was begun last.
struct FindLast;

impl Unit for FindLast {
    type Output = Option<Operation>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(operations::before(tx, KIND, OperationId::new(Uuid::max()), 1).await?.pop())
    }
}
