//! `/users/{name}`: one user, with the roles that he has, and what can be done.

use super::{
    choices, found, roles as called, stands,
    words::{self, Words},
};
use crate::{
    caller::{ManageUsers, May, actor},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        filled::Filled,
        shown::minute,
        told::to,
    },
    idempotency::soon,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::{Edit, EditUser, ListedUser, Role};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;

/// What was done before.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "users/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    done: Option<&'static str>,
    name: &'p str,
    stands: &'static str,
    mood: &'static str,
    facts: Vec<(&'static str, String)>,
    /// Of when what is shown of him is.
    since: i64,
    roles: Field<'p>,
    is_self: bool,
    is_system: bool,
    is_locked: bool,
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    _allowed: May<ManageUsers>,
    frame: Frame,
    Path(name): Path<String>,
    Query(Said { done }): Query<Said>,
) -> Result<Response, Problem> {
    let user = found(&site, &name, frame.lang).await?;
    let done = done.as_deref().and_then(|word| words::done(word, frame.lang));
    Ok(shown(&frame, StatusCode::OK, &user, &Faults::NONE, None, done))
}

fn shown(
    frame: &Frame,
    status: StatusCode,
    user: &ListedUser,
    faults: &Faults<'_>,
    chosen: Option<String>,
    done: Option<&'static str>,
) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (stands, mood) = stands(user, lang);
    let choices = choices(lang);
    let has = user.roles.iter().map(Role::word).collect::<Vec<_>>().join("\n");
    let roles = Field::new("roles", w.roles).hinted(w.roles_hint).of(Kind::Many(&choices));
    let page = Page {
        f: frame,
        w,
        faults,
        done,
        name: &user.name,
        stands,
        mood,
        facts: facts(user, lang),
        since: user.changed_at.as_microsecond(),
        roles: roles.valued(chosen.unwrap_or(has)).faulted(faults),
        is_self: frame.who.as_ref().is_some_and(|who| who.is_named(&user.name)),
        is_system: user.system,
        is_locked: user.locked_at.is_some(),
    };
    frame.shown(status, &user.name, &page)
}

fn facts(user: &ListedUser, lang: Lang) -> Vec<(&'static str, String)> {
    let w = words::words(lang);
    let facts = [
        Some((w.kind, if user.system { w.other_system } else { w.person }.to_owned())),
        Some((w.roles, called(user, lang))),
        user.account.clone().map(|account| (w.account, account)),
        (!user.system)
            .then(|| (w.email, if user.email.is_some() { w.known } else { w.not_known }.to_owned())),
        user.one_time_until.map(|until| (w.one_time_until, minute(until, lang))),
        user.locked_at.map(|since| (w.locked_since, minute(since, lang))),
        Some((w.made, minute(user.made_at, lang))),
    ];
    facts.into_iter().flatten().collect()
}

/// He gets other roles, unless somebody else changed him since he was shown.
pub(super) async fn roles(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path(name): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let chosen = filled.all("roles").collect::<Vec<_>>().join("\n");
    let again = async |faults: &Faults<'_>| {
        let user = found(&site, &name, lang).await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(shown(&frame, status, &user, faults, Some(chosen.clone()), None))
    };
    let Some(key) = filled.key() else { return again(&Faults::one("", w.no_key)).await };
    let since = filled.text("since").parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok());
    let roles = filled.all("roles").filter_map(Role::from_word).collect();
    let ask = EditUser {
        by: actor(&principal, lang)?,
        name: name.clone(),
        edit: Edit::Roles(roles),
        since: Some(since.into_iter().collect()),
    };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.edit_user(ask, Some(key)).await.or_told(lang) }).await {
        Ok(_) => Ok(to(&format!("/users/{name}?done=roles"))),
        Err(problem) => {
            let faults = Faults::refused(problem, |path| if path == "roles" { "roles" } else { "" })?;
            again(&faults).await
        }
    }
}
