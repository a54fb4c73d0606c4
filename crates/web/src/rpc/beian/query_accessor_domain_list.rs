//! `QueryAccessorDomainList`: the names below a domain that a system says it serves.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::{Expected, Refusal},
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
    let number = |name: &'static str, usual: u32, most: Option<u32>| match asked.maybe(name) {
        None => Ok(usual),
        Some(text) => {
            let fits = |number: &u32| (1..=most.unwrap_or(u32::MAX)).contains(number);
            let expected = Expected::Number { most };
            text.parse().ok().filter(fits).ok_or(Refusal::Unfit { name, expected })
        }
    };
    let ask = ListAccessorNames {
        caller: asked.text("Caller")?.to_owned(),
        domain: asked.text("Domain")?.to_owned(),
        page: number("PageNo", 1, None)? - 1,
        size: number("PageSize", USUAL, Some(MOST))?,
    };
    let found = asked.site.desk.accessor_names(ask).await.map_err(refused)?;
    Ok(good(Some(json!({ "Domains": found.names }))))
}

/// Why nothing is done about names of systems.
pub(super) fn refused(error: Failure<AccessorFault>) -> Refusal {
    let unfit = |name, expected| Refusal::Unfit { name, expected };
    match error {
        Failure::Because(AccessorFault::Caller) => unfit("Caller", Expected::Caller),
        Failure::Because(AccessorFault::NoDomain(name)) => Refusal::NoDomain(name),
        Failure::Because(AccessorFault::TooMany) => unfit("Domain", Expected::RoomForNames),
        Failure::Because(AccessorFault::TooManyInAll) => unfit("Domain", Expected::RoomForAllNames),
        Failure::Because(AccessorFault::MadeByOthers) => Refusal::MadeByOthers,
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}
