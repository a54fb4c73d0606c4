//! `PATCH /api/v1/users/{name}`: a user gets other roles, or is locked.

use super::{User, tag, unknown};
use crate::{
    answer::Answer,
    api::schemas::RoleWord,
    body::{Body, Named},
    caller::{ManageUsers, May, actor},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
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
/// Gives him other roles, or locks him or lets him in again: one of the two. It counts from his next request on.
#[utoipa::path(
    patch,
    path = "/api/v1/users/{name}",
    tag = "users",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` under which he was read: nothing is done where he was changed since"),
    ),
    request_body = AskForEdit,
    responses(
        (status = 200, description = "Changed", body = User),
        (status = 404, description = "There is no such user", body = ProblemBody),
        (status = 409, description = "He is the last operator who is not locked", body = ProblemBody),
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
    soon(lang, true, async {
        let (by, edit, since) = (actor(&principal, lang)?, ask.edit(lang)?, since(&headers, lang)?);
        let ask = EditUser { by, name: name.clone(), edit, since };
        let told = site.desk.edit_user(ask, Some(key)).await.or_told(lang)?;
        let found = site.desk.user(&name).await.or_told(lang)?.ok_or_else(|| unknown(name, lang))?;
        Ok(Answer::done(lang, &told, User::from(&found)).tagged(tag(&found)))
    })
    .await
}

/// When the user was last changed, by the version that whoever asks has read. No other version than one that was given is
/// ever right.
fn since(headers: &HeaderMap, lang: Lang) -> Result<Option<Timestamp>, Problem> {
    let Some(version) = headers.get(IF_MATCH) else { return Ok(None) };
    if version == "*" {
        return Ok(None);
    }
    let micros = version.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    let micros = micros.and_then(|hex| i64::from_str_radix(hex, 16).ok());
    let since = micros.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    since.map(Some).ok_or_else(|| Problem::new(Kind::Changed, lang))
}
