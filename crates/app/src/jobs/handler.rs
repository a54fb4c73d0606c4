//! What does the jobs of one kind.

use crate::{Desk, failure::DeskError};
use std::{future::Future, pin::Pin};
use store::{StoreError, jobs::Claimed};

/// Does the jobs of one kind.
///
/// A job may run more than once: its process may end, or be slow until another takes the job over. An effect in the database
/// happens exactly once when its unit also says [`Claimed::complete_with`]; any other happens at least once, and carries the
/// job's id for whoever receives it. The desk has claimed the job for five minutes; what takes longer says
/// [`Desk::keep_job`].
pub trait Handler: Send + Sync + 'static {
    /// The kind of its jobs, such as `webhook.send`.
    fn kind(&self) -> &'static str;

    /// Does one. The job is completed afterwards, if that did not happen in a unit of the handler.
    fn handle(&self, desk: &Desk, job: &Claimed) -> impl Future<Output = Result<(), JobFailure>> + Send;
}

/// Why a job was not done. The reasons are kept and logged: without personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobFailure {
    /// It may succeed another time.
    #[error("{why}")]
    Later {
        /// Why it did not this time.
        why: String,
    },
    /// It never will.
    #[error("{why}")]
    Never {
        /// Why.
        why: String,
    },
}

impl From<DeskError> for JobFailure {
    /// The database may be back another time.
    fn from(error: DeskError) -> Self {
        Self::Later { why: error.to_string() }
    }
}

impl From<StoreError> for JobFailure {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
    }
}

/// A handler of any kind.
pub(super) trait AnyHandler: Send + Sync {
    fn handle<'a>(
        &'a self,
        desk: &'a Desk,
        job: &'a Claimed,
    ) -> Pin<Box<dyn Future<Output = Result<(), JobFailure>> + Send + 'a>>;
}

impl<H: Handler> AnyHandler for H {
    fn handle<'a>(
        &'a self,
        desk: &'a Desk,
        job: &'a Claimed,
    ) -> Pin<Box<dyn Future<Output = Result<(), JobFailure>> + Send + 'a>> {
        Box::pin(Handler::handle(self, desk, job))
    }
}
