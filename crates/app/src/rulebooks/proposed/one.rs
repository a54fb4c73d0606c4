//! One draft with its text, as whoever decides it has to see it.

use super::{
    agree::Kept,
    held::{self, RulebookProposal, Stale},
};
use crate::{
    Desk, Failure,
    failure::Failed,
    ground::{Ground, Published},
    orders::moment,
    two_people::{HeldFault, Outcome},
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{RulebookProposalId, Tx, Unit};

/// A draft as whoever decides it sees it.
#[derive(Debug)]
pub struct RulebookProposalSeen {
    /// What lists tell of it.
    pub proposal: RulebookProposal,
    /// Its text, to the last byte.
    pub text: Vec<u8>,
    /// What stands in it; `None` where this program cannot read it any more.
    pub draft: Option<Published>,
    /// The rulebook in force.
    pub in_force: Arc<Published>,
    /// What became of it; `None` while it is open.
    pub decided: Option<Decided>,
    /// Why nobody can agree to it any more; `None` where somebody can, and once it was decided.
    pub stale: Option<Stale>,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub outcome: Outcome,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why it was declined; `None` where it was taken back.
    pub reason: Option<String>,
}

impl Desk {
    /// A draft with its text, and whether it can still be published.
    pub async fn rulebook_proposal(
        &self,
        id: RulebookProposalId,
    ) -> Result<RulebookProposalSeen, Failure<HeldFault>> {
        let now = self.now();
        self.read(|ground| Ok(See { ground, id, now })).await
    }
}

struct See {
    ground: Arc<Ground>,
    id: RulebookProposalId,
    now: Timestamp,
}

impl Unit for See {
    type Output = RulebookProposalSeen;
    type Error = Failed<Failure<HeldFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<RulebookProposalSeen, Self::Error> {
        self.ground.check(tx).await?;
        let (row, text) = Kept(self.id).run(tx).await?;
        let draft = held::read(row.id, &row.digest, &text)?;
        let outcome = Outcome::of(&row.state);
        let stale = match held::fresh(&self.ground, &row, &draft, self.now) {
            Err(Failure::Because(stale)) if outcome.is_none() => Some(stale),
            Err(Failure::Desk(error)) => return Err(Failed::Desk(error)),
            _ => None,
        };
        let decided = outcome.zip(row.decided.as_ref()).map(|(outcome, (by, at))| Decided {
            outcome,
            by: by.clone(),
            at: moment(*at),
            reason: row.reason.clone(),
        });
        let proposal = RulebookProposal::of(&row)?;
        let in_force = Arc::clone(&self.ground.rulebook);
        Ok(RulebookProposalSeen { proposal, text, draft: draft.ok(), in_force, decided, stale })
    }
}
