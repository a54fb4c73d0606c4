//! `PUT /api/v1/review/orders/{id}/claim`: a reviewer takes an order, so that no two look at the same.

use crate::{
    answer::{Answer, time},
    api::orders::{named, tag},
    body::Named,
    caller::{May, ReviewOrders, operator},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An order that was claimed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimedBody {
    /// The version of the order now.
    version: i64,
    /// Until when nobody else may judge it.
    #[schema(format = DateTime)]
    until: String,
}

/// Claim an order
///
/// For 30 minutes, in which nobody else may judge it; each remark renews it, and so does claiming again.
#[utoipa::path(
    put,
    path = "/api/v1/review/orders/{id}/claim",
    tag = "review",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "Claimed", body = ClaimedBody),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "Another reviewer has it, or it does not wait for review", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn claim_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ReviewOrders>,
    Named(id): Named<String>,
) -> Result<Answer<ClaimedBody>, Problem> {
    let reviewer = operator(&principal, lang)?;
    let claimed = site.desk.claim_order(&reviewer, named(&id, lang)?).await.or_told(lang)?;
    let body = ClaimedBody { version: claimed.version, until: time(claimed.until) };
    Ok(Answer::ok(lang, body).tagged(tag(claimed.version)))
}
