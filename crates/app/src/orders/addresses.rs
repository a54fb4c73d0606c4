//! Addresses of instances that changed after they were verified: what counts is where an instance is reached now.

use crate::{failure::DeskError, instances::facts_of};
use filing::orders::Form;
use rulebook::Facts;
use std::net::IpAddr;
use store::{
    Tx, VerificationId, instances,
    verifications::{self, Verification},
};

/// A verification with the addresses that its instance has now, as far as they are known. Whoever holds its code cannot verify it anew.
pub(super) fn as_of_now(verification: Verification, facts: &Facts) -> Verification {
    match facts.public_ips.as_deref() {
        None | Some([]) => verification,
        Some(now) => {
            let addresses = now.iter().map(IpAddr::to_string).collect::<Vec<_>>().join(" ");
            Verification { addresses, ..verification }
        }
    }
}

/// The addresses as a verification has them.
pub(super) fn of(verification: &Verification) -> Vec<IpAddr> {
    verification.addresses.split(' ').filter_map(|address| address.parse().ok()).collect()
}

/// The paths of the addresses of a submitted form that its instances no longer have: they can be mended although nobody remarked on
/// them.
pub(super) async fn outdated(tx: &mut Tx<'_>, form: &Form) -> Result<Vec<String>, DeskError> {
    let mut paths = Vec::new();
    for (nth, website) in form.websites.iter().enumerate() {
        let id = website.verification.as_deref().and_then(|id| id.parse::<VerificationId>().ok());
        let Some(id) = id else { continue };
        let Some(verification) = verifications::by_id(tx, id).await? else { continue };
        let Some(read) = instances::asked_by_id(tx, verification.instance).await? else { continue };
        let now = of(&as_of_now(verification, &facts_of(&read.instance)?));
        let is_there = |typed: &String| typed.parse().is_ok_and(|address| now.contains(&address));
        if !website.addresses.iter().all(is_there) {
            paths.push(format!("websites[{nth}].addresses"));
        }
    }
    Ok(paths)
}
