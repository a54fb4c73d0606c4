//! `/import`: the inventory is taken in (导入产品实例): a list is uploaded and read, what it would change is told row by row, and only then
//! it is applied, or given up.

mod list;
mod one;
mod sent;
mod words;

use crate::{api::MOST_LIST_BYTES, problem::Problem, site::Site};
use app::instances::{ImportId, ImportState};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use rulebook::Lang;

/// What a form has beside its file, in bytes.
const BESIDE: usize = 64 << 10;

/// The pages of imports.
pub(super) fn router() -> Router<Site> {
    let most = DefaultBodyLimit::max(MOST_LIST_BYTES.saturating_add(BESIDE));
    Router::new()
        .route("/import", get(list::page).post(list::read).layer(most))
        .route("/import/{id}", get(one::one))
        .route("/import/{id}/apply", post(one::apply))
        .route("/import/{id}/abandon", post(one::abandon))
}

/// The import whose id stands in the path. What is no id names none.
fn named(id: &str, lang: Lang) -> Result<ImportId, Problem> {
    id.parse().map_err(|_| Problem::new(crate::problem::Kind::NotFound, lang))
}

/// How the state of an import looks.
const fn mood(state: ImportState) -> &'static str {
    match state {
        ImportState::Staging | ImportState::Staged | ImportState::Applying => "open",
        ImportState::Done => "good",
        ImportState::Abandoned => "calm",
    }
}
