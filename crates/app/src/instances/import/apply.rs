//! Beginning to apply an import that was read: from then on it is finished, whatever happens to processes.

use super::{
    ImportCounts, ImportError, ImportReport, ImportState, advance, counts_of, find, importer, report,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    clock::following,
    deed::decided,
    failure::{DeskError, Failed},
    hex,
    ledger_entry::{entry, ours, row},
    repeatable::{Again, Remembered, Repeatable},
};
use jiff::Timestamp;
use ledger::Entry;
use serde::Serialize;
use store::{
    EntryId, OperationId, Tx, Unit,
    entries::{self, EntryRow},
    operations::Operation,
};

/// The ledger's kind of an entry about an import that begins to be applied.
const BEGUN: &str = "inventory.import-begun";
/// The ledger's kind of an entry about an import that was applied.
const IMPORTED: &str = "inventory.imported";

/// An import is to be applied.
#[derive(Clone, Debug)]
pub struct ApplyImport {
    /// Which.
    pub id: OperationId,
    /// Who says so.
    pub actor: Actor,
    /// Whether that many instances may be gone.
    pub allow_gone: bool,
}

impl Desk {
    /// Begins to apply an import. Asked again it changes nothing: that it was begun stands.
    pub async fn apply_import(&self, apply: ApplyImport) -> Result<ImportReport, ImportError> {
        let actor = importer(&apply.actor)?;
        let now = self.now();
        let entry = self.chance().draw().id(now);
        self.write(|_| Ok(Apply { asked: apply.clone(), actor: actor.clone(), entry, now })).await
    }

    /// The same under a key. Sent again it tells how far the import is now.
    pub async fn apply_import_once(
        &self,
        apply: ApplyImport,
        key: IdempotencyKey,
    ) -> Result<Told<ImportReport>, Failure<ImportError>> {
        let actor = importer(&apply.actor).map_err(Failure::Because)?;
        let asked = (apply.id.to_string(), apply.allow_gone);
        let request = Repeatable::new(&self.ground(), &apply.actor, key, "apply-import", &asked)?;
        let now = self.now();
        let entry = self.chance().draw().id(now);
        let make = |_| {
            let unit = Apply { asked: apply.clone(), actor: actor.clone(), entry, now };
            Ok(Remembered { request: request.clone(), entry, now, unit })
        };
        self.write(make).await
    }
}

struct Apply {
    asked: ApplyImport,
    actor: String,
    entry: EntryId,
    now: Timestamp,
}

impl Unit for Apply {
    type Output = ImportReport;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ImportReport, Self::Error> {
        let Self { asked: ApplyImport { id, actor, allow_gone }, actor: by, entry, now } = self;
        let found = find(tx, *id).await?;
        let standing = || report(&found).map(Box::new);
        match found.state {
            ImportState::Applying | ImportState::Done => return Ok(*standing()?),
            ImportState::Staging | ImportState::Abandoned => {
                return Err(Failed::Because(ImportError::NotToBeApplied(standing()?)));
            }
            ImportState::Staged => {}
        }
        if counts_of(&found)?.needs_consent() && !allow_gone {
            return Err(Failed::Because(ImportError::NeedsConsent(standing()?)));
        }
        let changed_at = following(*now, [found.changed_at])?.as_microsecond();
        let after = Operation {
            state: ImportState::Applying,
            actor: by.clone(),
            cursor: 0,
            changed_at,
            ..found.clone()
        };
        advance(tx, &found, &after).await?;
        let entry = begun(&after, actor, *entry, *allow_gone)?;
        tx.together(&[entries::adding(&entry)]).await?;
        tx.wake().await?;
        Ok(report(&after)?)
    }
}

impl Again for Apply {
    async fn again(&self, tx: &mut Tx<'_>, _: EntryId) -> Result<ImportReport, Self::Error> {
        Ok(report(&find(tx, self.asked.id).await?)?)
    }
}

/// What the ledger keeps of an import. It names no instance and no account.
#[derive(Serialize)]
struct Asked {
    /// SHA-256 of all that was read.
    read: String,
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_gone: Option<bool>,
}

fn begun(operation: &Operation, actor: &Actor, id: EntryId, allow_gone: bool) -> Result<EntryRow, DeskError> {
    said(operation, actor, id, BEGUN, Some(allow_gone))
}

/// The entry that says an import was applied.
pub(super) fn imported(operation: &Operation, actor: &Actor, id: EntryId) -> Result<EntryRow, DeskError> {
    said(operation, actor, id, IMPORTED, None)
}

fn said(
    operation: &Operation,
    actor: &Actor,
    id: EntryId,
    kind: &'static str,
    allow_gone: Option<bool>,
) -> Result<EntryRow, DeskError> {
    let read = hex(operation.digest.as_deref().unwrap_or_default());
    let asked = Asked { read, complete: operation.complete, allow_gone };
    let found: ImportCounts = counts_of(operation)?;
    let entry = Entry {
        ids: vec![ours("import", operation.id.uuid())],
        decided: Some(decided(&asked, &found, Vec::new())?),
        ..entry(operation.changed_at, actor, kind)
    };
    row(id, &entry)
}
