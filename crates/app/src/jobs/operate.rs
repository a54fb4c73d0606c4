//! What handlers and the operator do about jobs.

use super::queue::lease_end;
use crate::{Desk, failure::DeskError};
use store::{
    Isolation, JobId, StoreError, Tx, Unit,
    jobs::{self, Claimed, Count, Job},
};

impl Desk {
    /// Keeps a job for five minutes from now, for a handler that takes long; `false` when another has it.
    pub async fn keep_job(&self, job: &Claimed) -> Result<bool, DeskError> {
        let until = lease_end(self.now()).as_microsecond();
        Ok(self.store().write(Keep { job: job.clone(), until }).await?)
    }

    /// Jobs that were given up, the last one first.
    pub async fn dead_jobs(&self, most: u32) -> Result<Vec<Job>, DeskError> {
        Ok(self.store().read(Dead(most.into())).await?)
    }

    /// Has a job that was given up tried anew, as often as a new one; `false` when it was not given up.
    pub async fn revive_job(&self, id: JobId) -> Result<bool, DeskError> {
        Ok(self.store().write(Revive { id, due_at: self.now().as_microsecond() }).await?)
    }

    /// How many jobs of each kind are waiting or given up.
    pub async fn job_counts(&self) -> Result<Vec<Count>, DeskError> {
        Ok(self.store().read(Counts).await?)
    }
}

struct Keep {
    job: Claimed,
    until: i64,
}

impl Unit for Keep {
    type Output = bool;
    type Error = StoreError;

    const ISOLATION: Isolation = Isolation::EachStatement;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        jobs::extend(tx, &self.job, self.until).await
    }
}

struct Dead(i64);

impl Unit for Dead {
    type Output = Vec<Job>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        jobs::dead(tx, self.0).await
    }
}

struct Revive {
    id: JobId,
    due_at: i64,
}

impl Unit for Revive {
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let revived = jobs::revive(tx, self.id, self.due_at).await?;
        tx.wake().await?;
        Ok(revived)
    }
}

struct Counts;

impl Unit for Counts {
    type Output = Vec<Count>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        jobs::counts(tx).await
    }
}
