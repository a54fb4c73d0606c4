//! `POST /api/v1/users/{name}/password-reset`: a user gets a one-time password.

use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageUsers, May, actor, nothing_that_outlives_the_key},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A one-time password.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimePassword {
    /// Good for four days and for one session. It is told this once: null when the request is sent again.
    #[schema(example = "abcd-efgh-ijkl-mnop")]
    one_time_password: Option<String>,
}

/// Give a one-time password
///
/// In the place of the password that he has. His sessions end; his keys stay.
#[utoipa::path(
    post,
    path = "/api/v1/users/{name}/password-reset",
    tag = "users",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Given", body = OneTimePassword),
        (status = 404, description = "There is no such user", body = ProblemBody),
        (status = 409, description = "He is another system, which has no password", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn reset_password(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named(name): Named<String>,
    Key(key): Key,
) -> Result<Answer<OneTimePassword>, Problem> {
    nothing_that_outlives_the_key(&principal, &name, lang)?;
    soon(lang, true, async move {
        let by = actor(&principal, lang)?;
        let told = site.desk.reset_password(by, name, Some(key)).await.or_told(lang)?;
        let one_time_password = told.answer.as_ref().map(|password| password.reveal().to_owned());
        Ok(Answer::done(lang, &told, OneTimePassword { one_time_password }).secret())
    })
    .await
}
