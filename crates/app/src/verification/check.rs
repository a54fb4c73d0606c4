//! Asking how a verification would end, without the effect: for support that is asked why.

use super::{
    Proof, VerifyFault,
    proof::Given,
    question::{Ask, Verifying},
};
use crate::{
    Asker, Desk,
    failure::{Failed, Failure},
    ground::Ground,
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Tx, Unit};

/// How would it end, were this account to verify this product? Asked by staff on its behalf.
#[derive(Clone, Debug)]
pub struct CheckVerification {
    /// The account that would file.
    pub filer: Asker,
    /// The product that it would choose.
    pub product: String,
    /// What it would give for it.
    pub proof: Proof,
}

impl Desk {
    /// The question as it would be decided now; [`Verifying::judge`] tells the answer, to be told as
    /// [`filing::verification::Reader::Staff`]. Nothing is written anywhere.
    pub async fn check_verification(
        &self,
        ask: CheckVerification,
    ) -> Result<Verifying, Failure<VerifyFault>> {
        let given = self.weigh(&ask.product, &ask.proof).await?;
        let (ask, given, now) = (Arc::new(ask), Arc::new(given), self.now());
        let make = |ground| Ok(Check { ground, ask: Arc::clone(&ask), given: Arc::clone(&given), now });
        self.read(make).await
    }
}

struct Check {
    ground: Arc<Ground>,
    ask: Arc<CheckVerification>,
    given: Arc<Given>,
    now: Timestamp,
}

impl Unit for Check {
    type Output = Verifying;
    type Error = Failed<Failure<VerifyFault>>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Verifying, Self::Error> {
        let CheckVerification { filer, product, .. } = &*self.ask;
        let ask = Ask { ground: &self.ground, filer, product, given: &self.given, now: self.now };
        let (_, verifying) = ask.put(tx).await?;
        Ok(verifying)
    }
}
