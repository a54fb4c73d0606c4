//! What is seen of an instance.

use super::{Ends, EntriesSeen, Look, MOST_SEEN, code::CodeSeen};
use crate::{
    ground::Published,
    instances::{InstanceChange, InstanceDecision, as_buyer, changes_until},
};
use filing::{
    Refused,
    codes::{Asking, Issue, IssueRefusal, issue},
};
use rulebook::{Decision, Document, Row};
use std::{num::NonZero, sync::Arc};
use store::{Tx, accounts, blacklist, codes, instances::Instance};

/// An instance as its buyer sees it, with all that this rests on.
#[derive(Clone, Debug)]
pub struct InstanceSeen {
    /// The decision as of the time asked about, asked as whoever was the buyer then: what he reads is made of it.
    pub decided: InstanceDecision,
    /// Its codes up to that time, oldest first, no more than [`MOST_SEEN`].
    pub codes: Vec<CodeSeen>,
    /// Whether it has more codes.
    pub more_codes: bool,
    /// All that changed about it up to that time (变配), oldest first.
    pub history: Vec<InstanceChange>,
    /// What the ledger says about it and its codes.
    pub entries: EntriesSeen,
    blacklisted: bool,
    rulebook: Arc<Published>,
}

impl InstanceSeen {
    /// Its id, as its seller names it.
    pub fn id(&self) -> &str {
        &self.decided.facts().id
    }

    /// Answers whether its buyer would be issued a code, as [`Desk::check_codes`](crate::Desk::check_codes) tells him, and hands
    /// the decision and the answer to `tell`.
    pub fn judge<T>(
        &self,
        tell: impl FnOnce(&Decision<'_>, Result<Issue, Refused<IssueRefusal<'_>>>) -> T,
    ) -> T {
        let decision = self.decided.decision();
        let asking = Asking { decision: &decision, blacklisted: self.blacklisted };
        tell(&decision, issue(&asking, NonZero::<u32>::MIN))
    }

    /// What the edition says of its product.
    pub fn row(&self) -> Option<&Row> {
        self.decided.edition().row(&self.decided.facts().product)
    }

    /// A document that the rulebook names as a source.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.rulebook.document(id)
    }
}

impl Look {
    /// The decision on the instance of that name, asked as its buyer.
    pub(super) async fn decided(&self, tx: &mut Tx<'_>, name: &str) -> Result<InstanceDecision, Ends> {
        let edition = self.ask.edition.clone();
        Ok(as_buyer(tx, &self.ground, name, edition, self.ask.at, self.now).await?)
    }

    /// All that is seen of an instance.
    pub(super) async fn instance(&self, tx: &mut Tx<'_>, instance: &Instance) -> Result<InstanceSeen, Ends> {
        let decided = self.decided(tx, &instance.name).await?;
        let history = changes_until(tx, instance, self.until()).await?;
        let mut held = codes::of_instance(tx, instance.id, i64::from(MOST_SEEN) + 1).await?;
        let more_codes = held.len() > MOST_SEEN as usize;
        held.truncate(MOST_SEEN as usize);
        let mut codes = Vec::with_capacity(held.len());
        for held in held {
            codes.push(self.code_on(held, Some(&decided))?);
        }
        codes.retain(|code| code.made_at <= self.until());
        let ids: Vec<_> = codes.iter().map(|code| code.id).collect();
        let entries = self.entries(tx, Some(&instance.name), &ids).await?;
        let blacklisted = match &decided.facts().account {
            Some(buyer) => self.blacklisted(tx, buyer).await?,
            None => false,
        };
        let rulebook = Arc::clone(&self.ground.rulebook);
        Ok(InstanceSeen { decided, codes, more_codes, history, entries, blacklisted, rulebook })
    }

    /// Whether the account of that name had a blacklisted subject at the time asked about.
    pub(super) async fn blacklisted(&self, tx: &mut Tx<'_>, account: &str) -> Result<bool, Ends> {
        match accounts::by_name(tx, account).await? {
            Some(account) => {
                Ok(blacklist::blocked_then(tx, account.id, self.until().as_microsecond()).await?)
            }
            None => Ok(false),
        }
    }
}
