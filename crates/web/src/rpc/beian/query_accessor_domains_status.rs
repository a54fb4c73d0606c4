//! `QueryAccessorDomainsStatus`: the same for up to a hundred names.

use super::{
    super::{Told, asked::Asked},
    Gate, MOST_NAMES,
};
use serde_json::Value;

pub(super) fn told(asked: &Asked) -> Told {
    asked.text("Caller")?;
    let all = asked.list("Domains", MOST_NAMES)?;
    let gate = Gate::of(asked)?;
    let named: Vec<&str> = all.iter().map(String::as_str).collect();
    let answers = gate.answers(&named);
    let told = named.iter().zip(&answers).map(|(name, answer)| gate.status(name, answer));
    Ok(gate.told(Value::Array(told.collect()), []))
}
