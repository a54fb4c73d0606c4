//! `QueryAccessorIp`: whether an address is the provider's own.

use super::{
    super::{Told, asked::Asked, fault::Refusal},
    good, standing,
};
use app::gate::Why;
use serde_json::Value;
use std::net::IpAddr;

pub(super) fn told(asked: &Asked) -> Told {
    asked.text("Caller")?;
    let address: IpAddr = asked
        .text("Ip")?
        .trim()
        .parse()
        .map_err(|_| Refusal::Unfit { name: "Ip", expected: "an address" })?;
    let name = match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    let standing = standing(asked)?;
    match standing.answer(&name, asked.site.desk.now()).why {
        Why::Stale(_) => Err(Refusal::Unavailable),
        why => Ok(good(Some(Value::Bool(matches!(why, Why::AddressRange { .. }))))),
    }
}
