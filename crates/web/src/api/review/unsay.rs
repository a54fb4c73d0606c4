//! `DELETE /api/v1/review/orders/{id}/remarks/{field}`: a reviewer takes back what was said of a field.

use crate::{
    answer::Done,
    api::orders::named,
    body::Named,
    caller::{May, ReviewOrders, operator},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::review::{Said, SayRemark};
use axum::extract::State;

/// Take back what was said of a field
///
/// Also where nothing was said of it.
#[utoipa::path(
    delete,
    path = "/api/v1/review/orders/{id}/remarks/{field}",
    tag = "review",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("field" = String, Path, description = "The field or group of fields, as faults name it, percent-encoded: `websites%5B0%5D.name`"),
    ),
    responses(
        (status = 204, description = "Nothing is said of it now"),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The order is not claimed by the caller, or does not wait for review", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn unsay_remark(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ReviewOrders>,
    Named((id, path)): Named<(String, String)>,
) -> Result<Done, Problem> {
    let (reviewer, order) = (operator(&principal, lang)?, named(&id, lang)?);
    site.desk.say_remark(SayRemark { reviewer, order, path, said: Said::Nothing }).await.or_told(lang)?;
    Ok(Done::NOW)
}
