//! `GET /api/v1/numbers/{number}`: one filing number with everything that happened to it.

use super::shapes::{NumberBody, Reader};
use crate::{
    answer::Answer,
    body::Named,
    caller::SeesNumbers,
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::NumberFault;
use axum::extract::State;

/// One filing number
///
/// Where it stands, what happened to it and why, where it is hosted, the duties that keep it alive, and what would be lost if it ended.
/// Customers see the numbers of their account, staff those of all, which is recorded. Who of the provider did something is named to
/// staff alone. A number that was corrected is found under the one that it had, too.
#[utoipa::path(
    get,
    path = "/api/v1/numbers/{number}",
    tag = "numbers",
    params(("number" = String, Path, description = "The number, such as `浙ICP备12345678号-1`")),
    responses(
        (status = 200, description = "The number", body = NumberBody),
        (status = 404, description = "The account has no such number", body = ProblemBody),
    ),
    security(("bearer" = ["own-numbers"]), ("bearer" = ["read-numbers"])),
)]
pub(crate) async fn one_number(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    sees: SeesNumbers,
    Named(number): Named<String>,
) -> Result<Answer<NumberBody>, Problem> {
    let (found, reader) = match &sees {
        SeesNumbers::Own(asker) => (site.desk.own_number(asker, &number).await, Reader::Owner),
        SeesNumbers::All(by) => (site.desk.number_for(by, &number).await, Reader::Staff),
    };
    let found = found.or_told(lang)?.ok_or_else(|| NumberFault::Unknown.problem(lang))?;
    Ok(Answer::ok(lang, NumberBody::of(&found, reader, lang)))
}
