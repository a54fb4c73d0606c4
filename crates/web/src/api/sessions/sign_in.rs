//! `POST /api/v1/sessions`: somebody signs in.

use crate::{
    address::ClientAddress,
    answer::{Answer, time},
    body::Body,
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::access::{Code, Password, SignIn};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Somebody signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToSignIn {
    /// His name.
    #[schema(example = "li.na")]
    name: String,
    /// His password.
    #[schema(format = Password, example = "a sentence that nobody guesses")]
    password: String,
    /// A code of the authenticator app, or a recovery code, where the user has a second factor.
    #[schema(example = "081804")]
    code: Option<String>,
}

/// Password and code are not shown.
impl fmt::Debug for AskToSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AskToSignIn(…)")
    }
}

/// A session that was opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// Its token, to be presented as `Authorization: Bearer …`. It is told this once.
    #[schema(example = "kbs_…")]
    token: String,
    /// When it ends at the latest. It ends earlier when nothing is done in it for 12 hours.
    #[schema(format = DateTime, example = "2020-11-08T09:00:00+08:00")]
    expires_at: String,
    /// Whether the password was a one-time password: then nothing else is allowed before
    /// `PUT /api/v1/sessions/current/password`.
    must_change_password: bool,
    /// Whether the user must have a second factor and has none: then nothing else is allowed before it is set up, in the console
    /// at `/me/second-factor`.
    must_set_up_second_factor: bool,
}

/// Sign in
///
/// Opens a session, another one each time: its token is told once, whatever `Idempotency-Key` says. Where the user has a second factor, a `code` is needed beside the password: without one, or with one that is wrong or was used, the problem is of the kind `code-needed`, which is told to nobody whose password is wrong. Whoever fails often from the same address has to wait between tries; nobody is locked out.
#[utoipa::path(
    post,
    path = "/api/v1/sessions",
    tag = "sessions",
    request_body = AskToSignIn,
    responses(
        (status = 201, description = "Signed in", body = Session),
        (status = 401, description = "Name or password is wrong, a code is needed or wrong, the user is locked, or the one-time password has expired or was used", body = ProblemBody),
        (status = 429, description = "Too many tries: wait as `Retry-After` says", body = ProblemBody),
    ),
    security(()),
)]
pub(crate) async fn sign_in(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    ClientAddress(address): ClientAddress,
    Body(AskToSignIn { name, password, code }): Body<AskToSignIn>,
) -> Result<Answer<Session>, Problem> {
    let code = code.as_deref().map(Code::typed);
    let ask = SignIn { name, password: Password::new(password), address: Some(address), code };
    let signed_in = site.desk.sign_in(ask).await.or_told(lang)?;
    let session = Session {
        token: signed_in.token.reveal().to_owned(),
        expires_at: time(signed_in.expires_at),
        must_change_password: signed_in.must_change_password,
        must_set_up_second_factor: signed_in.must_set_up_second_factor,
    };
    Ok(Answer::new(lang, session).secret())
}
