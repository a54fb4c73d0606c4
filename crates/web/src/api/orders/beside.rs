//! Orders that are under way beside one, as reviewers see them.

use app::orders::Beside;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Another order that is under way: for the same domain or certificate, or about the same number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BesideBody {
    /// By what of this order it was found.
    #[schema(example = "target.number")]
    path: String,
    /// Its id.
    order: String,
    /// Whether the same account files it.
    own: bool,
    /// What it asks for.
    #[schema(value_type = super::words::OrderKind)]
    kind: &'static str,
    /// The same, as people read it.
    #[schema(example = "变更备案")]
    kind_label: &'static str,
    /// Where it stands.
    #[schema(value_type = super::words::OrderState)]
    state: &'static str,
    /// Whether the two cannot go on at once, so that a fault of this order says so too.
    contradicts: bool,
}

impl BesideBody {
    pub(super) fn of(other: Beside, lang: Lang) -> Self {
        let Beside { path, order, own, kind, state, against } = other;
        Self {
            path,
            order: order.to_string(),
            own,
            kind: kind.word(),
            kind_label: kind.label(lang),
            state: state.word(),
            contradicts: against.is_some(),
        }
    }
}
