//! Deciding facts that are handed in: nothing is stored, and nothing is read of what is.

use super::{InstanceDecision, decision::CodesCounted, then::DecisionError};
use crate::{Desk, failure::Failed, ground::Ground};
use jiff::Timestamp;
use rulebook::{Edition, Facts};
use std::sync::Arc;
use store::{Tx, Unit};

/// By which edition facts are decided, and as of when.
#[derive(Clone, Debug)]
pub struct Deciding {
    edition: Arc<Edition>,
    at: Timestamp,
    asker: Option<String>,
}

impl Deciding {
    /// The decision on `facts`, with the codes issued that they say.
    pub fn decide(&self, facts: Facts) -> InstanceDecision {
        InstanceDecision {
            edition: Arc::clone(&self.edition),
            facts,
            at: self.at,
            asker: self.asker.clone(),
            blacklisted: false,
            gone_at: None,
            codes: CodesCounted::AsGiven,
            changes: Vec::new(),
        }
    }

    /// The edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// As of when.
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

impl Desk {
    /// What is needed to decide facts that are handed in, one after another: the edition named, or the one in force at that
    /// time (now, unless said otherwise), of the rulebook that is published. `asker` is the account that asks, by name.
    pub async fn deciding(
        &self,
        asker: Option<String>,
        edition: Option<String>,
        at: Option<Timestamp>,
    ) -> Result<Deciding, DecisionError> {
        let at = at.unwrap_or_else(|| self.now());
        let ground = self.read::<_, DecisionError>(|ground| Ok(Settle(ground))).await?;
        let edition = Arc::clone(ground.rulebook.edition_or_in_force(edition.as_deref(), at)?);
        Ok(Deciding { edition, at, asker })
    }

    /// The decision on facts that are handed in.
    pub async fn decide_facts(
        &self,
        asker: Option<String>,
        edition: Option<String>,
        at: Option<Timestamp>,
        facts: Facts,
    ) -> Result<InstanceDecision, DecisionError> {
        Ok(self.deciding(asker, edition, at).await?.decide(facts))
    }
}

/// Makes sure that the ground is of the present generation.
struct Settle(Arc<Ground>);

impl Unit for Settle {
    type Output = Arc<Ground>;
    type Error = Failed<DecisionError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Arc<Ground>, Self::Error> {
        self.0.check::<DecisionError>(tx).await?;
        Ok(Arc::clone(&self.0))
    }
}
