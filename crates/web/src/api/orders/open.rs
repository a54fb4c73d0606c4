//! `POST /api/v1/orders`: an order is opened, an empty draft or one begun from a filing number.

use super::{address, shapes::MovedBody, tag, words::OrderKind};
use crate::{
    answer::Answer,
    body::Body,
    caller::{Customer, OwnOrders},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::OpenOrder;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// An order is to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToOpen {
    /// What it asks for.
    kind: OrderKind,
    /// A filing number of the account's to begin from. The number is filled in, and for a change what is filed under it: of the subject,
    /// or of the website.
    #[schema(example = "浙ICP备12345678号-1")]
    number: Option<String>,
}

/// Open an order
///
/// An empty draft, or one begun from a filing number. It is filled in part by part with `PUT /api/v1/orders/{id}/parts/{part}`. A draft that is left idle for 30 days is
/// withdrawn by itself, after reminders.
#[utoipa::path(
    post,
    path = "/api/v1/orders",
    tag = "orders",
    params(("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own")),
    request_body = AskToOpen,
    responses(
        (status = 201, description = "Opened", body = MovedBody, headers(
            ("Location" = String, description = "The order"),
            ("ETag" = String, description = "Its version"),
        )),
        (status = 404, description = "The account has no such filing number", body = ProblemBody),
        (status = 409, description = "The account has as many drafts as it may have", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn open_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    MaybeKey(key): MaybeKey,
    Body(AskToOpen { kind, number }): Body<AskToOpen>,
) -> Result<Answer<MovedBody>, Problem> {
    soon(lang, key.is_some(), async move {
        let ask = OpenOrder { asker, kind: kind.into(), from: number };
        let told = site.desk.open_order(ask, key).await.or_told(lang)?;
        let opened = MovedBody::from(&told.answer);
        Ok(Answer::made(lang, &told, opened).found_at(address(&told.answer)).tagged(tag(told.answer.version)))
    })
    .await
}
