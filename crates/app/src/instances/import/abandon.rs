//! Giving up an import of which nothing was applied, and forgetting what imports that have ended once read.

use super::{ImportError, ImportReport, ImportState, KIND, advance, find, report};
use crate::{
    Desk,
    clock::following,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use store::{
    OperationId, Tx, Unit, import_rows,
    operations::{self, Operation},
};

/// Rows that are forgotten in one transaction.
pub(super) const FORGOTTEN_AT_ONCE: i64 = 2000;

impl Desk {
    /// Gives up an import that is being read or waits to be applied. One that is being applied is finished instead.
    pub async fn abandon_import(&self, id: OperationId) -> Result<ImportReport, ImportError> {
        let now = self.now();
        let report = self.write(|_| Ok(Abandon { id, now })).await?;
        self.tidy_imports().await?;
        Ok(report)
    }

    /// Forgets the rows of imports that have ended.
    pub(super) async fn tidy_imports(&self) -> Result<(), DeskError> {
        while self.write::<_, DeskError>(|_| Ok(Tidy)).await? {}
        Ok(())
    }
}

struct Abandon {
    id: OperationId,
    now: Timestamp,
}

impl Unit for Abandon {
    type Output = ImportReport;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ImportReport, Self::Error> {
        let found = find(tx, self.id).await?;
        match found.state {
            ImportState::Abandoned => Ok(report(&found)?),
            ImportState::Applying | ImportState::Done => {
                Err(Failed::Because(ImportError::BeingApplied(self.id)))
            }
            ImportState::Staging | ImportState::Staged => {
                let changed_at = following(self.now, [found.changed_at])?.as_microsecond();
                let after = Operation { state: ImportState::Abandoned, changed_at, ..found.clone() };
                advance(tx, &found, &after).await?;
                Ok(report(&after)?)
            }
        }
    }
}

/// Forgets a piece; whether there may be more.
struct Tidy;

impl Unit for Tidy {
    type Output = bool;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        // One of them may be open.
        let ended =
            operations::with_rows(tx, KIND, 2).await?.into_iter().find(|found| !found.state.is_open());
        let Some(ended) = ended else { return Ok(false) };
        if import_rows::forget(tx, ended.id, FORGOTTEN_AT_ONCE).await? == 0 {
            operations::advance(tx, &ended, &Operation { rows_left: false, ..ended.clone() }).await?;
        }
        Ok(true)
    }
}
