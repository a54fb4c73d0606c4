//! Where what is to be imported differs from what is filed here. What it does not say is no difference.

use crate::failure::DeskError;
use serde::Serialize;
use serde_json::Value;

/// The places at which `here` has something else than `given` has; `path` is where both stand.
pub(super) fn differing(
    path: &str,
    given: &impl Serialize,
    here: &impl Serialize,
) -> Result<Vec<String>, DeskError> {
    let value = |error: serde_json::Error| DeskError::unwritable(&error);
    let given = serde_json::to_value(given).map_err(value)?;
    let here = serde_json::to_value(here).map_err(value)?;
    let mut found = Vec::new();
    compare(path, &given, &here, &mut found);
    Ok(found)
}

fn compare(path: &str, given: &Value, here: &Value, found: &mut Vec<String>) {
    match (given, here) {
        (Value::Object(given), Value::Object(here)) => {
            for (name, value) in given {
                compare(&format!("{path}.{name}"), value, here.get(name).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Null, _) => {}
        (Value::Array(items), _) if items.is_empty() => {}
        (given, here) if given != here => found.push(path.to_owned()),
        _ => {}
    }
}
