//! `GET /api/v1/gate/ranges`: the ranges of addresses, a page at a time.

use super::shapes::GateRange;
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{ManageGate, May},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// Addresses of the provider's own
///
/// A name that is an address is served where one of these ranges has it. Oldest first.
#[utoipa::path(
    get,
    path = "/api/v1/gate/ranges",
    tag = "gate",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of ranges", body = Page<GateRange>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn list_gate_ranges(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ManageGate>,
    Query(page): Query<PageAsked>,
) -> Result<Page<GateRange>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.gate_ranges(after, paged.most() + 1).await.or_told(lang)?;
    let ranges = found.ranges.into_iter().map(GateRange::from).collect();
    Ok(paged.of(ranges, "/api/v1/gate/ranges", GateRange::id))
}
