//! `POST /api/v1/review/orders/{id}/approve`: a reviewer lets an order pass.

use crate::{
    answer::Answer,
    api::orders::{moved, named, seen, shapes::MovedBody},
    body::Named,
    caller::{May, ReviewOrders, operator},
    idempotency::MaybeKey,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::orders::review::ApproveOrder;
use axum::{extract::State, http::HeaderMap};

/// Approve an order
///
/// The checks are made once more and its products tested again, as of today; it passes only where nothing stops it and nothing is to be
/// mended.
#[utoipa::path(
    post,
    path = "/api/v1/review/orders/{id}/approve",
    tag = "review",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` under which the order was read: it is not approved where it changed since"),
    ),
    responses(
        (status = 200, description = "Approved", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The order is not claimed by the caller, something is to be mended, the checks find faults, or it does not wait for review", body = ProblemBody),
        (status = 412, description = "The order changed meanwhile", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn approve_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ReviewOrders>,
    Named(id): Named<String>,
    MaybeKey(key): MaybeKey,
    headers: HeaderMap,
) -> Result<Answer<MovedBody>, Problem> {
    let (reviewer, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let ask = ApproveOrder { reviewer, order, seen: seen(&headers, lang)? };
    moved(lang, key.is_some(), async move { site.desk.approve_order(ask, key).await }).await
}
