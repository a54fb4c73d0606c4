//! What is seen of an account: its first instances and codes.

use super::{Ends, Look, MOST_SEEN, code::CodeSeen};
use crate::{
    Asker,
    instances::{InstanceDecision, first_of},
};
use std::collections::HashMap;
use store::{
    CodeId, InstanceId, Tx,
    accounts::Account,
    codes::{self, Held},
    instances,
};
use uuid::Uuid;

/// An account as its customer sees it.
#[derive(Clone, Debug)]
pub struct AccountSeen {
    /// The id by which inventories name it.
    pub name: String,
    /// Whether a subject of it was on the blacklist at the time asked about: it got no codes then.
    pub blacklisted: bool,
    /// The first of the instances that it has bought, as of today, each with what is or was said of it, no more than [`MOST_SEEN`]. Of
    /// those that the desk had not heard of at the time asked about there are none.
    pub instances: Vec<InstanceDecision>,
    /// Whether it has more instances.
    pub more_instances: bool,
    /// The first of its own codes and of those granted to it, oldest first, no more than [`MOST_SEEN`].
    pub codes: Vec<CodeSeen>,
    /// Whether it has more codes.
    pub more_codes: bool,
}

/// Decisions on instances that were looked at; `None` where the desk had not heard of it.
type Decided = HashMap<InstanceId, Option<InstanceDecision>>;

impl Look {
    /// All that is seen of an account.
    pub(super) async fn account(&self, tx: &mut Tx<'_>, account: Account) -> Result<AccountSeen, Ends> {
        let Account { id, name, .. } = account;
        let asker = Asker { id, name: name.clone() };
        let page = first_of(tx, &self.ground, asker, MOST_SEEN, self.now).await?;
        let mut instances = page.instances;
        if self.ask.at.is_some() || self.ask.edition.is_some() {
            let today = std::mem::take(&mut instances);
            for decided in today {
                instances.extend(self.decided_then(tx, &decided.facts().id).await?);
            }
        }
        let mut held = codes::of_account(tx, id, CodeId::new(Uuid::nil()), i64::from(MOST_SEEN) + 1).await?;
        let more_codes = held.len() > MOST_SEEN as usize;
        held.truncate(MOST_SEEN as usize);
        let codes = self.codes(tx, held).await?;
        let blacklisted = self.blacklisted(tx, &name).await?;
        let more_instances = page.next.is_some();
        Ok(AccountSeen { name, blacklisted, instances, more_instances, codes, more_codes })
    }

    async fn codes(&self, tx: &mut Tx<'_>, held: Vec<Held>) -> Result<Vec<CodeSeen>, Ends> {
        let mut known = Decided::new();
        let mut seen = Vec::with_capacity(held.len());
        for held in held {
            if let Some(id) = held.code.instance
                && !known.contains_key(&id)
            {
                let decided = match instances::by_id(tx, id).await? {
                    Some(instance) => self.decided_then(tx, &instance.name).await?,
                    None => None,
                };
                known.insert(id, decided);
            }
            let on = held.code.instance.and_then(|id| known.get(&id)).and_then(Option::as_ref);
            seen.push(self.code_on(held, on)?);
        }
        seen.retain(|code| code.made_at <= self.until());
        Ok(seen)
    }

    /// The decision on an instance; `None` where the desk had not heard of it then.
    async fn decided_then(&self, tx: &mut Tx<'_>, name: &str) -> Result<Option<InstanceDecision>, Ends> {
        match self.decided(tx, name).await {
            Ok(decided) => Ok(Some(decided)),
            Err(Ends::NotYet(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
