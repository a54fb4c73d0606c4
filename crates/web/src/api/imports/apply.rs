//! `POST /api/v1/imports/{id}/apply`: what a list says is taken over, piece by piece; it goes on after a crash.

use super::ImportBody;
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{ImportInstances, May},
    idempotency::MaybeKey,
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::instances::{ApplyImport, ImportReport, ImportState};
use axum::extract::State;
use rulebook::Lang;
use serde::Deserialize;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use utoipa::ToSchema;

/// How long the answer waits for the end; a worker finishes what takes longer.
const WAIT: Duration = Duration::from_secs(5);

/// An import is to be applied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Apply {
    /// Consent to instances being gone, where `needs_consent` is true.
    #[serde(default)]
    allow_gone: bool,
}

/// Apply an import
///
/// Begins to take over what the list says. What is not finished with the answer goes on by itself, also after a crash: ask
/// `GET /api/v1/imports/{id}`. Applying what is applied changes nothing; a request that is sent again is told how far it is by then.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/apply",
    tag = "imports",
    params(
        ("id" = String, Path, description = "The id of the import"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own"),
    ),
    request_body = Apply,
    responses(
        (status = 200, description = "Applied, or being applied", body = ImportBody),
        (status = 404, description = "There is no such import", body = ProblemBody),
        (status = 409, description = "Abandoned, or consent is needed", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn apply_import(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ImportInstances>,
    Named(id): Named<String>,
    MaybeKey(key): MaybeKey,
    Body(Apply { allow_gone }): Body<Apply>,
) -> Result<Answer<ImportBody>, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Kind::NotFound, lang))?;
    let actor = principal.actor().map_err(|_| Problem::new(Kind::Forbidden, lang))?;
    let apply = ApplyImport { id, actor, allow_gone };
    let (report, before) = match key {
        None => (site.desk.apply_import(apply).await.or_told(lang)?, false),
        Some(key) => {
            let told = site.desk.apply_import_once(apply, key).await.or_told(lang)?;
            (told.answer, told.before)
        }
    };
    let report = stepped(&site, report, lang).await?;
    let answer = Answer::ok(lang, (&report).into());
    Ok(if before { answer.replayed() } else { answer })
}

/// The import as it stands when it is done, or when whoever waits for it has waited long enough.
pub(crate) async fn stepped(
    site: &Site,
    mut report: ImportReport,
    lang: Lang,
) -> Result<ImportReport, Problem> {
    let until = Instant::now() + WAIT;
    while report.state == ImportState::Applying {
        match timeout_at(until, site.desk.step_import(report.id)).await {
            Ok(stepped) => report = stepped.or_told(lang)?,
            Err(_) => break,
        }
    }
    Ok(report)
}
