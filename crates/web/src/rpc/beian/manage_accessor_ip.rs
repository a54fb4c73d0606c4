//! `ManageAccessorIp`: addresses of the provider's own are put down, or taken away: one, a network, or a range.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::{Expected, Refusal},
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
    let unfit = |name, expected| Refusal::Unfit { name, expected };
    let range: AddressRange = asked.text("Ip")?.trim().parse().map_err(|_| unfit("Ip", Expected::Range))?;
    let version = if matches!(range.first(), IpAddr::V4(_)) { "4" } else { "6" };
    match asked.maybe("IpVersion") {
        Some(said) if said != version => Err(unfit("IpVersion", Expected::AddressVersion)),
        _ => Ok(range),
    }
}

fn refused(error: Failure<RangeFault>) -> Refusal {
    let unfit = |name, expected| Refusal::Unfit { name, expected };
    match error {
        Failure::Because(RangeFault::Caller) => unfit("Caller", Expected::Caller),
        Failure::Because(RangeFault::Reason) => unfit("Remark", Expected::Reason),
        Failure::Because(RangeFault::Already) => unfit("Ip", Expected::NewRange),
        Failure::Because(RangeFault::Unknown) => unfit("Ip", Expected::KnownRange),
        Failure::Because(RangeFault::MadeByOthers) => Refusal::MadeByOthers,
        Failure::Because(RangeFault::TooMany) => unfit("Ip", Expected::RoomForRanges),
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}
