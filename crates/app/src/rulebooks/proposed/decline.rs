//! A draft is declined for a reason, or taken back by whoever proposed it.

use super::held;
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    hex,
    ledger_entry::{entry, ours, row, theirs},
    two_people::{HeldFault, Outcome},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{RulebookProposalId, Tx, rulebook_proposals::Decide};

/// The entry of the ledger.
const DECLINED: &str = "rulebook.declined";
/// Characters of a reason at most.
pub const LONGEST_REASON: usize = 500;

/// A draft is to be declined.
#[derive(Clone, Debug, Serialize)]
pub struct DeclineRulebook {
    /// Who decides: somebody else, or whoever proposed it.
    pub by: Operator,
    /// Which.
    #[serde(with = "by_text")]
    pub proposal: RulebookProposalId,
    /// Why, for whoever proposed it. He who takes his own back need not say it.
    pub reason: String,
}

/// Why nothing is decided. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeclineRulebookFault {
    /// There is no such proposal, or it was decided.
    #[error(transparent)]
    Held(#[from] HeldFault),
    /// Whoever declines what another proposed says why.
    #[error("it is not said why")]
    NoReason,
    /// The reason is too long, or has characters that cannot be shown.
    #[error("a reason has no more than {LONGEST_REASON} characters")]
    Reason,
}

/// A draft that was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedRulebook {
    /// The proposal.
    #[serde(with = "by_text")]
    pub proposal: RulebookProposalId,
    /// SHA-256 of its text, in hex.
    pub digest: String,
}

impl Desk {
    /// Declines a draft. The reason is kept with it, and not in the ledger.
    pub async fn decline_rulebook(
        &self,
        ask: DeclineRulebook,
        key: IdempotencyKey,
    ) -> Result<Told<DeclinedRulebook>, Failure<DeclineRulebookFault>> {
        let reason = ask.reason.trim().to_owned();
        let shown = |symbol: char| !symbol.is_control() || symbol == '\n';
        if reason.chars().count() > LONGEST_REASON || !reason.chars().all(shown) {
            return Err(Failure::Because(DeclineRulebookFault::Reason));
        }
        self.once(Some(key), DeclineRulebook { reason, ..ask }).await
    }
}

impl Deed for DeclineRulebook {
    const WORD: &'static str = "decline-rulebook";
    type Ready = ();
    type Answer = DeclinedRulebook;
    type Fault = DeclineRulebookFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = held::open(tx, self.proposal).await;
        let found = found.map_err(|failed| failed.mapped(DeclineRulebookFault::Held))?;
        if self.reason.is_empty() && found.proposed_by != self.by.as_str() {
            return Err(Failed::Because(Failure::Because(DeclineRulebookFault::NoReason)));
        }
        let at = following(setting.now, [found.proposed_at])?.as_microsecond();
        let declined = DeclinedRulebook { proposal: found.id, digest: hex(&found.digest) };
        let entry = Entry {
            ids: vec![ours("rulebook_proposal", found.id.uuid()), theirs("digest", &declined.digest)],
            decided: Some(decided(&declined, &(), Vec::new())?),
            ..entry(at, &self.actor(), DECLINED)
        };
        let decide = Decide {
            id: found.id,
            state: Outcome::Declined.word(),
            by: self.by.as_str().to_owned(),
            at,
            reason: Some(self.reason.clone()).filter(|reason| !reason.is_empty()),
        };
        held::decide(tx, &decide, &row(setting.entry, &entry)?).await?;
        Ok(declined)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
