//! `POST /api/v1/keys`: make a key.

use super::{AskForKey, MadeKey, made};
use crate::{
    answer::Answer,
    body::Body,
    caller::{May, OwnKeys},
    idempotency::Key,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// Make a key
///
/// For other programs of the caller. A key makes no other keys: this needs a session.
#[utoipa::path(
    post,
    path = "/api/v1/keys",
    tag = "keys",
    params(
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskForKey,
    responses(
        (status = 201, description = "Made", body = MadeKey),
        (status = 409, description = "There are as many keys as there may be", body = ProblemBody),
    ),
    security(("bearer" = ["own-keys"])),
)]
pub(crate) async fn make_key(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<OwnKeys>,
    Key(key): Key,
    Body(ask): Body<AskForKey>,
) -> Result<Answer<MadeKey>, Problem> {
    let of = KeysOf::Own(principal);
    made(site, of, ask, key, lang).await
}
