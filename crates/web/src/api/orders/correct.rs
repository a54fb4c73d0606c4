//! `POST /api/v1/orders/{id}/correct`: a rejected order becomes a new draft with everything that it had.

use super::{address, named, shapes::MovedBody, tag};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnOrders},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::CorrectOrder;
use axum::extract::State;

/// Correct a rejected order
///
/// Opens a draft with everything that the bureau rejected, once. Its products must be verified anew.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{id}/correct",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the rejected order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 201, description = "Opened", body = MovedBody, headers(
            ("Location" = String, description = "The new draft"),
            ("ETag" = String, description = "Its version"),
        )),
        (status = 404, description = "The account has no such order", body = ProblemBody),
        (status = 409, description = "The bureau did not reject it, it was corrected already, or what was filled in was erased", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn correct_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<MovedBody>, Problem> {
    let ask = CorrectOrder { asker, order: named(&id, lang)? };
    soon(lang, true, async move {
        let told = site.desk.correct_order(ask, key).await.or_told(lang)?;
        let draft = MovedBody::from(&told.answer);
        Ok(Answer::made(lang, &told, draft).found_at(address(&told.answer)).tagged(tag(told.answer.version)))
    })
    .await
}
