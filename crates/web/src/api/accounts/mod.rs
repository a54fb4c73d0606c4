//! Accounts (账号) of customers.

pub(super) mod one;
pub(super) mod open;

use app::OpenAccount;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An account.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    /// The id by which inventories name it as buyer.
    #[schema(example = "acc-7")]
    name: String,
    /// The number by which the provider's other systems know it; null until the desk is told.
    #[schema(example = 1_234_567)]
    number: Option<i64>,
}

impl From<OpenAccount> for Account {
    fn from(OpenAccount { number, name }: OpenAccount) -> Self {
        Self { name, number }
    }
}
