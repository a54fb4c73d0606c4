//! `POST /api/v1/orders/{id}/withdraw`: an order is given up by its owner.

use super::{moved, named, shapes::MovedBody};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnOrders},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::orders::WithdrawOrder;
use axum::extract::State;

/// Withdraw an order
///
/// For ever, and only before the bureau has it. The service codes behind it are given back or made void, as the rules in force say.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{id}/withdraw",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Withdrawn", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "The account has no such order", body = ProblemBody),
        (status = 409, description = "It cannot be withdrawn where it stands", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn withdraw_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<MovedBody>, Problem> {
    let ask = WithdrawOrder { asker, order: named(&id, lang)? };
    moved(lang, true, async move { site.desk.withdraw_order(ask, key).await }).await
}
