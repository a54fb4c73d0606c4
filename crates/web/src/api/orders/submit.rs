//! `POST /api/v1/orders/{id}/submit`: an order is handed in, or refused with every fault.

use super::{moved, named, seen, shapes::MovedBody};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnOrders},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::orders::SubmitOrder;
use axum::{extract::State, http::HeaderMap};

/// Submit an order
///
/// The first time, or after it was mended. Everything is checked and each product is tested again; it is submitted as a whole, or
/// refused with everything that is wrong. The service codes behind it are `recording` from then on.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{id}/submit",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` under which the order was read: it is not submitted where it changed since"),
    ),
    responses(
        (status = 200, description = "Submitted", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "The account has no such order", body = ProblemBody),
        (status = 409, description = "It has faults, all of which are told; or it cannot be submitted where it stands", body = ProblemBody),
        (status = 412, description = "The order changed meanwhile", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn submit_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
    Key(key): Key,
    headers: HeaderMap,
) -> Result<Answer<MovedBody>, Problem> {
    let ask = SubmitOrder { asker, order: named(&id, lang)?, seen: seen(&headers, lang)? };
    moved(lang, true, async move { site.desk.submit_order(ask, key).await }).await
}
