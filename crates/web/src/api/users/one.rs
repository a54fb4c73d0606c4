//! `GET /api/v1/users/{name}`: one user.

use super::{User, tag, unknown};
use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageUsers, May},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;

/// One user
///
/// His `ETag` says which state of him this is: sent as `If-Match` with a change, it is not made where somebody else changed him
/// meanwhile.
#[utoipa::path(
    get,
    path = "/api/v1/users/{name}",
    tag = "users",
    params(("name" = String, Path, description = "The name of the user")),
    responses(
        (status = 200, description = "The user", body = User),
        (status = 404, description = "There is no such user", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn one_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ManageUsers>,
    Named(name): Named<String>,
) -> Result<Answer<User>, Problem> {
    let found = site.desk.user(&name).await.or_told(lang)?.ok_or_else(|| unknown(name, lang))?;
    Ok(Answer::ok(lang, User::from(&found)).tagged(tag(&found)))
}
