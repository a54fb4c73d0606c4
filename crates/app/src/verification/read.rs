//! A verification as its owner sees it.

use super::{Passed, Verifying};
use crate::{
    Asker, Desk,
    failure::{Damage, DeskError, Failed},
    instances::facts_of,
};
use jiff::Timestamp;
use std::net::IpAddr;
use store::{Tx, Unit, VerificationId, instances, verifications};

/// A product that was proved to be an account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Its id.
    pub id: VerificationId,
    /// The instance, as its seller names it.
    pub instance: String,
    /// The product of the instance when it was proved.
    pub product: String,
    /// The public addresses of the instance when it was proved.
    pub addresses: Vec<IpAddr>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when an order can use it.
    pub expires_at: Timestamp,
    /// When an order used it.
    pub used_at: Option<Timestamp>,
}

impl Verification {
    /// Whether an order can use it at `at`. Whether the product may still back a filing is tested again then.
    pub fn is_usable(&self, at: Timestamp) -> bool {
        self.used_at.is_none() && at < self.expires_at
    }
}

impl Verifying {
    /// The verification as it was made; `None` when there is none. Whether an order used it since is not told.
    pub fn made(&self) -> Option<Verification> {
        let (Passed { id, expires_at }, facts) = self.passed().zip(self.facts())?;
        Some(Verification {
            id,
            instance: facts.id.clone(),
            product: self.product().to_owned(),
            addresses: facts.public_ips.clone().unwrap_or_default(),
            made_at: self.at(),
            expires_at,
            used_at: None,
        })
    }
}

impl Desk {
    /// The verification with that id; `None` when there is none, or it is another account's, which is never said.
    pub async fn verification(
        &self,
        asker: &Asker,
        id: VerificationId,
    ) -> Result<Option<Verification>, DeskError> {
        let asker = asker.clone();
        self.read(|_| Ok(Find { asker: asker.clone(), id })).await
    }
}

struct Find {
    asker: Asker,
    id: VerificationId,
}

impl Unit for Find {
    type Output = Option<Verification>;
    type Error = Failed<DeskError>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = verifications::by_id(tx, self.id).await?;
        let Some(found) = found.filter(|found| found.account == self.asker.id()) else { return Ok(None) };
        let instance = instances::by_id(tx, found.instance).await?;
        let instance = instance.ok_or_else(|| Damage::Facts {
            instance: found.instance.to_string(),
            fault: "it is missing".to_owned(),
        })?;
        let facts = facts_of(&instance)?;
        let time = |at| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX);
        Ok(Some(Verification {
            id: found.id,
            instance: facts.id,
            product: found.product,
            addresses: found.addresses.split(' ').filter_map(|address| address.parse().ok()).collect(),
            made_at: time(found.made_at),
            expires_at: time(found.expires_at),
            used_at: found.used_at.map(time),
        }))
    }
}
