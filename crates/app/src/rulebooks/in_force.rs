//! The rulebook that is published, for those who read the rules.

use crate::{
    Desk, Published,
    failure::{DeskError, Failed},
    ground::Ground,
};
use std::sync::Arc;
use store::{Tx, Unit};

impl Desk {
    /// The rulebook that the desk decides by at present, with all its editions.
    pub async fn rules(&self) -> Result<Arc<Published>, DeskError> {
        self.read(|ground| Ok(Rules(ground))).await
    }
}

/// Makes sure that the rulebook is that of the present generation.
struct Rules(Arc<Ground>);

impl Unit for Rules {
    type Output = Arc<Published>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.0.check::<DeskError>(tx).await?;
        Ok(Arc::clone(&self.0.rulebook))
    }
}
