//! A proposal is declined, or taken back by whoever made it.

use super::{HeldFault, Outcome, held};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{ProposalId, Tx};

/// The entry of the ledger.
const DECLINED: &str = "proposal.declined";

/// A proposal is to be declined.
#[derive(Clone, Debug, Serialize)]
pub struct Decline {
    /// Who decides: somebody else, or whoever made it.
    pub by: Operator,
    /// Which.
    #[serde(with = "by_text")]
    pub proposal: ProposalId,
}

/// What the ledger keeps of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(with = "by_text")]
    proposal: ProposalId,
}

impl Desk {
    /// Declines a proposal. Nothing of it is done, and what it named is gone.
    pub async fn decline_proposal(
        &self,
        ask: Decline,
        key: IdempotencyKey,
    ) -> Result<Told<ProposalId>, Failure<HeldFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for Decline {
    const WORD: &'static str = "decline-proposal";
    type Ready = ();
    type Answer = ProposalId;
    type Fault = HeldFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let proposal = held::open(tx, self.proposal).await?;
        let at = following(setting.now, [proposal.proposed_at])?.as_microsecond();
        let entry = Entry {
            ids: vec![ours("proposal", proposal.id.uuid())],
            decided: Some(decided(&Kept { proposal: proposal.id }, &(), Vec::new())?),
            ..entry(at, &self.actor(), DECLINED)
        };
        let entry = row(setting.entry, &entry)?;
        held::decide(tx, &proposal, (Outcome::Declined, &self.by, at), &entry).await?;
        Ok(proposal.id)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let kept = asked(entry).map(|Kept { proposal }| proposal);
        kept.map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
