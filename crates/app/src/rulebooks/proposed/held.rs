//! A draft as it is found, whether it can still be published as it was proposed, and its decision as it is written.

use crate::{
    failure::{Damage, DeskError, Failed, Failure},
    ground::{Ground, Published},
    orders::moment,
    rulebooks::publish::{PublishError, broken},
    two_people::HeldFault,
};
use jiff::{Timestamp, civil::Date};
use rulebook::{Faults, Rulebook, calendar::shanghai};
use store::{
    RulebookProposalId, Tx, Write,
    entries::{self, EntryRow},
    rulebook_proposals::{self as rows, Decide, RulebookProposal as Row},
};

/// A rulebook that is proposed, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookProposal {
    /// Its id.
    pub id: RulebookProposalId,
    /// SHA-256 of the text.
    pub digest: [u8; 32],
    /// The editions that it adds, with the days from which they are in force, oldest first.
    pub added: Vec<(String, Date)>,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Timestamp,
}

/// Why a draft cannot be published as it was proposed, whoever agrees.
#[derive(Debug, thiserror::Error)]
pub enum Stale {
    /// For the same reasons for which no such rulebook is published.
    #[error(transparent)]
    Publish(PublishError),
    /// Another rulebook is in force than when it was proposed: it would do something else than what it was proposed for.
    #[error("another rulebook was published since it was proposed")]
    Meanwhile,
    /// An edition that was to come has come: it would be in force at once.
    #[error("edition `{edition}` was to be in force from {effective}, which has come")]
    DayCame {
        /// The edition.
        edition: String,
        /// Its day.
        effective: Date,
    },
}

pub(super) type Found<T> = Result<T, Failed<Failure<HeldFault>>>;

impl RulebookProposal {
    pub(super) fn of(row: &Row) -> Result<Self, DeskError> {
        let damage = |fault: String| Damage::Sealed { row: row.id.uuid(), fault };
        let digest = row.digest.as_slice().try_into();
        Ok(Self {
            id: row.id,
            digest: digest.map_err(|_| damage("its digest is none".to_owned()))?,
            added: serde_json::from_slice(&row.added).map_err(|error| damage(error.to_string()))?,
            proposed_by: row.proposed_by.clone(),
            proposed_at: moment(row.proposed_at),
        })
    }
}

/// The draft with that id.
pub(super) async fn any(tx: &mut Tx<'_>, id: RulebookProposalId) -> Found<Row> {
    let found = rows::by_id(tx, id).await?;
    found.ok_or(Failed::Because(Failure::Because(HeldFault::Unknown)))
}

/// The same, if nobody has decided it yet.
pub(super) async fn open(tx: &mut Tx<'_>, id: RulebookProposalId) -> Found<Row> {
    let found = any(tx, id).await?;
    let decided = HeldFault::decided(&found.state, found.decided.as_ref(), &found.proposed_by);
    decided.map_or(Ok(found), |fault| Err(Failed::Because(Failure::Because(fault))))
}

/// A draft that can be read, or what is wrong with it.
pub(super) type Draft = Result<Published, Faults>;

/// Reads a draft that was kept. This program may find faults that the one before it did not.
pub(super) fn read(id: RulebookProposalId, digest: &[u8], text: &[u8]) -> Result<Draft, DeskError> {
    if let Err(faults) = Rulebook::parse_bytes(text) {
        return Ok(Err(faults));
    }
    let same = Published::read(text).filter(|read| read.digest().as_slice() == digest);
    let damage =
        || Damage::Sealed { row: id.uuid(), fault: "it is not the text that was proposed".to_owned() };
    Ok(Ok(same.ok_or_else(damage)?))
}

/// The draft, unless it can no longer be published as it was proposed.
pub(super) fn fresh<'d>(
    ground: &Ground,
    row: &Row,
    draft: &'d Draft,
    now: Timestamp,
) -> Result<&'d Published, Failure<Stale>> {
    let stale = |why| Err(Failure::Because(why));
    let draft = match draft {
        Ok(draft) => draft,
        Err(faults) => return stale(Stale::Publish(PublishError::Faulty(faults.clone()))),
    };
    let broken = broken(&ground.rulebook, draft);
    if !broken.is_empty() {
        return stale(Stale::Publish(PublishError::Breaks(broken)));
    }
    if row.base.as_slice() != ground.rulebook.digest() {
        return stale(Stale::Meanwhile);
    }
    let RulebookProposal { added, proposed_at, .. } = RulebookProposal::of(row)?;
    let (then, today) = (shanghai(proposed_at).date(), shanghai(now).date());
    match added.into_iter().find(|(_, effective)| *effective > then && *effective <= today) {
        Some((edition, effective)) => stale(Stale::DayCame { edition, effective }),
        None => Ok(draft),
    }
}

/// Writes a decision with its entry.
pub(super) async fn decide(tx: &mut Tx<'_>, decide: &Decide, entry: &EntryRow) -> Result<(), DeskError> {
    let writes: [Write<'_>; 2] = [decide.deciding(), entries::adding(entry)];
    if tx.together(&writes).await?.contains(&0) {
        let fault = "it changed meanwhile".to_owned();
        return Err(Damage::Sealed { row: decide.id.uuid(), fault }.into());
    }
    Ok(())
}
