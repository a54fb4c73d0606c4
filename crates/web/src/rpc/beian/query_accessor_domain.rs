//! `QueryAccessorDomain`: whether a name may be served.

use super::{
    super::{Told, asked::Asked},
    good, standing,
};
use serde_json::Value;

pub(super) fn told(asked: &Asked) -> Told {
    let (_caller, name) = (asked.text("Caller")?, asked.text("Domain")?);
    let serve = standing(asked)?.answer(name, asked.site.desk.now()).serve;
    Ok(good(Some(Value::Bool(serve))))
}
