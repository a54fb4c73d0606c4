//! The filing numbers of a filed order, as answers carry them.

use crate::api::numbers::shapes::{Word, event, state};
use app::registry::NumberOfOrder;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A filing number that a filed order made or was about. `GET /api/v1/numbers/{number}` tells all of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderNumberBody {
    /// The number.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// Whose it is: `subject` or `website`.
    #[schema(example = "website")]
    of: &'static str,
    /// The website of the form that has it, counted from 0; null for a subject's, where the form does not have the website, and once
    /// the form was erased.
    website: Option<usize>,
    /// What the order did to it.
    event: Word,
    /// Where that brought it. Where it stands today is told by the number itself.
    state: Word,
}

impl OrderNumberBody {
    /// All of them.
    pub(crate) fn all(numbers: &[NumberOfOrder], lang: Lang) -> Vec<Self> {
        let body = |of: &NumberOfOrder| Self {
            number: of.number.clone(),
            of: of.machine.word(),
            website: of.website,
            event: event(of.event, lang),
            state: state(of.state, lang),
        };
        numbers.iter().map(body).collect()
    }
}
