//! `GET /api/v1/numbers/{number}/in-clear`: one filing number, with what was found untrue under it in clear. It is recorded.

use super::ForWhat;
use crate::{
    answer::Answer,
    api::numbers::shapes::{NumberBody, Reader},
    body::{Named, Query},
    caller::{May, ReadPersonalData},
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::NumberFault;
use axum::extract::State;

/// One filing number in clear
///
/// The number as staff sees it, and in clear what was ever found untrue under it, which may name people. Each reading leaves one line in
/// the access log first, with who read it for what; where that cannot be written there is no answer.
#[utoipa::path(
    get,
    path = "/api/v1/numbers/{number}/in-clear",
    tag = "personal data",
    params(("number" = String, Path, description = "The number, such as `浙ICP备12345678号-1`"), ForWhat),
    responses(
        (status = 200, description = "The number", body = NumberBody),
        (status = 404, description = "There is no such number", body = ProblemBody),
    ),
    security(("bearer" = ["read-personal-data"])),
)]
pub(crate) async fn number_in_clear(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ReadPersonalData>,
    Named(number): Named<String>,
    Query(ForWhat { purpose }): Query<ForWhat>,
) -> Result<Answer<NumberBody>, Problem> {
    let found = site.desk.number_in_clear(&by, &number, purpose.into()).await.or_told(lang)?;
    let found = found.ok_or_else(|| NumberFault::Unknown.problem(lang))?;
    Ok(Answer::ok(lang, NumberBody::of(&found, Reader::Staff, lang)).secret())
}
