//! `GET /api/v1/codes/{id}`: one code, as its owner sees it or the account that it was granted to.

use super::mine::HeldCode;
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnCodes},
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::CodeFault;
use axum::extract::State;

/// One of my service codes
///
/// The code with what it is today, for its owner and for the account that it was granted to.
#[utoipa::path(
    get,
    path = "/api/v1/codes/{id}",
    tag = "codes",
    params(("id" = String, Path, description = "The id of the code, as lists give it")),
    responses(
        (status = 200, description = "The code", body = HeldCode),
        (status = 404, description = "The account has no such code", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn one_code(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnCodes>,
    Named(id): Named<String>,
) -> Result<Answer<HeldCode>, Problem> {
    let unknown = || CodeFault::UnknownCode.problem(lang);
    let id = id.parse().map_err(|_| unknown())?;
    let code = site.desk.my_code(&asker, id).await.or_told(lang)?.ok_or_else(unknown)?;
    Ok(Answer::ok(lang, HeldCode::of(&code, lang)).secret())
}
