//! `DELETE /api/v1/orders/{id}/pictures/{picture}`: a picture is taken out of an order.

use super::named as named_picture;
use crate::{
    answer::Answer,
    api::orders::named,
    body::Named,
    caller::{Customer, OwnOrders},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::attachments::RemovePicture;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A picture that was taken out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemovedPicture {
    /// Its id.
    id: String,
    /// The version of the order now.
    version: i64,
}

/// Take a picture out of an order
///
/// Also out of `materials`. What it shows is forgotten at once, unless it was part of what was submitted.
#[utoipa::path(
    delete,
    path = "/api/v1/orders/{id}/pictures/{picture}",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("picture" = String, Path, description = "The id of the picture"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Taken out", body = RemovedPicture),
        (status = 404, description = "The account has no such order, or the order no such picture", body = ProblemBody),
        (status = 409, description = "The order cannot be edited where it stands, or the pictures were not given back", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn remove_picture(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named((id, picture)): Named<(String, String)>,
    Key(key): Key,
) -> Result<Answer<RemovedPicture>, Problem> {
    let (order, picture) = (named(&id, lang)?, named_picture(&picture, lang)?);
    soon(lang, true, async move {
        let told = site.desk.remove_picture(RemovePicture { asker, order, picture }, Some(key)).await;
        let told = told.or_told(lang)?;
        let body = RemovedPicture { id: told.answer.picture.to_string(), version: told.answer.version };
        Ok(Answer::done(lang, &told, body))
    })
    .await
}
