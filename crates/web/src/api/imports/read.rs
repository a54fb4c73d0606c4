//! `GET /api/v1/imports/{id}`: how far an import is.

use super::ImportBody;
use crate::{
    answer::Answer,
    body::Named,
    caller::{ImportInstances, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One import
///
/// What it comes to, and how far it is.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}",
    tag = "imports",
    params(("id" = String, Path, description = "The id of the import")),
    responses(
        (status = 200, description = "The import", body = ImportBody),
        (status = 404, description = "There is no such import", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn one_import(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ImportInstances>,
    Named(id): Named<String>,
) -> Result<Answer<ImportBody>, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Kind::NotFound, lang))?;
    let report = site.desk.import_report(id).await.or_told(lang)?;
    Ok(Answer::ok(lang, (&report).into()))
}
