//! What can go wrong with any use case, and how a unit tells it.

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
    /// The keys of the database are wrapped under another master key than the one at hand: the wrong one was given, or it
    /// was changed while this program ran.
    #[error("the database needs master key `{needed}`, given was `{given}`")]
    WrongMasterKey {
        /// What is to be shown of the master key that is needed.
        needed: Fingerprint,
        /// The same of the one at hand.
        given: Fingerprint,
    },
    /// Keys or rulebook changed again and again while the use case was tried.
    #[error("the desk's keys or rulebook kept changing, gave up after {0} tries")]
    Unsettled(u32),
}

/// Something in the database that this program never writes.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// There is no desk in it.
    #[error("no desk was set up in it")]
    NoDesk,
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
    /// An entry of the ledger that is missing or does not say what it should.
    #[error("entry {id} of the ledger cannot be read: {fault}")]
    Entry {
        /// Its id.
        id: store::EntryId,
        /// What is wrong with it.
        fault: String,
    },
    /// A quota whose rows are missing, or do not agree with what was just read.
    #[error("the quota of instance `{instance}` does not add up")]
    Quota {
        /// The instance, as its seller names it.
        instance: String,
    },
    /// Something that does not fit into an entry of the ledger.
    #[error("no entry of the ledger can say it: {0}")]
    Unwritable(#[from] EntryFault),
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
