//! The drafts that wait for a second person.

use super::held::RulebookProposal;
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use store::{RulebookProposalId, Tx, Unit, rulebook_proposals as rows};
use uuid::Uuid;

/// How many drafts a page has at most.
pub const MOST_RULEBOOK_PROPOSALS: u32 = 200;

impl Desk {
    /// The open drafts after the draft `after`, oldest first, no more than `most` and [`MOST_RULEBOOK_PROPOSALS`].
    pub async fn open_rulebook_proposals(
        &self,
        after: Option<RulebookProposalId>,
        most: u32,
    ) -> Result<Vec<RulebookProposal>, DeskError> {
        let after = after.unwrap_or(RulebookProposalId::new(Uuid::nil()));
        let most = most.min(MOST_RULEBOOK_PROPOSALS).into();
        self.read(|_| Ok(List { after, most })).await
    }
}

struct List {
    after: RulebookProposalId,
    most: i64,
}

impl Unit for List {
    type Output = Vec<RulebookProposal>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = rows::open(tx, self.after, self.most).await?;
        Ok(found.iter().map(RulebookProposal::of).collect::<Result<_, _>>()?)
    }
}
