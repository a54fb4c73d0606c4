//! `POST /api/v1/bureau/orders/{id}/send`: an order that passed is handed to the bureau.

use crate::{
    answer::Answer,
    api::orders::{moved, named, shapes::MovedBody},
    body::Named,
    caller::{FileOrders, May, operator},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::orders::bureau::SendOrder;
use axum::extract::State;

/// Hand an order to the bureau
///
/// Records that the bureau has taken it: its owner now answers the text message within 24 hours, and the bureau decides within 20
/// working days. What has become wrong since the review is told, and the order given back by a reviewer.
#[utoipa::path(
    post,
    path = "/api/v1/bureau/orders/{id}/send",
    tag = "bureau",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Handed over", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The order has not passed the review, has become faulty since, or the bureau has it already", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn send_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<FileOrders>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<MovedBody>, Problem> {
    let (operator, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let ask = SendOrder { operator, order };
    moved(lang, true, async move { site.desk.send_order(ask, key).await }).await
}
