//! Whoever keeps the desk running: named in the ledger for what is done to its keys and its rulebook.

use crate::accounts::is_name;
use serde::Serialize;

/// A member of the operator's staff, by the name that the ledger gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operator(String);

/// A text that names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an operator is named with 1 to {} bytes without control characters", ledger::MAX_ID_LEN)]
pub struct BadOperator;

impl Operator {
    /// The operator of that name, such as the one under which he is logged in.
    pub fn parse(name: &str) -> Result<Self, BadOperator> {
        is_name(name).then(|| Self(name.to_owned())).ok_or(BadOperator)
    }

    /// His name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
