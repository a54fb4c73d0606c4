//! `POST /api/v1/orders/{id}/check`: everything that is wrong with an order now, without the effect of submitting it.

use super::{named, shapes::FaultBody};
use crate::{
    answer::Answer,
    body::Named,
    caller::{Customer, OwnOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// What is wrong with an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckedOrder {
    /// Whether it would be submitted: nothing is wrong, or there are warnings only.
    passes: bool,
    /// Everything that is wrong, in the order of the form.
    faults: Vec<FaultBody>,
}

/// Check an order
///
/// What submitting the order would say now: every fault of what is filled in, of its products, and of what was changed without having
/// been given back.
#[utoipa::path(
    post,
    path = "/api/v1/orders/{id}/check",
    tag = "orders",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "What is wrong", body = CheckedOrder),
        (status = 404, description = "The account has no such order", body = ProblemBody),
        (status = 409, description = "What was filled in was erased, or no edition of the rules is in force", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn check_order(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
) -> Result<Answer<CheckedOrder>, Problem> {
    let faults = site.desk.check_order(&asker, named(&id, lang)?).await.or_told(lang)?;
    let body = CheckedOrder { passes: faults.allow(), faults: FaultBody::all(&faults, lang) };
    Ok(Answer::ok(lang, body))
}
