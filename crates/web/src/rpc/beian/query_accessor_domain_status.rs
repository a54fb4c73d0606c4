//! `QueryAccessorDomainStatus`: whether a name may be served, and why.

use super::{
    super::{Told, asked::Asked},
    Gate,
};

pub(super) fn told(asked: &Asked) -> Told {
    let (_caller, name) = (asked.text("Caller")?, asked.text("Domain")?);
    let gate = Gate::of(asked)?;
    let status = gate.status(name, &gate.answer(name)?);
    Ok(gate.told(status, []))
}
