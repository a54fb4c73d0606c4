//! `/proposals`: what two people decide (两人复核). Whoever of them opens one reads it in clear, which is recorded.

mod list;
mod one;
mod propose;
mod words;

pub(super) use words::{reason, thing};

use crate::{
    problem::{Fault, Problem},
    site::Site,
};
use app::two_people::{HeldFault, ProposalId};
use axum::{
    Router,
    routing::{get, post},
};
use rulebook::Lang;

/// The pages of what two people decide.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/proposals", get(list::list))
        .route("/proposals/new/list", get(propose::ask_to_list).post(propose::list))
        .route("/proposals/new/unlist", get(propose::ask_to_unlist).post(propose::unlist))
        .route("/proposals/new/cancel", get(propose::ask_to_cancel).post(propose::cancel))
        .route("/proposals/{id}", get(one::one))
        .route("/proposals/{id}/agree", post(one::agree))
        .route("/proposals/{id}/decline", post(one::decline))
}

/// The proposal whose id stands in the path. What is no id names no proposal.
fn named(id: &str, lang: Lang) -> Result<ProposalId, Problem> {
    id.parse().map_err(|_| HeldFault::Unknown.problem(lang))
}
