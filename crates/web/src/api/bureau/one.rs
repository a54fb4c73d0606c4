//! `GET /api/v1/bureau/orders/{id}`: one order as operators look at it.

use crate::{
    answer::Answer,
    api::orders::{named, shapes::LookedBody},
    body::Named,
    caller::{FileOrders, May},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One order for the bureau
///
/// As it was last submitted, personal data masked, with what the bureau is waited for.
#[utoipa::path(
    get,
    path = "/api/v1/bureau/orders/{id}",
    tag = "bureau",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "The order", body = LookedBody),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn one_order_for_bureau(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<FileOrders>,
    Named(id): Named<String>,
) -> Result<Answer<LookedBody>, Problem> {
    let looked = site.desk.look_at_order(named(&id, lang)?).await.or_told(lang)?;
    Ok(Answer::ok(lang, LookedBody::for_operator(looked, site.desk.now(), lang)))
}
