//! Keeps the newest checkpoint outside the database, where whoever restores or rewrites the database does not reach it.

use super::{Outside, later, standing::Standing};
use crate::{
    Desk, Worker,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use store::{Tx, Unit, outside};

/// Seconds between two looks.
const PERIOD: i64 = 2;
/// Seconds until a step that failed is tried again.
const AFTER_FAILURE: i64 = 10;

/// What a step of the keeper came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Outside is what is in the database, or there is nothing to keep.
    Same,
    /// The file was brought up to date.
    Updated,
    /// There was no file, and none was ever kept: it is the first.
    First,
    /// Another process has written the file meanwhile.
    Overtaken,
    /// Database and file contradict each other, or the file was taken away: the desk is read-only, and nothing is written.
    Conflict,
}

/// The worker that keeps the newest checkpoint outside.
#[derive(Clone, Debug)]
pub struct Keeper(Desk);

impl Keeper {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self(desk)
    }
}

impl Worker for Keeper {
    fn name(&self) -> &'static str {
        "ledger.keeper"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        self.0.outside()?;
        match self.0.keep_checkpoint().await {
            Ok(_) => Some(later(now, PERIOD)),
            Err(error) => {
                tracing::error!(event = "ledger.checkpoint_not_kept", %error);
                Some(later(now, AFTER_FAILURE))
            }
        }
    }
}

impl Desk {
    /// Compares the database with the checkpoint outside and brings that up to date.
    pub async fn keep_checkpoint(&self) -> Result<Kept, DeskError> {
        let (Some(standing), Some(outside)) = (self.compare_with_outside().await?, self.outside()) else {
            return Ok(Kept::Same);
        };
        if standing.conflict.is_some() {
            return Ok(Kept::Conflict);
        }
        let marked = standing.kept_since.is_some();
        let kept = bring_up_to_date(outside, standing).await?;
        // After the file, whatever ended this process in between: a mark without a file says that it was taken away.
        if let (false, Some(_)) = (marked, outside.read().await?) {
            let at = self.now().as_microsecond();
            self.write::<_, DeskError>(|_| Ok(Mark { at })).await?;
        }
        Ok(kept)
    }
}

/// Writes the newest checkpoint of the database where the file does not say it yet.
async fn bring_up_to_date(outside: &Outside, standing: Standing) -> Result<Kept, DeskError> {
    let Standing { note, newest, outside: known, .. } = standing;
    let Some(newest) = newest.filter(|newest| Some(newest.checkpoint().head) != known) else {
        return Ok(Kept::Same);
    };
    let first = note.is_none();
    if !outside.replace(note, newest.note().to_owned()).await? {
        return Ok(Kept::Overtaken);
    }
    if first {
        let (file, size) = (outside.path().display(), newest.checkpoint().head.size);
        tracing::warn!(event = "ledger.no_checkpoint_outside", %file, size);
    }
    Ok(if first { Kept::First } else { Kept::Updated })
}

/// Marks in the database that a checkpoint is kept outside.
struct Mark {
    at: i64,
}

impl Unit for Mark {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        Ok(outside::mark(tx, self.at).await?)
    }
}
