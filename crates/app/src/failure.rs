//! What can go wrong with any use case, and how a unit tells it.

use crate::{
    access::Unrecognised,
    ledger::{Conflict, OutsideError},
};
use jiff::Timestamp;
use keys::Fingerprint;
use ledger::EntryFault;
use store::StoreError;

/// What can go wrong with any use case, whatever was asked. The caller can do nothing but try again or call the operator.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database failed, or could not be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database has something that this program never writes.
    #[error("the database is damaged: {0}")]
    Damaged(#[from] Damage),
    /// This process's clock is behind that of another by more than [`MOST_SKEW`](crate::MOST_SKEW).
    #[error("the clock says {now}, but something happened at {followed}: set the clock right")]
    ClockBehind {
        /// What the clock says.
        now: Timestamp,
        /// When what is to be changed last changed.
        followed: Timestamp,
    },
    /// Something that does not fit into an entry of the ledger.
    #[error("no entry of the ledger can say it: {0}")]
    Unwritable(String),
    /// The database is not the one that its checkpoint outside tells of.
    #[error("nothing is written until an operator accepts this database: {0}")]
    ReadOnly(Conflict),
    /// The checkpoint outside the database cannot be read or written.
    #[error(transparent)]
    Outside(#[from] OutsideError),
    /// The keys of the database are wrapped under another master key than the one at hand: the wrong one was given, or it
    /// was changed while this program ran.
    #[error("the database needs master key `{needed}`, given was `{given}`")]
    WrongMasterKey {
        /// What is to be shown of the master key that is needed.
        needed: Fingerprint,
        /// The same of the one at hand.
        given: Fingerprint,
    },
    /// Keys, rulebook or what somebody may do changed again and again while the use case was tried.
    #[error("the desk's keys or rulebook kept changing, gave up after {0} tries")]
    Unsettled(u32),
    /// Whoever asks was recognised from memory, and is no longer when looked for.
    #[error(transparent)]
    Unrecognised(Box<Unrecognised>),
    /// As much is being worked on or waits for it as may: passwords that are hashed, or pictures that are read.
    #[error("too much is worked on at this moment")]
    Busy,
    /// Work away from the threads that serve broke off: a defect of this program.
    #[error("work on a thread of its own broke off: {0}")]
    BrokeOff(String),
    /// A password could not be hashed.
    #[error("a password could not be hashed: {0}")]
    Password(String),
}

/// What a client is told of a [`DeskError`]; what it says itself is for the operator's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Nothing was changed; asking again may help.
    Busy,
    /// It may have been done: asking again with the same idempotency key tells.
    Unknown,
    /// The operator has to do something.
    Fault,
}

impl From<EntryFault> for DeskError {
    fn from(fault: EntryFault) -> Self {
        Self::unwritable(&fault)
    }
}

impl DeskError {
    pub(crate) fn unwritable(fault: &impl ToString) -> Self {
        Self::Unwritable(fault.to_string())
    }

    /// What a client is told.
    pub const fn trouble(&self) -> Trouble {
        match self {
            Self::Store(StoreError::OutcomeUnknown(_)) => Trouble::Unknown,
            Self::Store(
                StoreError::Contended(_)
                | StoreError::Closed
                | StoreError::NoConnection(_)
                | StoreError::Batch(_)
                | StoreError::Full,
            )
            | Self::Unsettled(_)
            | Self::Unrecognised(_)
            | Self::Busy => Trouble::Busy,
            Self::Store(_)
            | Self::Damaged(_)
            | Self::ReadOnly(_)
            | Self::WrongMasterKey { .. }
            | Self::Outside(_)
            | Self::ClockBehind { .. }
            | Self::Password(_)
            | Self::BrokeOff(_)
            | Self::Unwritable(_) => Trouble::Fault,
        }
    }

    /// Whether the change may have been kept although this was answered.
    pub(crate) const fn outcome_unknown(&self) -> bool {
        matches!(self.trouble(), Trouble::Unknown)
    }
}

