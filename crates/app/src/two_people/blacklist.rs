//! What is on the blacklist: of what kind, since when and why. The values themselves nobody knows any more.

use super::{ThingKind, propose::kind_of};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::moment,
};
use jiff::Timestamp;
use store::{
    BlacklistId, ProposalId, Tx, Unit,
    blacklist::{self, Listed},
};
use uuid::Uuid;

/// How many entries a page has at most.
pub const MOST_BLACKLISTED: u32 = 200;

/// Something on the blacklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blacklisted {
    /// Its id.
    pub id: BlacklistId,
    /// What kind of thing.
    pub thing: ThingKind,
    /// The word of the reason.
    pub reason: String,
    /// The proposal by which it came there.
    pub proposal: ProposalId,
    /// Since when.
    pub since: Timestamp,
}

impl Desk {
    /// What is on the blacklist after the entry `after`, oldest first, no more than `most` and [`MOST_BLACKLISTED`].
    pub async fn blacklist(
        &self,
        after: Option<BlacklistId>,
        most: u32,
    ) -> Result<Vec<Blacklisted>, DeskError> {
        let after = after.unwrap_or(BlacklistId::new(Uuid::nil()));
        let most = most.min(MOST_BLACKLISTED).into();
        self.read(|_| Ok(List { after, most })).await
    }
}

struct List {
    after: BlacklistId,
    most: i64,
}

impl Unit for List {
    type Output = Vec<Blacklisted>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = blacklist::all(tx, self.after, self.most).await?;
        Ok(found.into_iter().map(told).collect::<Result<_, _>>()?)
    }
}

fn told(listed: Listed) -> Result<Blacklisted, DeskError> {
    let thing = kind_of(&listed)?;
    let Listed { id, reason, proposal, at, .. } = listed;
    Ok(Blacklisted { id, thing, reason, proposal, since: moment(at) })
}
