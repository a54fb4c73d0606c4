//! `POST /api/v1/bureau/orders/{id}/confirm-sms`: the text message of the bureau was answered.

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
use app::orders::bureau::ConfirmSms;
use axum::extract::State;

/// Record that the text message was answered
///
/// An order whose text message is not answered within 24 hours is given back by itself.
#[utoipa::path(
    post,
    path = "/api/v1/bureau/orders/{id}/confirm-sms",
    tag = "bureau",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Recorded", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The bureau does not have the order, orders of its kind have no text message, or it is recorded already", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn confirm_sms(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<FileOrders>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<MovedBody>, Problem> {
    let (operator, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let ask = ConfirmSms { operator, order };
    moved(lang, true, async move { site.desk.confirm_sms(ask, key).await }).await
}
