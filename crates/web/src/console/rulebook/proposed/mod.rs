//! `/rulebook/proposals`: rulebooks that one operator proposes and another publishes by agreeing. They are listed with whatever else two
//! people decide.

mod impact;
mod lines;
mod one;
mod words;

use crate::{
    console::{Frame, shown::minute},
    problem::{Fault, OrTold, Problem},
    site::Site,
};
use app::{rulebooks::proposed::RulebookProposalId, two_people::HeldFault};
use axum::{
    Router,
    routing::{get, post},
};
use rulebook::Lang;

/// How many of those that wait are listed: more than anybody lets wait.
const LISTED: u32 = 50;

/// The pages of rulebooks that are proposed.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/rulebook/proposals/{id}", get(one::one))
        .route("/rulebook/proposals/{id}/impact", get(impact::impact))
        .route("/rulebook/proposals/{id}/draft.toml", get(one::text))
        .route("/rulebook/proposals/{id}/agree", post(one::agree))
        .route("/rulebook/proposals/{id}/decline", post(one::decline))
}

/// A rulebook that waits for a second person.
pub(in crate::console) struct Waiting {
    pub(in crate::console) id: String,
    pub(in crate::console) what: String,
    pub(in crate::console) by: String,
    pub(in crate::console) is_own: bool,
    pub(in crate::console) since: String,
}

/// Those that wait, the oldest first.
pub(in crate::console) async fn waiting(site: &Site, frame: &Frame) -> Result<Vec<Waiting>, Problem> {
    let lang = frame.lang;
    let found = site.desk.open_rulebook_proposals(None, LISTED).await.or_told(lang)?;
    let each = found.into_iter().map(|one| Waiting {
        id: one.id.to_string(),
        what: words::what(&one.added, lang),
        is_own: frame.who.as_ref().is_some_and(|who| who.is_named(&one.proposed_by)),
        by: one.proposed_by,
        since: minute(one.proposed_at, lang),
    });
    Ok(each.collect())
}

/// The proposal whose id stands in the path. What is no id names no proposal.
fn named(id: &str, lang: Lang) -> Result<RulebookProposalId, Problem> {
    id.parse().map_err(|_| HeldFault::Unknown.problem(lang))
}
