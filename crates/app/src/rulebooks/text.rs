//! The rulebook in force, as it was published.

use crate::{
    Damage, Desk,
    failure::{DeskError, Failed},
    ground::Ground,
};
use std::sync::Arc;
use store::{Tx, Unit, rulebooks};

/// A rulebook as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookText {
    /// SHA-256 of its text, as the ledger names it.
    pub digest: [u8; 32],
    /// Its text, to the last byte.
    pub text: Vec<u8>,
}

impl Desk {
    /// The text of the rulebook in force.
    pub async fn rulebook_text(&self) -> Result<RulebookText, DeskError> {
        self.read(|ground| Ok(InForce(ground))).await
    }
}

struct InForce(Arc<Ground>);

impl Unit for InForce {
    type Output = RulebookText;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<RulebookText, Self::Error> {
        self.0.check::<DeskError>(tx).await?;
        let digest = *self.0.rulebook.digest();
        let text = rulebooks::text(tx, &digest).await?;
        let missing = || Damage::Rulebook { digest: "in force".to_owned() };
        Ok(RulebookText { digest, text: text.ok_or_else(missing)? })
    }
}
