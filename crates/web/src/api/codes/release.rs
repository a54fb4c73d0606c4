//! `POST /api/v1/codes/{id}/release`: an operator makes a code void.

use super::named;
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{ManageCodes, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::ReleaseCode;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A code is to be made void.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForRelease {
    /// Why. It goes into the ledger and must name nobody.
    #[schema(example = "issued for the wrong instance")]
    reason: String,
}

/// A code that is void.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleasedCode {
    /// Which.
    #[schema(example = "01929b3e-7c00-7000-8000-000000000000")]
    id: String,
    /// What it is: `void`.
    #[schema(example = "void")]
    state: &'static str,
}

/// Make a code void
///
/// It is never usable again, and its place in the quota is free.
#[utoipa::path(
    post,
    path = "/api/v1/codes/{id}/release",
    tag = "codes",
    params(
        ("id" = String, Path, description = "The id of the code"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskForRelease,
    responses(
        (status = 200, description = "Void", body = ReleasedCode),
        (status = 404, description = "There is no such code", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
    ),
    security(("bearer" = ["manage-codes"])),
)]
pub(crate) async fn release_code(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageCodes>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(AskForRelease { reason }): Body<AskForRelease>,
) -> Result<Answer<ReleasedCode>, Problem> {
    soon(lang, true, async move {
        let code = named(&id, lang)?;
        let ask = ReleaseCode { operator: operator(&principal, lang)?, code, reason };
        let told = site.desk.release_code(ask, key).await.or_told(lang)?;
        match told.answer.judge() {
            Ok(release) => {
                let released = ReleasedCode { id, state: release.stored.state().word() };
                Ok(Answer::done(lang, &told, released))
            }
            Err(refused) => Err(Problem::refused(&refused, None, lang)),
        }
    })
    .await
}
