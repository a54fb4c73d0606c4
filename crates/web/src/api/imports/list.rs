//! `GET /api/v1/imports`: imports, a page at a time.

use super::{ADDRESS, ImportBody};
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{ImportInstances, May},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// Imports
///
/// Each with what it comes to and how far it is, newest first. The one that is open, where there is one, is the first.
#[utoipa::path(
    get,
    path = "/api/v1/imports",
    tag = "imports",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of imports", body = Page<ImportBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn list_imports(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ImportInstances>,
    Query(page): Query<PageAsked>,
) -> Result<Page<ImportBody>, Problem> {
    let (before, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.imports(before, paged.most() + 1).await.or_told(lang)?;
    let imports = found.iter().map(ImportBody::from).collect();
    Ok(paged.of(imports, ADDRESS, |import: &ImportBody| import.id.clone()))
}
