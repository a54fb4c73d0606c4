//! `PATCH /api/v1/users/{name}`: a user gets other roles, or is locked.

use super::{User, tag, unknown};
use crate::{
    answer::Answer,
    api::schemas::RoleWord,
    body::{Body, Named},
    caller::{ManageUsers, May, actor},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::access::{Edit, EditUser};
use axum::{
    extract::State,
    http::{HeaderMap, header::IF_MATCH},
};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;
use utoipa::ToSchema;

/// A user is to be changed, in one of these.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForEdit {
    /// All roles that he has from then on.
    roles: Option<Vec<RoleWord>>,
    /// Whether he is locked: neither password nor keys let him in.
    locked: Option<bool>,
}

impl AskForEdit {
    fn edit(self, lang: Lang) -> Result<Edit, Problem> {
        match self {
            Self { roles: Some(roles), locked: None } => {
                Ok(Edit::Roles(roles.into_iter().map(Into::into).collect()))
            }
            Self { roles: None, locked: Some(locked) } => Ok(Edit::Locked(locked)),
            Self { .. } => {
                let [say, what] = [Say::OneChangeAtATime, Say::CompareWithDocument];
                Err(Problem::invalid(lang, "", "one-change-at-a-time", say, what))
            }
        }
    }
}

/// Change a user
///
/// Gives him other roles, or locks him or lets him in again: one of the two. It counts from his next request on. Nobody gives
/// himself other roles.
#[utoipa::path(
    patch,
    path = "/api/v1/users/{name}",
    tag = "users",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` under which he was read, or several: nothing is done where he was changed since"),
    ),
    request_body = AskForEdit,
    responses(
        (status = 200, description = "Changed", body = User),
        (status = 404, description = "There is no such user", body = ProblemBody),
        (status = 409, description = "He is the last operator who is not locked, or gives himself other roles", body = ProblemBody),
        (status = 412, description = "Somebody else changed him meanwhile", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn edit_user(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    Named(name): Named<String>,
    Key(key): Key,
    headers: HeaderMap,
    Body(ask): Body<AskForEdit>,
) -> Result<Answer<User>, Problem> {
    soon(lang, true, async move {
        let (by, edit, since) = (actor(&principal, lang)?, ask.edit(lang)?, since(&headers));
        let ask = EditUser { by, name: name.clone(), edit, since };
        let told = site.desk.edit_user(ask, Some(key)).await.or_told(lang)?;
        let found = site.desk.user(&name).await.or_told(lang)?.ok_or_else(|| unknown(name, lang))?;
        Ok(Answer::done(lang, &told, User::from(&found)).tagged(tag(&found)))
    })
    .await
}

/// When the user may have been changed last, by the versions that `If-Match` names (RFC 9110, 13.1.1); `None` where it names none,
/// or all by `*`. No other version than one that was given is ever right.
fn since(headers: &HeaderMap) -> Option<Vec<Timestamp>> {
    let mut lines = headers.get_all(IF_MATCH).into_iter().peekable();
    lines.peek()?;
    let named: Vec<_> =
        lines.flat_map(|line| line.to_str().unwrap_or_default().split(',')).map(str::trim).collect();
    (!named.contains(&"*")).then(|| named.into_iter().filter_map(changed_at).collect())
}

/// What [`tag`] was made from; `None` for what it never gives.
fn changed_at(tag: &str) -> Option<Timestamp> {
    let hex = tag.strip_prefix('"')?.strip_suffix('"')?;
    Timestamp::from_microsecond(i64::from_str_radix(hex, 16).ok()?).ok()
}
