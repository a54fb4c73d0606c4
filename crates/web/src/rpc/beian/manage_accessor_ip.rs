//! `ManageAccessorIp`: addresses of the provider's own are put down, or taken away: one, a network, or a range.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::Refusal,
    },
    good, is_put,
};
use app::{
    Failure,
    gate::{AddRange, AddressRange, RangeFault, RemoveRange},
};
use std::net::IpAddr;

pub(super) async fn told(asked: &Asked) -> Told {
    let caller = asked.text("Caller")?.to_owned();
    let range = range(asked)?;
    let (by, desk) = (asked.actor()?, &asked.site.desk);
    if is_put(asked)? {
        let reason = asked.text("Remark")?.to_owned();
        desk.add_range(AddRange { by, caller, range, reason }, None).await.map_err(refused)?;
    } else {
        desk.remove_range(RemoveRange { by, range }, None).await.map_err(refused)?;
    }
    Ok(good(None))
}

/// The range of the parameter `Ip`, of the version that is said.
fn range(asked: &Asked) -> Result<AddressRange, Refusal> {
    const EXPECTED: &str = "an address, a network such as 10.0.0.0/8, or two addresses with - between them";
    let range: AddressRange =
        asked.text("Ip")?.trim().parse().map_err(|_| Refusal::Unfit { name: "Ip", expected: EXPECTED })?;
    let version = if matches!(range.first(), IpAddr::V4(_)) { "4" } else { "6" };
    match asked.maybe("IpVersion") {
        Some(said) if said != version => {
            Err(Refusal::Unfit { name: "IpVersion", expected: "4, 6; that of the address" })
        }
        _ => Ok(range),
    }
}

fn refused(error: Failure<RangeFault>) -> Refusal {
    let unfit = |name, expected| Refusal::Unfit { name, expected };
    match error {
        Failure::Because(RangeFault::Reason) => unfit("Remark", "1 to 60 characters in one line"),
        Failure::Because(RangeFault::Already) => unfit("Ip", "a range that is not there already"),
        Failure::Because(RangeFault::Unknown) => unfit("Ip", "a range that is there"),
        Failure::Because(RangeFault::TooMany) => unfit("Ip", "at most 65536 ranges in all"),
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}
