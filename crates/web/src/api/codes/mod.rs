//! Service codes (备案服务号).

pub(super) mod bind;
pub(super) mod check;
pub(super) mod grant;
pub(super) mod import;
pub(super) mod issue;
pub(super) mod mine;
pub(super) mod one;
pub(super) mod premake;
pub(super) mod release;
pub(super) mod withdraw;

use crate::problem::{Fault, Problem};
use app::codes::{CodeFault, CodesAsked, Which};
use filing::codes::{MOST_AT_ONCE, Malformed, ServiceCode};
use rulebook::Lang;
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
    #[schema(value_type = u32, minimum = 1, maximum = 20, default = 1)]
    count: NonZero<u32>,
}

// A schema takes no constant; the document says another limit only as long as this does not compile.
const _: () = assert!(MOST_AT_ONCE.get() == 20);

const fn one() -> NonZero<u32> {
    NonZero::<u32>::MIN
}

impl AskForCodes {
    fn by(self, asker: app::Asker) -> CodesAsked {
        let Self { instance, count } = self;
        CodesAsked { asker, instance, count }
    }
}

/// The code whose id stands in the path. What is no id names no code.
fn named(id: &str, lang: Lang) -> Result<Which, Problem> {
    id.parse().map(Which::Id).map_err(|_| CodeFault::UnknownCode.problem(lang))
}

/// A code as somebody typed it.
fn typed(code: &str, lang: Lang) -> Result<ServiceCode, Problem> {
    let malformed = |fault: Malformed| {
        let invalid = Problem::new(crate::Kind::Invalid, lang);
        invalid.with("code", Malformed::WORD, fault.message(lang), fault.suggestion(lang))
    };
    ServiceCode::parse(code).map_err(malformed)
}
