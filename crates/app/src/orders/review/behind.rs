//! The verified products behind the websites of an order, as reviewers and operators read them: what was verified, not who bought it for
//! how much.

use crate::{
    failure::{Damage, DeskError},
    ground::Ground,
    orders::moment,
};
use filing::orders::Form;
use jiff::Timestamp;
use rulebook::Text;
use std::net::IpAddr;
use store::{
    Tx, VerificationId, instances,
    verifications::{self, Verification},
};

/// The verified product behind a website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehindWebsite {
    /// The website, counted from 0.
    pub website: usize,
    /// The product.
    pub product: String,
    /// What it is called; `None` where the edition in force does not have it.
    pub name: Option<Text>,
    /// The instance, as its seller names it.
    pub instance: String,
    /// Its public addresses when it was verified.
    pub addresses: Vec<IpAddr>,
    /// When it was verified.
    pub verified_at: Timestamp,
}

/// The product behind each website of a form that names a verification of that account.
pub(super) async fn all(
    tx: &mut Tx<'_>,
    ground: &Ground,
    account: store::AccountId,
    form: &Form,
    now: Timestamp,
) -> Result<Vec<BehindWebsite>, DeskError> {
    let mut all = Vec::with_capacity(form.websites.len());
    for (website, filled) in form.websites.iter().enumerate() {
        let named = filled.verification.as_deref().and_then(|id| id.parse::<VerificationId>().ok());
        let Some(id) = named else { continue };
        let found = verifications::by_id(tx, id).await?.filter(|found| found.account == account);
        let Some(Verification { instance, product, addresses, made_at, .. }) = found else { continue };
        let missing = || Damage::Facts { instance: instance.to_string(), fault: "it is missing".to_owned() };
        let name = ground
            .rulebook
            .in_force(now)
            .ok()
            .and_then(|edition| edition.row(&product))
            .map(|row| row.name.clone());
        all.push(BehindWebsite {
            website,
            instance: instances::by_id(tx, instance).await?.ok_or_else(missing)?.name,
            addresses: addresses.split(' ').filter_map(|address| address.parse().ok()).collect(),
            verified_at: moment(made_at),
            name,
            product,
        });
    }
    Ok(all)
}
