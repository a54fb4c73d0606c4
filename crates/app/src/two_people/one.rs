//! One proposal with what it names, as whoever decides it has to see it. The reading is in the access log.

use super::{HeldFault, Measure, Outcome, ProposalInShort, Thing, effect::Target, held};
use crate::{
    Desk,
    access::{Principal, Right},
    access_log::{About, Looking},
    failure::{Failed, Failure},
    ground::Ground,
    orders::moment,
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{ProposalId, Tx, Unit, accounts};

/// A proposal as whoever decides it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalSeen {
    /// What anybody of the staff may read.
    pub proposal: ProposalInShort,
    /// What became of it, who decided, and when; `None` while it is open.
    pub decided: Option<(Outcome, String, Timestamp)>,
    /// What it names in clear, while it is open and where it names something.
    pub thing: Option<Thing>,
    /// What whoever proposed it wants to be known, while it is open.
    pub note: Option<String>,
    /// What would be lost for ever, where a number would end that has not ended.
    pub loses: Option<Loses>,
}

/// What a cancellation ends for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loses {
    /// The account that loses it, by its id in inventories.
    pub account: String,
    /// The number of the subject, where it ends.
    pub subject: Option<String>,
    /// The numbers of the websites that end.
    pub websites: Vec<String>,
}

/// Why a proposal is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeeProposalFault {
    /// Whoever asks may not see it.
    #[error("the right `{}` is needed", Right::ProposeAndAgree)]
    NotAllowed,
    /// There is no such proposal.
    #[error(transparent)]
    Held(#[from] HeldFault),
}

impl Desk {
    /// A proposal with what it names, in clear. Each reading has left a line in the access log.
    pub async fn proposal_for(
        &self,
        by: &Principal,
        id: ProposalId,
    ) -> Result<ProposalSeen, Failure<SeeProposalFault>> {
        if !by.may(Right::ProposeAndAgree) {
            return Err(Failure::Because(SeeProposalFault::NotAllowed));
        }
        let seen: ProposalSeen = self.read(|ground| Ok(See { ground, id })).await?;
        let account = seen.loses.as_ref().map(|loses| loses.account.clone());
        let about = About { account, proposal: Some(id), ..About::default() };
        self.note_looking(by, Looking::Proposal, about).await?;
        Ok(seen)
    }
}

struct See {
    ground: Arc<Ground>,
    id: ProposalId,
}

impl Unit for See {
    type Output = ProposalSeen;
    type Error = Failed<Failure<SeeProposalFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ProposalSeen, Self::Error> {
        self.ground.check(tx).await?;
        let found = held::any(tx, self.id).await;
        let found = found.map_err(|failed| failed.mapped(SeeProposalFault::Held))?;
        let named = held::named(tx, &self.ground, &found).await?;
        let proposal = ProposalInShort::of(&found)?;
        let loses = match &proposal.measure {
            Measure::Cancel { number, extent } if found.decided.is_none() => {
                match Target::find(tx, number).await? {
                    Some(target) => Some(loses(tx, &target, *extent).await?),
                    None => None,
                }
            }
            _ => None,
        };
        let outcome = Outcome::of(&found.state);
        let decided = outcome.zip(found.decided).map(|(outcome, (by, at))| (outcome, by, moment(at)));
        let (thing, note) = named.map(|named| (named.thing, named.note)).unzip();
        Ok(ProposalSeen { proposal, decided, thing: thing.flatten(), note, loses })
    }
}

async fn loses(tx: &mut Tx<'_>, target: &Target, extent: super::Extent) -> Result<Loses, crate::DeskError> {
    let account = accounts::by_id(tx, target.subject.account).await?;
    let subject = target.ends_subject(extent).then(|| target.subject.number.clone());
    let websites = target.ending(tx, extent).await?.into_iter().map(|website| website.number).collect();
    Ok(Loses { account: account.map(|account| account.name).unwrap_or_default(), subject, websites })
}
