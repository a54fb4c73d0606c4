//! `GET /api/v1/orders/{id}`: one order as its owner reads it.

use super::{named, shapes::OrderBody, tag};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One of my orders
///
/// With what is filled in, what happened to it, what it waits for, and, where it was given back, what is to be mended.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{id}",
    tag = "orders",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "The order", body = OrderBody),
        (status = 404, description = "The account has no such order", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn one_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
) -> Result<Answer<OrderBody>, Problem> {
    let order = site.desk.order(&asker, named(&id, lang)?).await.or_told(lang)?;
    let tag = tag(order.version);
    Ok(Answer::ok(lang, OrderBody::of(order, site.desk.now(), lang)).secret().tagged(tag))
}
