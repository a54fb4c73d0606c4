//! Personal data (个人信息): masked for staff, in clear for those with the right and a stated purpose; and erasing it.

pub(super) mod erase;
pub(super) mod masked;
pub(super) mod number;
pub(super) mod order;
pub(super) mod picture;

use app::personal::Purpose;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// For what personal data is read. The access log says it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReadFor {
    /// An order is looked at before it goes to the bureau (初审).
    Review,
    /// Something is typed over into the bureau's system, or compared with it.
    Bureau,
    /// The customer asks for help with his own order.
    Customer,
    /// An authority asks.
    Authority,
}

impl From<ReadFor> for Purpose {
    fn from(word: ReadFor) -> Self {
        match word {
            ReadFor::Review => Self::Review,
            ReadFor::Bureau => Self::Bureau,
            ReadFor::Customer => Self::Customer,
            ReadFor::Authority => Self::Authority,
        }
    }
}

/// For what it is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForWhat {
    /// For what it is read: the access log says it.
    #[param(inline, example = "review")]
    purpose: ReadFor,
}
