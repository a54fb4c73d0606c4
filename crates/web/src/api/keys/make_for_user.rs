//! `POST /api/v1/users/{name}/keys`: make a key for a user.

use super::{AskForKey, MadeKey, made};
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{ManageUsers, May, actor, nothing_that_outlives_the_key},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// Make a key for a user
///
/// For another system, which has no password. Its secret is told once.
#[utoipa::path(
    post,
    path = "/api/v1/users/{name}/keys",
    tag = "keys",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskForKey,
    responses(
        (status = 201, description = "Made", body = MadeKey),
        (status = 404, description = "There is no such user", body = ProblemBody),
        (status = 409, description = "There are as many keys as there may be", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn make_key_for_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named(name): Named<String>,
    Key(key): Key,
    Body(ask): Body<AskForKey>,
) -> Result<Answer<MadeKey>, Problem> {
    nothing_that_outlives_the_key(&principal, &name, lang)?;
    let of = KeysOf::User { by: actor(&principal, lang)?, name };
    made(site, of, ask, key, lang).await
}
