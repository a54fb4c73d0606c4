//! `GET /api/v1/verifications/{id}`: a verification as its owner sees it.

use super::VerificationBody;
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, VerifyProduct},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One verification
///
/// As the account that made it sees it, until an order used it and after.
#[utoipa::path(
    get,
    path = "/api/v1/verifications/{id}",
    tag = "verification",
    params(("id" = String, Path, description = "The id of the verification")),
    responses(
        (status = 200, description = "The verification", body = VerificationBody),
        (status = 404, description = "The account has no such verification", body = ProblemBody),
    ),
    security(("bearer" = ["verify-product"])),
)]
pub(crate) async fn one_verification(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<VerifyProduct>,
    Named(id): Named<String>,
) -> Result<Answer<VerificationBody>, Problem> {
    let missing = || Problem::new(Kind::NotFound, lang);
    let id = id.parse().map_err(|_| missing())?;
    let found = site.desk.verification(&asker, id).await.or_told(lang)?.ok_or_else(missing)?;
    Ok(Answer::ok(lang, (&found).into()))
}
