//! `POST /api/v1/users`: a user is added.

use super::{User, unknown};
use crate::{
    answer::Answer,
    api::schemas::RoleWord,
    body::Body,
    caller::{ManageUsers, May, actor},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::access::{AddUser, Email};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// A user is to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForUser {
    /// The name with which he signs in: 1 to 64 letters, digits, `.`, `-` and `_`. It is not secret, and must not be an e-mail
    /// address.
    #[schema(example = "li.na")]
    name: String,
    /// Whether he is another system, which has no password and calls with keys only.
    #[serde(default)]
    system: bool,
    /// His roles. None includes another, and `customer` stands alone.
    roles: Vec<RoleWord>,
    /// The account that a customer acts for.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// His e-mail address. It is kept encrypted.
    #[schema(example = "li.na@example.cn")]
    email: Option<String>,
}

/// The e-mail address is not shown.
impl fmt::Debug for AskForUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AskForUser({})", self.name)
    }
}

/// A user who was added.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedUser {
    /// The user.
    user: User,
    /// The password with which he signs in first, good for four days. It is told this once: null when the request is sent
    /// again, and for another system.
    #[schema(example = "abcd-efgh-ijkl-mnop")]
    one_time_password: Option<String>,
}

/// Add a user
///
/// A person gets a one-time password, which opens one session, and sets his own at first.
#[utoipa::path(
    post,
    path = "/api/v1/users",
    tag = "users",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskForUser,
    responses(
        (status = 201, description = "Added", body = AddedUser),
        (status = 409, description = "Somebody has that name", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn add_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Key(key): Key,
    Body(ask): Body<AskForUser>,
) -> Result<Answer<AddedUser>, Problem> {
    soon(lang, true, async move {
        let AskForUser { name, system, roles, account, email } = ask;
        let by = actor(&principal, lang)?;
        let roles = roles.into_iter().map(Into::into).collect();
        let email = email.map(|email| address(&email, lang)).transpose()?;
        let ask = AddUser { by, name: name.clone(), system, roles, account, email };
        let told = site.desk.add_user(ask, Some(key)).await.or_told(lang)?;
        let found = site.desk.user(&name).await.or_told(lang)?;
        let user = User::from(&found.ok_or_else(|| unknown(name, lang))?);
        let password = told.answer.one_time_password.as_ref();
        let one_time_password = password.map(|password| password.reveal().to_owned());
        Ok(Answer::made(lang, &told, AddedUser { user, one_time_password }).secret())
    })
    .await
}

fn address(text: &str, lang: Lang) -> Result<Email, Problem> {
    let bad = |_| Problem::invalid(lang, "email", "bad-email", Say::BadEmail, Say::WriteEmail);
    Email::parse(text).map_err(bad)
}
