//! The last runs, as their operations tell them.

use super::{
    What,
    run::{Before, KIND},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::moment,
};
use jiff::Timestamp;
use store::{
    OperationId, Tx, Unit,
    operations::{self, Operation},
};
use uuid::Uuid;

/// A run that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRun {
    /// Who began it, as idempotency keys tell actors apart.
    pub by: String,
    /// When.
    pub begun: Timestamp,
    /// When it ended; `None` where it has not.
    pub ended: Option<Timestamp>,
    /// How many things it let go so far, in the order of [`What::ALL`]; nothing of which there were none.
    pub counts: Vec<(What, u64)>,
}

impl Desk {
    /// The last runs, the newest first, no more than `most`.
    pub async fn retention_runs(&self, most: u32) -> Result<Vec<PastRun>, DeskError> {
        self.read(|_| Ok(FindRuns { most: most.into() })).await
    }
}

struct FindRuns {
    most: i64,
}

impl Unit for FindRuns {
    type Output = Vec<PastRun>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = operations::before(tx, KIND, OperationId::new(Uuid::max()), self.most).await?;
        Ok(found.into_iter().map(told).collect::<Result<_, _>>()?)
    }
}

fn told(run: Operation) -> Result<PastRun, DeskError> {
    let (by, begun) = (run.actor.clone(), moment(run.made_at));
    let ended = (!run.state.is_open()).then(|| moment(run.changed_at));
    let counts = Before(run).counts()?;
    let count = |what: What| counts.get(what.word()).map(|count| (what, *count));
    let counts = What::ALL.into_iter().filter_map(count).filter(|(_, count)| *count > 0).collect();
    Ok(PastRun { by, begun, ended, counts })
}
