//! `GET /api/v1/gate/windows`: the white list, a page at a time.

use super::shapes::GateWindow;
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{ManageGate, May},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// The white list
///
/// Domains that may be served for a time without being filed, oldest first; entries that are over are left out.
#[utoipa::path(
    get,
    path = "/api/v1/gate/windows",
    tag = "gate",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of entries", body = Page<GateWindow>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn list_gate_windows(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ManageGate>,
    Query(page): Query<PageAsked>,
) -> Result<Page<GateWindow>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.gate_windows(after, paged.most() + 1).await.or_told(lang)?;
    let windows = found.windows.into_iter().map(GateWindow::from).collect();
    Ok(paged.of(windows, "/api/v1/gate/windows", GateWindow::id))
}
