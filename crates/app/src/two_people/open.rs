//! The proposals that wait for a second person.

use super::{Measure, held};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::moment,
};
use jiff::Timestamp;
use store::{
    ProposalId, Tx, Unit,
    proposals::{self, Proposal},
};
use uuid::Uuid;

/// How many proposals a page has at most.
pub const MOST_PROPOSALS: u32 = 200;

/// A proposal, without what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalInShort {
    /// Its id.
    pub id: ProposalId,
    /// What is proposed.
    pub measure: Measure,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Timestamp,
}

impl ProposalInShort {
    pub(super) fn of(proposal: &Proposal) -> Result<Self, DeskError> {
        Ok(Self {
            id: proposal.id,
            measure: held::measure(proposal)?,
            proposed_by: proposal.proposed_by.clone(),
            proposed_at: moment(proposal.proposed_at),
        })
    }
}

impl Desk {
    /// The open proposals after the proposal `after`, oldest first, no more than `most` and [`MOST_PROPOSALS`]. Nothing of what they
    /// name is told.
    pub async fn open_proposals(
        &self,
        after: Option<ProposalId>,
        most: u32,
    ) -> Result<Vec<ProposalInShort>, DeskError> {
        let after = after.unwrap_or(ProposalId::new(Uuid::nil()));
        let most = most.min(MOST_PROPOSALS).into();
        self.read(|_| Ok(List { after, most })).await
    }
}

struct List {
    after: ProposalId,
    most: i64,
}

impl Unit for List {
    type Output = Vec<ProposalInShort>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = proposals::open(tx, self.after, self.most).await?;
        Ok(found.iter().map(ProposalInShort::of).collect::<Result<_, _>>()?)
    }
}
