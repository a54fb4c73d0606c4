//! `GET /api/v1/users/{name}/keys`: keys of a user.

use super::{ApiKeys, listed};
use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageUsers, May, actor},
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// Keys of a user
///
/// Those that are not revoked, for whoever manages users.
#[utoipa::path(
    get,
    path = "/api/v1/users/{name}/keys",
    tag = "keys",
    params(
        ("name" = String, Path, description = "The name of the user"),
    ),
    responses(
        (status = 200, description = "The keys", body = ApiKeys),
        (status = 404, description = "There is no such user", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn list_keys_of_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named(name): Named<String>,
) -> Result<Answer<ApiKeys>, Problem> {
    let of = KeysOf::User { by: actor(&principal, lang)?, name };
    listed(&site, of, lang).await
}
