//! `GET /api/v1/review/orders/{id}`: one order as reviewers look at it.

use crate::{
    answer::Answer,
    api::orders::{named, shapes::LookedBody},
    body::Named,
    caller::{May, ReviewOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One order for review
///
/// As it was last submitted, personal data masked: how it differs from what was submitted before and what had been given back, what is
/// said of it so far, and what the checks find today. `moves` has what the caller can do with it now: `claim` first, then `remark`,
/// and `return` or `approve` where nothing stands in the way.
#[utoipa::path(
    get,
    path = "/api/v1/review/orders/{id}",
    tag = "review",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "The order", body = LookedBody),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn one_order_to_review(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(reviewer, _): May<ReviewOrders>,
    Named(id): Named<String>,
) -> Result<Answer<LookedBody>, Problem> {
    let looked = site.desk.look_at_order(named(&id, lang)?).await.or_told(lang)?;
    Ok(Answer::ok(lang, LookedBody::for_reviewer(looked, reviewer.name(), site.desk.now(), lang)))
}
