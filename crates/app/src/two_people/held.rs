//! A proposal as it is found, and its decision as it is written.

use super::{Measure, measure::Named};
use crate::{
    Operator,
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    orders::moment,
    personal::Vault,
};
use jiff::Timestamp;
use store::{
    ProposalId, Tx, Write,
    entries::{self, EntryRow},
    proposals::{self, Decide, Proposal},
    subject_keys,
};

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody else agreed, and it was done.
    Agreed,
    /// It was declined, or taken back.
    Declined,
}

/// Why nothing is decided. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeldFault {
    /// There is no such proposal.
    #[error("there is no such proposal")]
    Unknown,
    /// It was decided already.
    #[error("it was decided by `{by}`")]
    Decided {
        /// What became of it.
        outcome: Outcome,
        /// Who decided.
        by: String,
        /// Whether he had proposed it himself, and so took it back.
        himself: bool,
        /// When.
        at: Timestamp,
    },
}

impl HeldFault {
    /// That something was decided that stands there: by whom and when, and who had proposed it. `None` while it is open.
    pub(crate) fn decided(state: &str, decided: Option<&(String, i64)>, proposed_by: &str) -> Option<Self> {
        let (outcome, (by, at)) = Outcome::of(state).zip(decided)?;
        Some(Self::Decided { outcome, by: by.clone(), himself: by == proposed_by, at: moment(*at) })
    }
}

pub(super) type Found<T> = Result<T, Failed<Failure<HeldFault>>>;

impl Outcome {
    /// As the database and answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Declined => "declined",
        }
    }

    /// What became of a proposal that stands there; `None` while it is open.
    pub(crate) fn of(state: &str) -> Option<Self> {
        [Self::Agreed, Self::Declined].into_iter().find(|outcome| outcome.word() == state)
    }
}

fn because<T>(fault: HeldFault) -> Found<T> {
    Err(Failed::Because(Failure::Because(fault)))
}

/// The proposal with that id.
pub(super) async fn any(tx: &mut Tx<'_>, id: ProposalId) -> Found<Proposal> {
    proposals::by_id(tx, id).await?.map_or_else(|| because(HeldFault::Unknown), Ok)
}

/// The same, if nobody has decided it yet.
pub(super) async fn open(tx: &mut Tx<'_>, id: ProposalId) -> Found<Proposal> {
    let found = any(tx, id).await?;
    let decided = HeldFault::decided(&found.state, found.decided.as_ref(), &found.proposed_by);
    decided.map_or(Ok(found), because)
}

/// What is proposed.
pub(super) fn measure(proposal: &Proposal) -> Result<Measure, DeskError> {
    let read = serde_json::from_slice(&proposal.payload);
    Ok(read.map_err(|error| Damage::Sealed { row: proposal.id.uuid(), fault: error.to_string() })?)
}

/// What it names; `None` once it was decided.
pub(super) async fn named(
    tx: &mut Tx<'_>,
    ground: &Ground,
    proposal: &Proposal,
) -> Result<Option<Named>, DeskError> {
    let vault = Vault::find(tx, ground, proposal.subject_key).await?.vault();
    vault.map(|vault| Named::open(&vault, proposal.id, &proposal.sealed)).transpose()
}

/// Writes a decision with its entry, and destroys the key of what was named: nobody needs it any more.
pub(super) async fn decide(
    tx: &mut Tx<'_>,
    proposal: &Proposal,
    (outcome, by, at): (Outcome, &Operator, i64),
    entry: &EntryRow,
) -> Result<(), DeskError> {
    let decide = Decide { id: proposal.id, state: outcome.word(), by: by.as_str().to_owned(), at };
    let erasing = subject_keys::erasing(&proposal.subject_key, &at);
    let writes: [Write<'_>; 3] = [decide.deciding(), erasing, entries::adding(entry)];
    if tx.together(&writes).await?.contains(&0) {
        let fault = "it changed meanwhile".to_owned();
        return Err(Damage::Sealed { row: proposal.id.uuid(), fault }.into());
    }
    Ok(())
}
