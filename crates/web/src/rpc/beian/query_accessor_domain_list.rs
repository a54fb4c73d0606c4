//! `QueryAccessorDomainList`: the names below a domain that a system says it serves.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::Refusal,
    },
    good,
};
use app::{
    Failure,
    gate::{AccessorFault, ListAccessorNames},
};
use serde_json::json;

/// Names of a page where nobody says how many.
const USUAL: u32 = 20;
/// Names of a page at most.
const MOST: u32 = 1000;

pub(super) async fn told(asked: &Asked) -> Told {
    let number = |name: &'static str, usual: u32, most: u32| match asked.maybe(name) {
        None => Ok(usual),
        Some(text) => {
            let number = text.parse().ok().filter(|number| (1..=most).contains(number));
            let expected = if most == MOST { "1 to 1000" } else { "a whole number from 1 on" };
            number.ok_or(Refusal::Unfit { name, expected })
        }
    };
    let ask = ListAccessorNames {
        caller: asked.text("Caller")?.to_owned(),
        domain: asked.text("Domain")?.to_owned(),
        page: number("PageNo", 1, u32::MAX)? - 1,
        size: number("PageSize", USUAL, MOST)?,
    };
    let found = asked.site.desk.accessor_names(ask).await.map_err(refused)?;
    Ok(good(Some(json!({ "Domains": found.names }))))
}

/// Why nothing is done about names of systems.
pub(super) fn refused(error: Failure<AccessorFault>) -> Refusal {
    match error {
        Failure::Because(AccessorFault::Caller) => {
            Refusal::Unfit { name: "Caller", expected: "1 to 64 of A-Z, a-z, 0-9, -, _ and ." }
        }
        Failure::Because(AccessorFault::NoDomain(name)) => Refusal::NoDomain(name),
        Failure::Because(AccessorFault::TooMany) => {
            Refusal::Unfit { name: "Domain", expected: "at most 10000 names below one domain" }
        }
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}