/// Why a use case gave no answer; `E` is what was wrong with what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure<E> {
    /// What was asked cannot be answered. Nothing was changed, and nothing is in the ledger.
    #[error("{0}")]
    Because(E),
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for another request")]
    KeyUsed,
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Something in the database that this program never writes.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// There is no desk in it.
    #[error("no desk was set up in it")]
    NoDesk,
    /// What may be served cannot be kept in memory as it stands in the tables.
    #[error("what may be served cannot be kept: {fault}")]
    Gate {
        /// What is wrong with it.
        fault: String,
    },
    /// Facts of an instance that are no facts.
    #[error("the facts of instance `{instance}` cannot be read: {fault}")]
    Facts {
        /// The instance, as its seller names it.
        instance: String,
        /// What is wrong with them.
        fault: String,
    },
    /// A rulebook that is missing, or does not load.
    #[error("rulebook {digest} is missing or cannot be read")]
    Rulebook {
        /// Its SHA-256, in hex.
        digest: String,
    },
    /// Keys that are missing or do not fit together.
    #[error("the keys for {purpose} cannot be used: {fault}")]
    Keys {
        /// What they are for.
        purpose: String,
        /// What is wrong with them.
        fault: String,
    },
    /// A code that does not open, or whose state is none.
    #[error("service code {id} cannot be read: {fault}")]
    Code {
        /// Its id.
        id: store::CodeId,
        /// What is wrong with it.
        fault: String,
    },
    /// A user whose row says what none says.
    #[error("user {id} cannot be read: {fault}")]
    User {
        /// His id.
        id: store::UserId,
        /// What is wrong with him.
        fault: String,
    },
    /// Something of a user that does not open.
    #[error("what is sealed in row {row} cannot be read: {fault}")]
    Sealed {
        /// The row, of a user or a key.
        row: uuid::Uuid,
        /// What is wrong with it.
        fault: String,
    },
    /// An entry of the ledger that is missing or does not say what it should.
    #[error("entry {id} of the ledger cannot be read: {fault}")]
    Entry {
        /// Its id.
        id: store::EntryId,
        /// What is wrong with it.
        fault: String,
    },
    /// A ledger whose tree, checkpoints or key do not belong together.
    #[error("the ledger does not add up: {fault}")]
    Ledger {
        /// What is wrong.
        fault: String,
    },
    /// An operation whose rows cannot be read.
    #[error("operation {id} cannot be read: {fault}")]
    Operation {
        /// Its id.
        id: store::OperationId,
        /// What is wrong with it.
        fault: String,
    },
    /// A filing order whose rows do not belong together.
    #[error("order {id} cannot be changed: {fault}")]
    Order {
        /// Its id.
        id: store::OrderId,
        /// What is wrong with it.
        fault: String,
    },
    /// A quota whose rows are missing, or do not agree with what was just read.
    #[error("the quota of instance `{instance}` does not add up")]
    Quota {
        /// The instance, as its seller names it.
        instance: String,
    },
}

/// Why a unit was rolled back.
#[derive(Debug)]
pub(crate) enum Failed<E> {
    /// What the process keeps in memory is of an older generation: the unit is made again on the new one.
    Moved,
    /// What can go wrong with any use case.
    Desk(DeskError),
    /// What can go wrong with this one.
    Because(E),
}

impl<E> From<StoreError> for Failed<E> {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

impl<E> From<DeskError> for Failed<E> {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl<E> From<Damage> for Failed<E> {
    fn from(damage: Damage) -> Self {
        Self::Desk(damage.into())
    }
}

impl<E> Failed<Failure<E>> {
    /// The same, with what was wrong told as part of something larger.
    pub(crate) fn mapped<F>(self, larger: impl FnOnce(E) -> F) -> Failed<Failure<F>> {
        match self {
            Self::Moved => Failed::Moved,
            Self::Desk(error) => Failed::Desk(error),
            Self::Because(Failure::Because(fault)) => Failed::Because(Failure::Because(larger(fault))),
            Self::Because(Failure::KeyUsed) => Failed::Because(Failure::KeyUsed),
            Self::Because(Failure::Desk(error)) => Failed::Because(Failure::Desk(error)),
        }
    }
}

impl<E> Failed<E> {
    /// The same for a unit that is asked under a key.
    pub(crate) fn into_failure(self) -> Failed<Failure<E>> {
        match self {
            Self::Moved => Failed::Moved,
            Self::Desk(error) => Failed::Desk(error),
            Self::Because(error) => Failed::Because(Failure::Because(error)),
        }
    }
}

impl<E: From<DeskError>> Failed<E> {
    /// The error that the caller is told.
    pub(crate) fn told(self) -> E {
        match self {
            Self::Because(error) => error,
            Self::Desk(error) => error.into(),
            Self::Moved => DeskError::Unsettled(1).into(),
        }
    }
}
