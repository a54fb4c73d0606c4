//! `GET /api/v1/orders`: the orders of an account, a page at a time.

use super::{ADDRESS, shapes::OrderItem};
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{Customer, OwnOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// My orders
///
/// The orders of the caller's account, newest first, each with where it stands and what it waits for.
#[utoipa::path(
    get,
    path = "/api/v1/orders",
    tag = "orders",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of orders", body = Page<OrderItem>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn list_orders(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Query(page): Query<PageAsked>,
) -> Result<Page<OrderItem>, Problem> {
    let (before, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.my_orders(&asker, before, paged.most() + 1).await.or_told(lang)?;
    let now = site.desk.now();
    let orders = found.iter().map(|order| OrderItem::own(order, now, lang)).collect();
    Ok(paged.of(orders, ADDRESS, |order| order.id.clone()))
}
