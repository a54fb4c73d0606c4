//! `QueryAccessorDomain`: whether a name may be served.

use super::{
    super::{Told, asked::Asked},
    Gate,
};
use serde_json::Value;

pub(super) fn told(asked: &Asked) -> Told {
    let (_caller, name) = (asked.text("Caller")?, asked.text("Domain")?);
    let gate = Gate::of(asked)?;
    let answer = gate.answer(name)?;
    Ok(gate.told(Value::Bool(answer.serve), gate.why(answer.why)))
}
