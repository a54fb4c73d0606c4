//! Another person agrees to a draft, and it is published in the same transaction, if it still can be as it was proposed.

use super::held::{self, Draft, RulebookProposal, Stale};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{Damage, DeskError, Failed},
    hex,
    ledger_entry::{entry, ours, row, theirs},
    rulebooks::publish::Publication,
    two_people::{HeldFault, Outcome},
};
use jiff::civil::Date;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    EntryId, RulebookProposalId, Tx, Unit,
    rulebook_proposals::{self as rows, Decide},
};

/// The entry of the ledger.
const AGREED: &str = "rulebook.agreed";

/// Somebody agrees to a draft.
#[derive(Clone, Debug)]
pub struct AgreeToRulebook {
    /// Who: somebody else than whoever proposed it.
    pub by: Operator,
    /// To which.
    pub proposal: RulebookProposalId,
}

/// Why nothing is published. Nothing was changed, and nothing is in the ledger.
#[derive(Debug, thiserror::Error)]
pub enum AgreeToRulebookFault {
    /// There is no such proposal, or it was decided.
    #[error(transparent)]
    Held(#[from] HeldFault),
    /// Nobody agrees to what he proposed himself.
    #[error("nobody agrees to his own proposal")]
    OwnProposal,
    /// It would not be what was proposed.
    #[error(transparent)]
    Stale(#[from] Stale),
}

/// A draft that two people published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedRulebook {
    /// The proposal.
    #[serde(with = "by_text")]
    pub proposal: RulebookProposalId,
    /// SHA-256 of its text, in hex.
    pub digest: String,
    /// The editions that were added, with the days from which they are in force, oldest first.
    pub added: Vec<(String, Date)>,
}

impl Desk {
    /// Agrees to a draft, and publishes it.
    pub async fn agree_to_rulebook(
        &self,
        ask: AgreeToRulebook,
        key: IdempotencyKey,
    ) -> Result<Told<AgreedRulebook>, Failure<AgreeToRulebookFault>> {
        let AgreeToRulebook { by, proposal } = ask;
        // What was proposed never changes, so that it is read before the transaction.
        let (row, text) = self.read(|_| Ok(Kept(proposal))).await.map_err(larger)?;
        let draft = held::read(proposal, &row.digest, &text)?;
        self.once(Some(key), Agreeing { by, proposal, text, draft }).await
    }
}

/// A proposal with its text.
pub(super) struct Kept(pub(super) RulebookProposalId);

impl Unit for Kept {
    type Output = (rows::RulebookProposal, Vec<u8>);
    type Error = Failed<Failure<HeldFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let row = held::any(tx, self.0).await?;
        let fault = || Damage::Sealed { row: self.0.uuid(), fault: "its text is missing".to_owned() };
        let text = rows::text(tx, self.0).await?.ok_or_else(|| Failed::Desk(fault().into()))?;
        Ok((row, text))
    }
}

/// An agreement with the draft read.
#[derive(Serialize)]
struct Agreeing {
    by: Operator,
    #[serde(with = "by_text")]
    proposal: RulebookProposalId,
    #[serde(skip)]
    text: Vec<u8>,
    #[serde(skip)]
    draft: Draft,
}

impl Deed for Agreeing {
    const WORD: &'static str = "agree-to-rulebook";
    /// The entry that says that it was published.
    type Ready = EntryId;
    type Answer = AgreedRulebook;
    type Fault = AgreeToRulebookFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<EntryId, DeskError> {
        Ok(draw.id(setting.now))
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, published: &EntryId) -> Done<Self> {
        let (ground, by) = (&*setting.ground, &self.by);
        let desk = ground.check(tx).await?;
        let found = held::open(tx, self.proposal).await;
        let found = found.map_err(|failed| failed.mapped(AgreeToRulebookFault::Held))?;
        if found.proposed_by == by.as_str() {
            return Err(Failed::Because(Failure::Because(AgreeToRulebookFault::OwnProposal)));
        }
        let draft = held::fresh(ground, &found, &self.draft, setting.now);
        let draft = draft.map_err(|failure| Failed::Because(larger(failure)))?;
        let RulebookProposal { id, added, .. } = RulebookProposal::of(&found)?;
        let at = following(setting.now, [desk.changed_at, found.proposed_at])?.as_microsecond();
        let publication = Publication {
            ground,
            digest: *draft.digest(),
            text: &self.text,
            added: &added,
            by,
            agreed: Some((id, &found.proposed_by)),
        };
        publication.write(tx, *published, at).await?;
        let agreed = AgreedRulebook { proposal: id, digest: hex(draft.digest()), added };
        let entry = Entry {
            ids: vec![ours("rulebook_proposal", id.uuid()), theirs("digest", &agreed.digest)],
            decided: Some(decided(&agreed, &(), Vec::new())?),
            ..entry(at, &self.actor(), AGREED)
        };
        let state = Outcome::Agreed.word();
        let decide = Decide { id, state, by: by.as_str().to_owned(), at, reason: None };
        held::decide(tx, &decide, &row(setting.entry, &entry)?).await?;
        Ok(agreed)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

/// What was wrong, as whoever agrees is told it.
fn larger<F>(failure: Failure<F>) -> Failure<AgreeToRulebookFault>
where
    AgreeToRulebookFault: From<F>,
{
    match failure {
        Failure::Because(fault) => Failure::Because(fault.into()),
        Failure::KeyUsed => Failure::KeyUsed,
        Failure::Desk(error) => Failure::Desk(error),
    }
}
