//! `GetMainDomain`: the registrable domain of a name.

use super::{
    super::{Told, asked::Asked, fault::Refusal},
    good,
};
use filing::checks::registrable;
use serde_json::Value;

pub(super) fn told(asked: &Asked) -> Told {
    let name = asked.text("Domain")?;
    let domain = registrable(name).map_err(|_| Refusal::NoDomain(name.to_owned()))?;
    Ok(good(Some(Value::String(domain))))
}
