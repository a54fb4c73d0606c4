//! What is seen of a service code. Never the code itself: its last group is enough to talk about it.

use super::{Ends, Look, WhyNot, instance::InstanceSeen};
use crate::{
    failure::{Damage, Failed},
    instances::{InstanceDecision, heard_of},
    why_not::WhyNotError,
};
use filing::codes::{Instance, Standing, Stored};
use jiff::Timestamp;
use rulebook::{Edition, Facts};
use std::sync::Arc;
use store::{CodeId, Tx, codes::Held, instances};

/// A code as support sees it.
#[derive(Clone, Debug)]
pub struct CodeSeen {
    /// Its id.
    pub id: CodeId,
    /// Its last group, with dots for the others.
    pub ending: String,
    /// The account that owns it.
    pub owner: Option<String>,
    /// The account that it was granted to.
    pub granted_to: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it moved after the time asked about: its state, owner and grantee are then those of today.
    pub changed_since: bool,
    stored: Stored,
    behind: Option<(Arc<Edition>, Facts)>,
    at: Timestamp,
}

impl CodeSeen {
    /// What it is, with its instance as it was at the time asked about.
    pub fn standing(&self) -> Standing<'_> {
        let instance = match &self.behind {
            Some((edition, facts)) => Instance::Here { edition, facts, at: self.at },
            None => Instance::Gone,
        };
        Standing::of(self.stored, instance)
    }

    /// The instance that it is bound to, where that is there.
    pub fn instance(&self) -> Option<&str> {
        self.behind.as_ref().map(|(_, facts)| facts.id.as_str())
    }
}

impl Look {
    /// All that is seen of a code.
    pub(super) async fn code(&self, tx: &mut Tx<'_>, held: Held) -> Result<WhyNot, Ends> {
        let made_at = made_at(&held)?;
        if self.until().as_millisecond() < made_at.as_millisecond() {
            return Err(Ends::NotYet(made_at));
        }
        let on = match held.code.instance {
            Some(id) => instances::by_id(tx, id).await?,
            None => None,
        };
        let instance: Option<InstanceSeen> = match on {
            Some(on) => Some(self.instance(tx, &on).await?),
            None => None,
        };
        let entries = self.entries(tx, None, &[held.code.id]).await?;
        let code = self.code_on(held, instance.as_ref().map(|seen| &seen.decided))?;
        Ok(WhyNot::Code(Box::new(code), instance.map(Box::new), entries))
    }

    /// What is seen of a code on that instance.
    pub(super) fn code_on(
        &self,
        held: Held,
        on: Option<&InstanceDecision>,
    ) -> Result<CodeSeen, Failed<WhyNotError>> {
        let made_at = made_at(&held)?;
        let there = on.filter(|decided| decided.gone_at().is_none());
        Ok(CodeSeen {
            id: held.code.id,
            ending: self.ground.secrets.open(&held.code)?.ending().to_string(),
            owner: held.owner,
            granted_to: held.grantee,
            made_at,
            changed_since: held.code.changed_at > self.until().as_microsecond(),
            stored: held.code.stored,
            behind: there.map(|decided| (Arc::clone(decided.shared_edition()), decided.facts().clone())),
            at: self.at(),
        })
    }
}

/// When a code was made, from its id.
fn made_at(held: &Held) -> Result<Timestamp, Damage> {
    let id = held.code.id;
    let damage = || Damage::Code { id, fault: "when it was made is not in its id".to_owned() };
    heard_of(id.uuid()).ok_or_else(damage)
}
