//! `POST /api/v1/bureau/orders/{id}/reject`: the bureau rejected an order.

use crate::{
    answer::Answer,
    api::orders::{moved, named, shapes::MovedBody},
    body::{Body, Named},
    caller::{FileOrders, May, operator},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::orders::bureau::RejectOrder;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why the bureau rejected an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToReject {
    /// In the words of the bureau, 1 to 200 characters. Its owner reads it.
    #[schema(example = "网站名称与主体性质不符。")]
    reason: String,
}

/// Record that the bureau rejected an order
///
/// Its owner reads the reason and may correct the order into a new draft. The service codes behind it are given back or made void, as
/// the rules in force say.
#[utoipa::path(
    post,
    path = "/api/v1/bureau/orders/{id}/reject",
    tag = "bureau",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToReject,
    responses(
        (status = 200, description = "Rejected", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The bureau does not have the order, or what was filled in was erased", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn reject_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<FileOrders>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(AskToReject { reason }): Body<AskToReject>,
) -> Result<Answer<MovedBody>, Problem> {
    let (operator, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let ask = RejectOrder { operator, order, reason };
    moved(lang, true, async move { site.desk.reject_order(ask, key).await }).await
}
