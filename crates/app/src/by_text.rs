//! Ids as entries of the ledger and rows carry them in JSON: `#[serde(with = "by_text")]`.

use serde::{Deserialize, Deserializer, Serializer, de::Error};
use store::Id;

pub(crate) fn serialize<Of, S: Serializer>(id: &Id<Of>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}

pub(crate) fn deserialize<'de, Of, D: Deserializer<'de>>(from: D) -> Result<Id<Of>, D::Error> {
    String::deserialize(from)?.parse().map_err(|_| D::Error::custom("no id"))
}
