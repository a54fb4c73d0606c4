//! `PUT /api/v1/sessions/current/password`: a password of one's own.

use crate::{
    answer::Done,
    body::Body,
    caller::SignedIn,
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::access::Password;
use axum::extract::State;
use serde::Deserialize;
use std::fmt;
use utoipa::ToSchema;

/// A password is to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForPassword {
    /// The present one.
    #[schema(format = Password, example = "the one-time password")]
    old: String,
    /// The new one, of 10 to 1000 characters.
    #[schema(format = Password, example = "a sentence that nobody guesses")]
    new: String,
}

/// Neither password is shown.
impl fmt::Debug for AskForPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AskForPassword(…)")
    }
}

/// Set my password
///
/// Ends all other sessions of the caller; this one goes on. Allowed while a one-time password must be changed.
#[utoipa::path(
    put,
    path = "/api/v1/sessions/current/password",
    tag = "sessions",
    request_body = AskForPassword,
    responses(
        (status = 204, description = "Set"),
        (status = 422, description = "The present password is wrong, or the new one is no good", body = ProblemBody),
        (status = 429, description = "Too many tries: wait as `Retry-After` says", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn set_password(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SignedIn(principal): SignedIn,
    Body(AskForPassword { old, new }): Body<AskForPassword>,
) -> Result<Done, Problem> {
    let (old, new) = (Password::new(old), Password::new(new));
    site.desk.set_password(&principal, old, new).await.or_told(lang)?;
    Ok(Done::NOW)
}
