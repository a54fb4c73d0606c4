//! `/users`: users of the desk (用户) for those who manage them: added with a one-time password that is shown once, given other roles,
//! locked, and let in again; and the keys of other systems.

mod acts;
mod add;
mod keys;
mod list;
mod one;
mod rights;
mod words;

use crate::{
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::access::{ListedUser, Role, UserFault};
use axum::{Router, routing::get};
use rulebook::Lang;

/// The pages of users.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/users", get(list::list))
        // Somebody may be called `new`.
        .route("/new-user", get(add::page).post(add::add))
        .route("/users/{name}", get(one::one).post(one::roles))
        .route("/users/{name}/keys", get(keys::list).post(keys::make))
        .route("/users/{name}/keys/{key}", get(keys::ask_to_revoke).post(keys::revoke))
        .route("/users/{name}/{act}", get(acts::ask).post(acts::act))
}

/// The user of that name.
async fn found(site: &Site, name: &str, lang: Lang) -> Result<ListedUser, Problem> {
    let found = site.desk.user(name).await.or_told(lang)?;
    found.ok_or_else(|| UserFault::Unknown(name.to_owned()).problem(lang))
}

/// The roles as choices of a field.
fn choices(lang: Lang) -> Vec<(String, String)> {
    let choice = |role: Role| (role.word().to_owned(), super::me::role(role, lang).to_owned());
    Role::ALL.into_iter().map(choice).collect()
}

/// The roles of a user, as people call them.
fn roles(user: &ListedUser, lang: Lang) -> String {
    let called: Vec<_> = user.roles.iter().map(|role| super::me::role(role, lang)).collect();
    called.join(words::words(lang).and)
}

/// How a user stands, and how that looks.
fn stands(user: &ListedUser, lang: Lang) -> (&'static str, &'static str) {
    let w = words::words(lang);
    match user {
        ListedUser { locked_at: Some(_), .. } => (w.locked, "bad"),
        ListedUser { one_time_until: Some(_), .. } => (w.first, "open"),
        ListedUser { system: true, .. } => (w.system, "calm"),
        ListedUser { .. } => (w.normal, "good"),
    }
}
