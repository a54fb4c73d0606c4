//! Importing instances: a list is read and held against what the desk knows, reported, and applied in pieces as a recorded
//! operation that goes on where it stopped.
//!
//! One import is open at a time. Reading it ([`Importing`]) changes no instance; [`Desk::apply_import`](crate::Desk) begins to
//! apply it, and [`Desk::step_import`](crate::Desk) or the [`Importer`] applies a piece at a time.

mod abandon;
mod apply;
mod en;
mod lines;
mod missing;
mod note;
mod plan;
mod step;
mod zh;

pub use apply::ApplyImport;
pub use lines::{ImportLine, LinesOf, MOST_LINES};
pub use note::ImportNote;
pub use plan::{ImportRecord, Importing, PlanImport, Unread};
pub use step::Importer;
pub use store::{OperationId as ImportId, operations::State as ImportState};

use crate::{
    Actor, Desk, Operator,
    failure::{Damage, DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use ledger::ActorKind;
use serde::{Deserialize, Serialize};
use store::{
    OperationId, Tx, Unit,
    operations::{self, Operation},
};
use uuid::Uuid;

/// The kind of these operations.
pub(super) const KIND: &str = "import-instances";
/// Rows of one transaction: it stays short, so that nobody who wants to write meanwhile waits for long.
pub(super) const CHUNK: usize = 500;
/// How long whoever applies an import may be silent before another goes on: a chunk takes a fraction of it.
pub(super) const HOLD: SignedDuration = SignedDuration::from_secs(30);
/// An import that was being read and is silent for this long is dead: what it read is gone with its process.
pub(super) const READING_IDLE: SignedDuration = SignedDuration::from_mins(5);
/// An import that waits to be applied no longer holds up others after this long.
pub(super) const WAITING_IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How many imports a page of a list has at most.
pub const MOST_IMPORTS: u32 = 200;
/// A complete import under which more than one in so many instances would be gone needs consent: a list that was cut short
/// looks so.
pub const GONE_NEEDS_CONSENT: u64 = 5;

/// How much of what an import comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Records that were read, bad ones included.
    pub read: u64,
    /// Instances that the desk does not know.
    pub new: u64,
    /// Instances of which something changes.
    pub changed: u64,
    /// Instances of which nothing changes.
    pub same: u64,
    /// Records that are not applied.
    pub rejected: u64,
    /// Of these, records that do not even say of which instance they are.
    pub unnamed: u64,
    /// Instances of products that no edition knows; they are applied all the same.
    pub unknown_products: u64,
    /// Instances that the list does not name and that are gone by it, if it is complete.
    pub gone: u64,
    /// Instances that were there when they were held against a complete list.
    pub present: u64,
    /// Rows that were applied so far.
    pub applied: u64,
}

impl ImportCounts {
    /// Rows that are to be applied.
    pub const fn to_apply(&self) -> u64 {
        self.new + self.changed + self.gone
    }

    /// Whether so many instances would be gone that somebody has to say so: more than one in [`GONE_NEEDS_CONSENT`], or any
    /// while a bad record may be about one of them.
    pub const fn needs_consent(&self) -> bool {
        self.gone * GONE_NEEDS_CONSENT > self.present || (self.gone > 0 && self.unnamed > 0)
    }
}

/// What an import comes to, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// Its id.
    pub id: OperationId,
    /// How far it is.
    pub state: ImportState,
    /// Who does it, such as `staff:wang`.
    pub by: String,
    /// Whether instances that it does not name are gone.
    pub complete: bool,
    /// How much of what.
    pub counts: ImportCounts,
    /// SHA-256 of all records as they are stored, a line each, those that could not be read as empty lines; once all are read.
    pub digest: Option<Vec<u8>>,
    /// When it was begun.
    pub made_at: Timestamp,
    /// When it moved last.
    pub changed_at: Timestamp,
}

/// Why an import is not made, told or applied.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another import is open.
    #[error("import {} is {} and has to be finished or abandoned first", .0.id, .0.state.word())]
    Busy(Box<ImportReport>),
    /// There is none with that id.
    #[error("there is no import {0}")]
    Unknown(OperationId),
    /// It was abandoned, or what it read was never complete.
    #[error("import {} is {} and cannot be applied", .0.id, .0.state.word())]
    NotToBeApplied(Box<ImportReport>),
    /// So many instances would be gone that somebody has to consent.
    #[error("import {} would make {} of {} instances gone", .0.id, .0.counts.gone, .0.counts.present)]
    NeedsConsent(Box<ImportReport>),
    /// It has begun to be applied, and is finished rather than abandoned.
    #[error("import {0} is being applied and cannot be abandoned")]
    BeingApplied(OperationId),
    /// Somebody else moved it meanwhile.
    #[error("import {0} was moved by somebody else")]
    Overtaken(OperationId),
    /// A customer asked.
    #[error("customers do not import instances")]
    NotForCustomers,
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Who it is, where he may import.
pub(super) fn importer(actor: &Actor) -> Result<String, ImportError> {
    match actor {
        Actor::Account(_) => Err(ImportError::NotForCustomers),
        Actor::Staff(_) | Actor::Partner(_) | Actor::Kebei => Ok(actor.to_string()),
    }
}

