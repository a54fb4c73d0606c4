//! `QueryAccessorDomainsStatus`: the same for up to a hundred names.

use super::{
    super::{Told, asked::Asked},
    MOST_NAMES, good, standing, status,
};
use serde_json::Value;

pub(super) fn told(asked: &Asked) -> Told {
    asked.text("Caller")?;
    let all = asked.list("Domains", MOST_NAMES)?;
    let standing = standing(asked)?;
    let named: Vec<&str> = all.iter().map(String::as_str).collect();
    let answers = standing.answers(&named, asked.site.desk.now());
    let told = named.iter().zip(answers).map(|(name, answer)| status(name, answer, asked.lang));
    Ok(good(Some(Value::Array(told.collect()))))
}
