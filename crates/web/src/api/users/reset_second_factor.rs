//! `POST /api/v1/users/{name}/second-factor-reset`: the second factor of a user who lost it is taken away.

use crate::{
    answer::Done,
    body::Named,
    caller::{ManageUsers, May, actor},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// Take a second factor away
///
/// With its recovery codes, for a user who lost them: first make sure that it is really he who asks. His sessions end; his keys stay. He
/// signs in with his password, and sets up another where he must have one. Nobody does it for himself.
#[utoipa::path(
    post,
    path = "/api/v1/users/{name}/second-factor-reset",
    tag = "users",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 204, description = "Taken away"),
        (status = 404, description = "There is no such user", body = ProblemBody),
        (status = 409, description = "He has no second factor, or is the caller himself", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn reset_second_factor(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named(name): Named<String>,
    Key(key): Key,
) -> Result<Done, Problem> {
    soon(lang, true, async move {
        let by = actor(&principal, lang)?;
        let told = site.desk.reset_second_factor(by, name, Some(key)).await.or_told(lang)?;
        Ok(Done::told(&told))
    })
    .await
}
