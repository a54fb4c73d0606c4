//! `GET /api/v1/proposals`: what waits for a second person, a page at a time.

use super::{ADDRESS, shapes::OpenProposal};
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{May, ProposeAndAgree},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// What waits for a second person
///
/// Oldest first, one's own too. What a proposal names is told of one alone, and recorded.
#[utoipa::path(
    get,
    path = "/api/v1/proposals",
    tag = "two people",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of proposals", body = Page<OpenProposal>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn list_proposals(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ProposeAndAgree>,
    Query(page): Query<PageAsked>,
) -> Result<Page<OpenProposal>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.open_proposals(after, paged.most() + 1).await.or_told(lang)?;
    let proposals = found.into_iter().map(OpenProposal::from).collect();
    Ok(paged.of(proposals, ADDRESS, |proposal| proposal.id.clone()))
}
