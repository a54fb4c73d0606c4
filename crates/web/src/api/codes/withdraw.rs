//! `DELETE /api/v1/codes/{id}/grant`: the other account may no longer file with the code.

use super::{grant::CodeGrant, named};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnCodes},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::WithdrawGrant;
use axum::extract::State;

/// Withdraw a grant
///
/// From then on the code is its owner's alone.
#[utoipa::path(
    delete,
    path = "/api/v1/codes/{id}/grant",
    tag = "codes",
    params(
        ("id" = String, Path, description = "The id of the code"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Withdrawn", body = CodeGrant),
        (status = 404, description = "The account has no such code", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn withdraw_grant(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnCodes>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<CodeGrant>, Problem> {
    soon(lang, true, async move {
        let ask = WithdrawGrant { asker, code: named(&id, lang)? };
        let told = site.desk.withdraw_grant(ask, Some(key)).await.or_told(lang)?;
        match told.answer.judge() {
            Ok(_) => Ok(Answer::done(lang, &told, CodeGrant { id, granted_to: None })),
            Err(refused) => Err(Problem::refused(&refused, None, lang)),
        }
    })
    .await
}
