//! `POST /api/v1/bureau/orders/{id}/file`: the bureau filed an order and gave its numbers.

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
use app::orders::bureau::FileOrder;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// The numbers that the bureau gave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToFile {
    /// That of the subject, where the order makes one.
    #[schema(example = "粤ICP备12345678号")]
    subject_number: Option<String>,
    /// Those of its websites, in the order of the form, where the order makes them.
    #[serde(default)]
    #[schema(required = false, example = json!(["粤ICP备12345678号-1"]))]
    website_numbers: Vec<String>,
}

/// Record that the bureau filed an order
///
/// Writes the numbers to the registry and records the service codes behind the order for ever. What ends by the order ends with it.
#[utoipa::path(
    post,
    path = "/api/v1/bureau/orders/{id}/file",
    tag = "bureau",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToFile,
    responses(
        (status = 200, description = "Filed", body = MovedBody, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The bureau does not have the order, a number or a domain is filed already, or nothing is filed under the number that it starts from", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn file_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<FileOrders>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(AskToFile { subject_number, website_numbers }): Body<AskToFile>,
) -> Result<Answer<MovedBody>, Problem> {
    let (operator, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let ask = FileOrder { operator, order, subject_number, website_numbers };
    moved(lang, true, async move { site.desk.file_order(ask, key).await }).await
}
