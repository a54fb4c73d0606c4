//! `POST /api/v1/codes/{id}/grant`: another account may file with the code.

use super::named;
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{Customer, OwnCodes},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::GrantCode;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A code is to be granted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForGrant {
    /// The account that is to have it.
    #[schema(example = "acc-8")]
    account: String,
}

/// A code with the account that it was granted to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeGrant {
    /// The code.
    #[schema(example = "01929b3e-7c00-7000-8000-000000000000")]
    pub(super) id: String,
    /// The account that may file with it; null where the grant was withdrawn.
    #[schema(example = "acc-8")]
    pub(super) granted_to: Option<String>,
}

/// Grant a code
///
/// One other account may file with it, while it is bound and until the grant is withdrawn.
#[utoipa::path(
    post,
    path = "/api/v1/codes/{id}/grant",
    tag = "codes",
    params(
        ("id" = String, Path, description = "The id of the code"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskForGrant,
    responses(
        (status = 200, description = "Granted", body = CodeGrant),
        (status = 404, description = "The account has no such code", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn grant_code(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnCodes>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(AskForGrant { account }): Body<AskForGrant>,
) -> Result<Answer<CodeGrant>, Problem> {
    soon(lang, true, async move {
        let ask = GrantCode { asker, code: named(&id, lang)?, to: account };
        let told = site.desk.grant_code(ask, Some(key)).await.or_told(lang)?;
        match told.answer.judge() {
            Ok(to) => {
                let granted = CodeGrant { id, granted_to: Some(to.account.to_owned()) };
                Ok(Answer::done(lang, &told, granted))
            }
            Err(refused) => Err(Problem::refused(&refused, None, lang)),
        }
    })
    .await
}
