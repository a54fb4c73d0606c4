//! `DELETE /api/v1/review/orders/{id}/claim`: a reviewer lets go of an order.

use crate::{
    answer::Done,
    api::orders::named,
    body::Named,
    caller::{May, ReviewOrders, operator},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// Let go of an order
///
/// What was said of its fields is kept for whoever claims it next.
#[utoipa::path(
    delete,
    path = "/api/v1/review/orders/{id}/claim",
    tag = "review",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 204, description = "Nobody has claimed it now"),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "Another reviewer has it, or it does not wait for review", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn unclaim_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ReviewOrders>,
    Named(id): Named<String>,
) -> Result<Done, Problem> {
    let reviewer = operator(&principal, lang)?;
    site.desk.unclaim_order(&reviewer, named(&id, lang)?).await.or_told(lang)?;
    Ok(Done::NOW)
}
