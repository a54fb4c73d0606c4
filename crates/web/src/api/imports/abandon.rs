//! `DELETE /api/v1/imports/{id}`: an import is given up before anything of it is applied.

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

/// Abandon an import
///
/// Gives up an import of which nothing was applied yet.
#[utoipa::path(
    delete,
    path = "/api/v1/imports/{id}",
    tag = "imports",
    params(("id" = String, Path, description = "The id of the import")),
    responses(
        (status = 200, description = "It is abandoned", body = ImportBody),
        (status = 404, description = "There is no such import", body = ProblemBody),
        (status = 409, description = "It is being applied, or was", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn abandon_import(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ImportInstances>,
    Named(id): Named<String>,
) -> Result<Answer<ImportBody>, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Kind::NotFound, lang))?;
    let report = site.desk.abandon_import(id).await.or_told(lang)?;
    Ok(Answer::ok(lang, (&report).into()))
}