/// The actor whom an operation names.
pub(super) fn actor_of(operation: &Operation) -> Result<Actor, Damage> {
    let damaged =
        || Damage::Operation { id: operation.id, fault: format!("`{}` is nobody", operation.actor) };
    let (kind, name) = operation.actor.split_once(':').ok_or_else(damaged)?;
    if kind == ActorKind::Staff.word() {
        Operator::parse(name).map(Actor::Staff).map_err(|_| damaged())
    } else if kind == ActorKind::Key.word() {
        Ok(Actor::Partner(name.to_owned()))
    } else if kind == ActorKind::System.word() {
        Ok(Actor::Kebei)
    } else {
        Err(damaged())
    }
}

/// The counts of an operation.
pub(super) fn counts_of(operation: &Operation) -> Result<ImportCounts, Damage> {
    let damaged = |error: serde_json::Error| Damage::Operation { id: operation.id, fault: error.to_string() };
    serde_json::from_str(&operation.counts).map_err(damaged)
}

/// Counts as an operation keeps them.
pub(super) fn counts_text(counts: &ImportCounts) -> Result<String, DeskError> {
    serde_json::to_string(counts).map_err(|error| DeskError::unwritable(&error))
}

pub(super) fn report(operation: &Operation) -> Result<ImportReport, Damage> {
    let time = |at: i64| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX);
    Ok(ImportReport {
        id: operation.id,
        state: operation.state,
        by: operation.actor.clone(),
        complete: operation.complete,
        counts: counts_of(operation)?,
        digest: operation.digest.clone(),
        made_at: time(operation.made_at),
        changed_at: time(operation.changed_at),
    })
}

/// The import with that id.
pub(super) async fn find(tx: &mut Tx<'_>, id: OperationId) -> Result<Operation, Failed<ImportError>> {
    let found = operations::by_id(tx, id).await?.filter(|found| found.kind == KIND);
    found.ok_or(Failed::Because(ImportError::Unknown(id)))
}

/// Moves an import, unless somebody else did.
pub(super) async fn advance(
    tx: &mut Tx<'_>,
    before: &Operation,
    after: &Operation,
) -> Result<(), Failed<ImportError>> {
    if operations::advance(tx, before, after).await? {
        Ok(())
    } else {
        Err(Failed::Because(ImportError::Overtaken(before.id)))
    }
}

/// Whether an import has been silent for longer than it may be before another takes its place.
pub(super) fn is_dead(operation: &Operation, now: Timestamp) -> bool {
    let changed = Timestamp::from_microsecond(operation.changed_at).unwrap_or(Timestamp::MAX);
    let silent = now.duration_since(changed);
    match operation.state {
        ImportState::Staging => silent > READING_IDLE,
        ImportState::Staged => silent > WAITING_IDLE,
        ImportState::Applying | ImportState::Done | ImportState::Abandoned => false,
    }
}

impl Desk {
    /// What an import comes to, and how far it is.
    pub async fn import_report(&self, id: OperationId) -> Result<ImportReport, ImportError> {
        self.read(|_| Ok(Find(id))).await
    }

    /// The import that is being read, waits to be applied or is being applied, if there is one.
    pub async fn open_import(&self) -> Result<Option<ImportReport>, DeskError> {
        self.read(|_| Ok(FindOpen)).await
    }

    /// Imports, the newest first, before the import `before`, no more than `most` and [`MOST_IMPORTS`].
    pub async fn imports(
        &self,
        before: Option<OperationId>,
        most: u32,
    ) -> Result<Vec<ImportReport>, DeskError> {
        let before = before.unwrap_or(OperationId::new(Uuid::max()));
        let most = most.min(MOST_IMPORTS).into();
        self.read(|_| Ok(Before { before, most })).await
    }
}

struct Find(OperationId);

impl Unit for Find {
    type Output = ImportReport;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ImportReport, Self::Error> {
        Ok(report(&find(tx, self.0).await?)?)
    }
}

struct FindOpen;

impl Unit for FindOpen {
    type Output = Option<ImportReport>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = operations::open(tx, KIND).await?;
        Ok(found.as_ref().map(report).transpose()?)
    }
}

struct Before {
    before: OperationId,
    most: i64,
}

impl Unit for Before {
    type Output = Vec<ImportReport>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = operations::before(tx, KIND, self.before, self.most).await?;
        Ok(found.iter().map(report).collect::<Result<_, _>>()?)
    }
}
