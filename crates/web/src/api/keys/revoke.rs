//! `DELETE /api/v1/keys/{id}`: revoke a key.

use super::revoked;
use crate::{
    answer::Done,
    body::Named,
    caller::{May, OwnKeys},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// Revoke a key
///
/// For good, from the next request on. A key may revoke itself.
#[utoipa::path(
    delete,
    path = "/api/v1/keys/{id}",
    tag = "keys",
    params(
        ("id" = String, Path, description = "The id of the key"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "There is no such key", body = ProblemBody),
    ),
    security(("bearer" = ["own-keys"])),
)]
pub(crate) async fn revoke_key(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<OwnKeys>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Done, Problem> {
    let of = KeysOf::Own(principal);
    revoked(site, of, id, key, lang).await
}
