//! Service codes (备案服务号).

pub(super) mod check;
pub(super) mod issue;
pub(super) mod mine;

use app::codes::CodesAsked;
use serde::Deserialize;
use std::num::NonZero;
use utoipa::ToSchema;

/// Codes are asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForCodes {
    /// The instance, as its seller names it.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: String,
    /// How many, up to 20 at once; 1 where nothing is said.
    #[serde(default = "one")]
    #[schema(value_type = u32, minimum = 1, default = 1)]
    count: NonZero<u32>,
}

const fn one() -> NonZero<u32> {
    NonZero::<u32>::MIN
}

impl AskForCodes {
    fn by(self, asker: app::Asker) -> CodesAsked {
        let Self { instance, count } = self;
        CodesAsked { asker, instance, count }
    }
}
