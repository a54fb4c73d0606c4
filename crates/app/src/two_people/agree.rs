//! Somebody agrees to what another proposed, and it is done in the same transaction.

use super::{
    HeldFault, Measure, Outcome, ThingKind,
    effect::{Doing, Effect},
    held,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ground::SUBJECTS,
    ledger_entry::{entry, ours, row},
    orders::{Fresh, bureau::FileFault, fresh},
};
use filing::checks::confirms;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{BlacklistId, EntryId, OrderId, ProposalId, Tx};

/// The entry of the ledger.
const AGREED: &str = "proposal.agreed";

/// Somebody agrees to a proposal.
#[derive(Clone, Debug, Serialize)]
pub struct Agree {
    /// Who: somebody else than whoever proposed it.
    pub by: Operator,
    /// To which.
    #[serde(with = "by_text")]
    pub proposal: ProposalId,
    /// The digits of the number that ends, where one does, to say that it is meant.
    pub confirmation: Option<String>,
}

/// Why nothing is done. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgreeFault {
    /// For the same reasons as any decision.
    #[error(transparent)]
    Held(#[from] HeldFault),
    /// Nobody agrees to what he proposed himself.
    #[error("nobody agrees to his own proposal")]
    OwnProposal,
    /// What was typed to confirm are not the digits of the number.
    #[error("what was typed are not the digits of `{number}`")]
    NotConfirmed {
        /// The number.
        number: String,
    },
    /// The number cannot be cancelled any more.
    #[error(transparent)]
    File(#[from] FileFault),
}

/// What came of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Which.
    #[serde(with = "by_text")]
    pub proposal: ProposalId,
    /// What was done.
    pub measure: Measure,
    /// The order in the account's name by which a number was cancelled.
    #[serde(serialize_with = "order_text", deserialize_with = "read_order")]
    pub order: Option<OrderId>,
    /// What was put on the blacklist now; nothing of what was there already.
    pub listed: Vec<ListedNow>,
}

/// Something that was put on the blacklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedNow {
    /// The entry.
    #[serde(with = "by_text")]
    pub entry: BlacklistId,
    /// What kind of thing.
    pub thing: ThingKind,
}

impl Desk {
    /// Agrees to a proposal, and does what was proposed.
    pub async fn agree_to_proposal(
        &self,
        ask: Agree,
        key: IdempotencyKey,
    ) -> Result<Told<Agreed>, Failure<AgreeFault>> {
        self.have_key(&SUBJECTS).await?;
        self.once(Some(key), ask).await
    }
}

/// What is drawn beforehand: an order, the entry that says it was made, and what is sealed with.
pub(crate) struct Ready {
    fresh: Fresh,
    entry: EntryId,
    seed: [u8; 32],
}

impl Deed for Agree {
    const WORD: &'static str = "agree-to-proposal";
    type Ready = Ready;
    type Answer = Agreed;
    type Fault = AgreeFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.by.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Ready, DeskError> {
        Ok(Ready { fresh: fresh(setting, draw)?, entry: draw.id(setting.now), seed: draw.bytes() })
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, ready: &Ready) -> Done<Self> {
        setting.ground.check(tx).await?;
        let proposal = held::open(tx, self.proposal).await;
        let proposal = proposal.map_err(|failed| failed.mapped(AgreeFault::Held))?;
        if proposal.proposed_by == self.by.as_str() {
            return Err(because(AgreeFault::OwnProposal));
        }
        let measure = held::measure(&proposal)?;
        self.confirmed(&measure).map_err(because)?;
        let effect = Effect::read(tx, setting, &proposal, &measure).await;
        let effect = effect.map_err(|failed| failed.mapped(AgreeFault::File))?;
        let followed = effect.followed().into_iter().chain([proposal.proposed_at]);
        let at = following(setting.now, followed)?.as_microsecond();
        let doing = Doing {
            setting,
            actor: &self.actor(),
            proposal: proposal.id,
            at,
            fresh: &ready.fresh,
            entry: ready.entry,
        };
        let done = doing.done(tx, effect, &mut Draw::of(ready.seed)).await;
        let done = done.map_err(|failed| failed.mapped(AgreeFault::File))?;
        let agreed = Agreed { proposal: proposal.id, measure, order: done.order, listed: done.listed };
        let listed = agreed.listed.iter().map(|listed| ours("listed", listed.entry.uuid()));
        let order = agreed.order.map(|order| ours("order", order.uuid()));
        let entry = Entry {
            ids: std::iter::once(ours("proposal", proposal.id.uuid())).chain(order).chain(listed).collect(),
            decided: Some(decided(&agreed, &(), Vec::new())?),
            ..entry(at, &self.actor(), AGREED)
        };
        let entry = row(setting.entry, &entry)?;
        held::decide(tx, &proposal, (Outcome::Agreed, &self.by, at), &entry).await?;
        Ok(agreed)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl Agree {
    /// Whether he means the number that ends.
    fn confirmed(&self, measure: &Measure) -> Result<(), AgreeFault> {
        match measure {
            Measure::Cancel { number, .. }
                if !self.confirmation.as_deref().is_some_and(|typed| confirms(typed, number)) =>
            {
                Err(AgreeFault::NotConfirmed { number: number.clone() })
            }
            _ => Ok(()),
        }
    }
}

fn because(fault: AgreeFault) -> Failed<Failure<AgreeFault>> {
    Failed::Because(Failure::Because(fault))
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn order_text<S: serde::Serializer>(order: &Option<OrderId>, to: S) -> Result<S::Ok, S::Error> {
    order.map(|order| order.to_string()).serialize(to)
}

fn read_order<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<OrderId>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let none = |_| serde::de::Error::custom("no id");
    text.map(|text| text.parse().map_err(none)).transpose()
}
