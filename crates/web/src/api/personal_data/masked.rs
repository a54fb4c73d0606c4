//! `GET /api/v1/review/orders/{id}/masked`: an order as support sees it, with personal data masked.

use crate::{
    answer::Answer,
    api::orders::{
        named,
        numbers::OrderNumberBody,
        shapes::{FormBody, OrderItem},
    },
    body::Named,
    caller::{May, ReadOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::personal::SeenOrder;
use axum::extract::State;
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// An order with personal data masked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaskedOrder {
    /// The account whose order it is.
    #[schema(example = "acc-7")]
    account: String,
    /// The order; its moves are those of its owner.
    #[serde(flatten)]
    order: OrderItem,
    /// The filing numbers that it made or was about, once it is filed.
    numbers: Vec<OrderNumberBody>,
    /// What was last submitted; null once it was erased.
    form: Option<FormBody>,
    /// The paths that were given back to be mended; null where none were.
    opened: Option<Vec<String>>,
}

impl MaskedOrder {
    fn of(SeenOrder { account, order, .. }: SeenOrder, now: Timestamp, lang: Lang) -> Self {
        Self {
            account,
            numbers: OrderNumberBody::all(&order.numbers, lang),
            order: OrderItem::own(&order, now, lang),
            form: order.form.map(FormBody::of),
            opened: order.opened,
        }
    }
}

/// One order, masked
///
/// Where it stands and what was last submitted, for whoever helps its owner. What is masked is not recorded; words that reviewer or bureau
/// wrote may name people and are left out.
#[utoipa::path(
    get,
    path = "/api/v1/review/orders/{id}/masked",
    tag = "personal data",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "The order", body = MaskedOrder),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
    ),
    security(("bearer" = ["read-orders"])),
)]
pub(crate) async fn masked_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ReadOrders>,
    Named(id): Named<String>,
) -> Result<Answer<MaskedOrder>, Problem> {
    let seen = site.desk.order_for(&by, named(&id, lang)?, None).await.or_told(lang)?;
    Ok(Answer::ok(lang, MaskedOrder::of(seen, site.desk.now(), lang)))
}
