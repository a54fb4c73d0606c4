//! `GET /api/v1/rulebook/proposals`: the rulebooks that wait for a second person, a page at a time.

use super::{ADDRESS, OpenRulebookProposal};
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{May, PublishRulebook},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// Rulebooks that wait for a second person
///
/// Oldest first, one's own too.
#[utoipa::path(
    get,
    path = "/api/v1/rulebook/proposals",
    tag = "rulebook",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of proposals", body = Page<OpenRulebookProposal>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn list_rulebook_proposals(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<PublishRulebook>,
    Query(page): Query<PageAsked>,
) -> Result<Page<OpenRulebookProposal>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.open_rulebook_proposals(after, paged.most() + 1).await.or_told(lang)?;
    let proposals = found.iter().map(OpenRulebookProposal::from).collect();
    Ok(paged.of(proposals, ADDRESS, |proposal| proposal.id.clone()))
}
