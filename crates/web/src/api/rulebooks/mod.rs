//! The rulebook (规则集).

pub(super) mod impact;
pub(super) mod in_force;
pub(super) mod propose;
pub(super) mod proposed;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// How rulebooks are sent and served.
const TOML: &str = "application/toml";

/// An edition that a rulebook adds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedEdition {
    /// Its id.
    #[schema(example = "2020-10-16")]
    id: String,
    /// The day from which it is in force. One that has come already is in force at once.
    #[schema(format = Date, example = "2020-10-16")]
    effective: String,
}

impl AddedEdition {
    /// Those with their days.
    fn all(added: &[(String, Date)]) -> Vec<Self> {
        let edition =
            |(id, effective): &(String, Date)| Self { id: id.clone(), effective: effective.to_string() };
        added.iter().map(edition).collect()
    }
}
