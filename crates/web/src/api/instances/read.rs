//! `GET /api/v1/instances/{id}`: one instance with today's decision.

use super::{InstanceBody, decision::asked};
use crate::{
    answer::Answer,
    body::Named,
    caller::Sees,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One instance
///
/// The instance with what is known of it and today's decision.
#[utoipa::path(
    get,
    path = "/api/v1/instances/{id}",
    tag = "instances",
    params(("id" = String, Path, description = "The instance, as its seller names it")),
    responses(
        (status = 200, description = "The instance", body = InstanceBody),
        (status = 404, description = "The account has no such instance", body = ProblemBody),
        (status = 409, description = "No edition of the rules is in force", body = ProblemBody),
    ),
    security(("bearer" = ["own-instances"]), ("bearer" = ["all-instances"])),
)]
pub(crate) async fn one_instance(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    sees: Sees,
    Named(instance): Named<String>,
) -> Result<Answer<InstanceBody>, Problem> {
    asked(&site, lang, instance, sees, None, None).await
}
