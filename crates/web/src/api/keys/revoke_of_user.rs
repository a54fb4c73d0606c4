//! `DELETE /api/v1/users/{name}/keys/{id}`: revoke a key of a user.

use super::revoked;
use crate::{
    answer::Done,
    body::Named,
    caller::{ManageUsers, May, actor},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// Revoke a key of a user
///
/// For good, from the next request on.
#[utoipa::path(
    delete,
    path = "/api/v1/users/{name}/keys/{id}",
    tag = "keys",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("id" = String, Path, description = "The id of the key"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "There is no such key", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn revoke_key_of_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named((name, id)): Named<(String, String)>,
    Key(key): Key,
) -> Result<Done, Problem> {
    let of = KeysOf::User { by: actor(&principal, lang)?, name };
    revoked(site, of, id, key, lang).await
}
