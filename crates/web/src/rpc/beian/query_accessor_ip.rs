//! `QueryAccessorIp`: whether an address is the provider's own.

use super::{
    super::{
        Told,
        asked::Asked,
        fault::{Expected, Refusal},
    },
    Gate,
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
        .map_err(|_| Refusal::Unfit { name: "Ip", expected: Expected::Address })?;
    let name = match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    let gate = Gate::of(asked)?;
    match gate.answer(&name)?.why {
        Why::Stale(_) => Err(Refusal::Unavailable),
        why => Ok(gate.told(Value::Bool(matches!(why, Why::AddressRange { .. })), [])),
    }
}
