//! A draft is proposed for another person to publish. It is refused for whatever publishing refuses.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ground::Published,
    hex,
    ledger_entry::{entry, ours, row, theirs},
    rulebooks::publish::{PublishError, added, broken, read},
};
use jiff::civil::Date;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    RulebookProposalId, Tx, entries,
    rulebook_proposals::{self as rows, RulebookProposal as Row},
};
use uuid::Uuid;

/// Proposals that wait at once: more than anybody reads, and each may be as long as a rulebook.
pub const MOST_OPEN: i64 = 20;
/// The entry of the ledger.
const PROPOSED: &str = "rulebook.proposed";

/// A draft is to be proposed.
#[derive(Clone, Debug)]
pub struct ProposeRulebook {
    /// Who proposes it.
    pub by: Operator,
    /// Its text.
    pub text: Vec<u8>,
}

/// Why a draft is not proposed. Nothing was changed, and nothing is in the ledger.
#[derive(Debug, thiserror::Error)]
pub enum ProposeRulebookFault {
    /// For the same reasons for which it could not be published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// It is the rulebook in force, to the last byte.
    #[error("it is the rulebook in force")]
    InForce,
    /// So many wait already.
    #[error("{MOST_OPEN} proposals wait already")]
    TooMany,
    /// The same text is proposed, and waits.
    #[error("`{by}` proposed the same as `{proposal}`")]
    ProposedAlready {
        /// The proposal.
        proposal: RulebookProposalId,
        /// Who made it.
        by: String,
    },
}

/// A draft that was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRulebook {
    /// The proposal.
    #[serde(with = "by_text")]
    pub proposal: RulebookProposalId,
    /// SHA-256 of its text, in hex.
    pub digest: String,
    /// The editions that it adds, with the days from which they are in force, oldest first.
    pub added: Vec<(String, Date)>,
}

impl Desk {
    /// Proposes a draft, for another person to agree to. Nothing is decided by it until then.
    pub async fn propose_rulebook(
        &self,
        ask: ProposeRulebook,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<ProposedRulebook>, Failure<ProposeRulebookFault>> {
        let ProposeRulebook { by, text } = ask;
        let draft = read(&text).map_err(|error| Failure::Because(error.into()))?;
        let digest = hex(draft.digest());
        self.once(key, Proposing { by, digest, text, draft }).await
    }
}

/// A proposal with its draft read. The digest stands for the text.
#[derive(Serialize)]
struct Proposing {
    by: Operator,
    digest: String,
    #[serde(skip)]
    text: Vec<u8>,
    #[serde(skip)]
    draft: Published,
}

impl Deed for Proposing {
    const WORD: &'static str = "propose-rulebook";
    type Ready = RulebookProposalId;
    type Answer = ProposedRulebook;
    type Fault = ProposeRulebookFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<RulebookProposalId, DeskError> {
        Ok(draw.id(setting.now))
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, id: &RulebookProposalId) -> Done<Self> {
        let desk = setting.ground.check(tx).await?;
        let (base, draft) = (&*setting.ground.rulebook, &self.draft);
        if draft.digest() == base.digest() {
            return Err(because(ProposeRulebookFault::InForce));
        }
        let broken = broken(base, draft);
        if !broken.is_empty() {
            return Err(because(PublishError::Breaks(broken).into()));
        }
        if let Some(Row { id, proposed_by, .. }) = rows::open_of(tx, draft.digest()).await? {
            return Err(because(ProposeRulebookFault::ProposedAlready { proposal: id, by: proposed_by }));
        }
        let open = rows::open(tx, RulebookProposalId::new(Uuid::nil()), MOST_OPEN).await?;
        if i64::try_from(open.len()).is_ok_and(|open| open >= MOST_OPEN) {
            return Err(because(ProposeRulebookFault::TooMany));
        }
        let at = following(setting.now, [desk.changed_at])?.as_microsecond();
        let added = added(base, draft);
        let row_of = Row {
            id: *id,
            digest: draft.digest().to_vec(),
            base: base.digest().to_vec(),
            added: serde_json::to_vec(&added).map_err(|error| DeskError::unwritable(&error))?,
            state: "open".to_owned(),
            proposed_by: self.by.as_str().to_owned(),
            proposed_at: at,
            decided: None,
            reason: None,
        };
        let proposed = ProposedRulebook { proposal: *id, digest: self.digest.clone(), added };
        let entry = Entry {
            ids: vec![ours("rulebook_proposal", id.uuid()), theirs("digest", &self.digest)],
            decided: Some(decided(&proposed, &(), Vec::new())?),
            ..entry(at, &self.actor(), PROPOSED)
        };
        let entry = row(setting.entry, &entry)?;
        tx.together(&[row_of.adding(&self.text.as_slice()), entries::adding(&entry)]).await?;
        Ok(proposed)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

fn because(fault: ProposeRulebookFault) -> Failed<Failure<ProposeRulebookFault>> {
    Failed::Because(Failure::Because(fault))
}
