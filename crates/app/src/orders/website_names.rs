//! By which names websites are found that are filed, as keyed hashes: written with each filing of one.

use super::marks;
use crate::{failure::DeskError, ground::Ground};
use filing::{
    checks::{Wanted, lookups, registrable},
    orders::{Form, Kind},
};
use store::{
    Tx,
    websites::{self, Name},
};

/// Notes the names of the websites of an order that was just written into the registry. Each is found by a domain of its own.
pub(super) async fn note(tx: &mut Tx<'_>, ground: &Ground, kind: Kind, form: &Form) -> Result<(), DeskError> {
    for lookup in lookups(kind, form) {
        let (Wanted::WebsiteName(_), Some(nth)) = (&lookup.wanted, lookup.website()) else { continue };
        let domains = form.websites.get(nth).map(|site| site.domains.as_slice()).unwrap_or_default();
        let Some(domain) = domains.iter().find_map(|domain| registrable(domain).ok()) else { continue };
        let Some(website) = websites::by_domain(tx, &domain).await? else { continue };
        let (_, mark) = marks::of(ground, &lookup.wanted);
        let name = Name { mark, website: website.id };
        // An access leaves a website that is filed as it is. How many names there were does not matter.
        if kind != Kind::AddAccess {
            tx.together(&[websites::forgetting_name(&website.id)]).await?;
        }
        tx.together(&[name.adding()]).await?;
    }
    Ok(())
}
