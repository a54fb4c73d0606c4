//! The codes of an account: its own and those granted to it, each with what it is today; all of them, or one.

use super::held::{HeldThen, is_known_to};
use crate::{
    Asker, Desk,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
    instances::facts_of,
};
use filing::{
    Refused,
    codes::{GrantRefusal, Granter, Instance, Reader, ServiceCode, Standing, may_grant, withdraw_grant},
};
use jiff::Timestamp;
use rulebook::{Edition, Facts, NoEdition};
use std::{collections::HashMap, sync::Arc};
use store::{CodeId, InstanceId, Tx, Unit, blacklist, codes, instances};

/// How many codes a page of a list has at most.
pub const MOST_LISTED: u32 = 200;

/// A code as its owner sees it, or the account it was granted to.
#[derive(Clone, Debug)]
pub struct MyCode {
    /// Its id.
    pub id: CodeId,
    /// The code itself.
    pub code: ServiceCode,
    /// As whom the account sees it.
    pub reader: Reader,
    /// The account that it was granted to, as its owner sees it.
    pub granted_to: Option<String>,
    held: HeldThen,
    asker: String,
    /// Whether a subject of whoever asks is on the blacklist.
    blacklisted: bool,
    behind: Behind,
    at: Timestamp,
}

/// What is behind a code.
#[derive(Clone, Debug)]
enum Behind {
    /// An instance, with the edition in force.
    Here(Arc<Edition>, Arc<Facts>),
    /// An instance that was there once, or none yet.
    Nothing,
}

impl MyCode {
    /// What the code is today.
    pub fn standing(&self) -> Standing<'_> {
        let instance = match &self.behind {
            Behind::Here(edition, facts) => Instance::Here { edition, facts, at: self.at },
            Behind::Nothing => Instance::Gone,
        };
        Standing::of(self.held.as_held().stored, instance)
    }

    /// Whether whoever asks can grant it to another account now.
    pub fn may_grant(&self) -> Result<(), Refused<GrantRefusal<'_>>> {
        may_grant(Some(&self.held.as_held()), Granter { account: &self.asker, blacklisted: self.blacklisted })
    }

    /// Whether whoever asks can withdraw its grant now: from which account.
    pub fn may_withdraw(&self) -> Result<&str, Refused<GrantRefusal<'_>>> {
        withdraw_grant(Some(&self.held.as_held()), &self.asker)
    }

    /// The instance it is bound to, as its seller names it, for its owner; a grantee is told the product only.
    pub fn instance(&self) -> Option<&str> {
        self.facts().filter(|_| self.reader == Reader::Owner).map(|facts| &*facts.id)
    }

    /// The product of its instance.
    pub fn product(&self) -> Option<&str> {
        self.facts().map(|facts| &*facts.product)
    }

    fn facts(&self) -> Option<&Facts> {
        match &self.behind {
            Behind::Here(_, facts) => Some(facts),
            Behind::Nothing => None,
        }
    }
}

/// Why codes are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListFault {
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// The codes that `asker` owns or was granted, oldest first, after the code `after`, no more than `most` and
    /// [`MOST_LISTED`].
    pub async fn my_codes(
        &self,
        asker: &Asker,
        after: Option<CodeId>,
        most: u32,
    ) -> Result<Vec<MyCode>, ListFault> {
        let (asker, now) = (asker.clone(), self.now());
        let most = most.min(MOST_LISTED);
        self.read(|ground| Ok(List { ground, asker: asker.clone(), after, most, now })).await
    }
}

impl Desk {
    /// The code with that id, as `asker` sees it; `None` to anyone but its owner and the account that it was granted to.
    pub async fn my_code(&self, asker: &Asker, id: CodeId) -> Result<Option<MyCode>, ListFault> {
        let (asker, now) = (asker.clone(), self.now());
        self.read(|ground| {
            Ok(One { list: List { ground, asker: asker.clone(), after: None, most: 1, now }, id })
        })
        .await
    }
}

/// One code, as the list has it.
struct One {
    list: List,
    id: CodeId,
}

impl Unit for One {
    type Output = Option<MyCode>;
    type Error = Failed<ListFault>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<MyCode>, Self::Error> {
        let Self { list, id } = self;
        list.ground.check::<ListFault>(tx).await?;
        let edition = list.edition()?;
        let found = codes::held(tx, *id).await?.filter(|held| is_known_to(held, &list.asker));
        let Some(held) = found else { return Ok(None) };
        let facts = match held.code.instance {
            Some(id) => list.facts(tx, id, &mut HashMap::new()).await?,
            None => None,
        };
        let blacklisted = list.is_blacklisted(tx).await?;
        Ok(Some(list.listed(held, edition, facts, blacklisted)?))
    }
}

/// Codes of an account, as they stand in the list.
pub(super) struct List {
    pub(super) ground: Arc<Ground>,
    pub(super) asker: Asker,
    pub(super) after: Option<CodeId>,
    pub(super) most: u32,
    pub(super) now: Timestamp,
}

impl Unit for List {
    type Output = Vec<MyCode>;
    type Error = Failed<ListFault>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<MyCode>, Self::Error> {
        self.ground.check::<ListFault>(tx).await?;
        let edition = self.edition()?;
        let after = self.after.unwrap_or(CodeId::new(uuid::Uuid::nil()));
        let held = codes::of_account(tx, self.asker.id(), after, self.most.into()).await?;
        let blacklisted = self.is_blacklisted(tx).await?;
        let mut instances = HashMap::new();
        let mut listed = Vec::with_capacity(held.len());
        for held in held {
            let facts = match held.code.instance {
                Some(id) => self.facts(tx, id, &mut instances).await?,
                None => None,
            };
            listed.push(self.listed(held, edition, facts, blacklisted)?);
        }
        Ok(listed)
    }
}

/// Instances already read; `None` for one that is gone.
type Read = HashMap<InstanceId, Option<Arc<Facts>>>;

impl List {
    fn edition(&self) -> Result<&Arc<Edition>, Failed<ListFault>> {
        self.ground.rulebook.in_force(self.now).map_err(|error| Failed::Because(error.into()))
    }

    async fn is_blacklisted(&self, tx: &mut Tx<'_>) -> Result<bool, DeskError> {
        Ok(blacklist::blocked(tx, self.asker.id()).await?.since.is_some())
    }

    async fn facts(
        &self,
        tx: &mut Tx<'_>,
        id: InstanceId,
        read: &mut Read,
    ) -> Result<Option<Arc<Facts>>, DeskError> {
        if let Some(facts) = read.get(&id) {
            return Ok(facts.clone());
        }
        let here = instances::by_id(tx, id).await?.filter(|instance| instance.gone_at.is_none());
        let facts = here.as_ref().map(facts_of).transpose()?.map(Arc::new);
        read.insert(id, facts.clone());
        Ok(facts)
    }

    fn listed(
        &self,
        held: codes::Held,
        edition: &Arc<Edition>,
        facts: Option<Arc<Facts>>,
        blacklisted: bool,
    ) -> Result<MyCode, Damage> {
        let own = held.code.owner == Some(self.asker.id());
        let behind = facts.map_or(Behind::Nothing, |facts| Behind::Here(Arc::clone(edition), facts));
        Ok(MyCode {
            id: held.code.id,
            code: self.ground.secrets.open(&held.code)?,
            reader: if own { Reader::Owner } else { Reader::Grantee },
            held: HeldThen::now(&held),
            asker: self.asker.name().to_owned(),
            blacklisted,
            granted_to: held.grantee.filter(|_| own),
            behind,
            at: self.now,
        })
    }
}
