//! `/new-user`: a user is added. A person gets a password for the first time, which is shown once.

use super::{
    choices,
    words::{self, Words},
};
use crate::{
    caller::{ManageUsers, May, actor},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        filled::Filled,
    },
    idempotency::soon,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::{AddUser, Email, Role};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "users/add.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    fields: [Field<'p>; 5],
}

/// A secret that is shown this once. It has no address of its own.
#[derive(Template)]
#[template(path = "users/once.html")]
pub(super) struct Once<'p> {
    pub(super) w: &'static Words,
    pub(super) title: &'static str,
    pub(super) name: &'p str,
    pub(super) facts: Vec<(&'static str, String)>,
    /// The secret; `None` where the form was sent before, and has told it.
    pub(super) secret: Option<String>,
    /// What is to be done with it.
    pub(super) next: &'static str,
    /// What is to be done where it is not known.
    pub(super) lost: &'static str,
    pub(super) back: String,
}

/// The form.
pub(super) async fn page(_allowed: May<ManageUsers>, frame: Frame) -> Response {
    shown(&frame, StatusCode::OK, &Faults::NONE, &Filled::default())
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, filled: &Filled) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let kinds = [("person", w.person), ("system", w.other_system)]
        .map(|(sent, called)| (sent.to_owned(), called.to_owned()));
    let roles = choices(lang);
    let chosen = filled.all("roles").collect::<Vec<_>>().join("\n");
    let field =
        |name, label, hint| Field::new(name, label).hinted(hint).valued(filled.text(name)).faulted(faults);
    let fields = [
        field("name", w.name, w.name_hint),
        field("kind", w.kind, w.kind_hint).of(Kind::OneOf(&kinds)),
        field("roles", w.roles, w.roles_hint).of(Kind::Many(&roles)).valued(chosen),
        field("account", w.account, w.account_hint),
        field("email", w.email, w.email_hint),
    ];
    frame.shown(status, w.add, &Page { f: frame, w, faults, fields })
}

/// The user is added.
pub(super) async fn add(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let again = |faults: &Faults<'_>| Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, faults, &filled));
    let Some(key) = filled.key() else { return again(&Faults::one("", w.no_key)) };
    let some = |name| Some(filled.text(name)).filter(|text| !text.is_empty());
    let email = match some("email").map(Email::parse) {
        Some(Err(_)) => return again(&Faults::one("email", w.bad_email)),
        Some(Ok(email)) => Some(email),
        None => None,
    };
    let ask = AddUser {
        by: actor(&principal, lang)?,
        name: filled.text("name").to_owned(),
        system: filled.text("kind") == "system",
        roles: filled.all("roles").filter_map(Role::from_word).collect(),
        account: some("account").map(str::to_owned),
        email,
    };
    let (system, desk) = (ask.system, site.desk.clone());
    let told = soon(lang, true, async move { desk.add_user(ask, Some(key)).await.or_told(lang) }).await;
    let told = match told {
        Ok(told) => told,
        Err(problem) => {
            let field = |path: &str| ["name", "roles", "account"].into_iter().find(|name| *name == path);
            return again(&Faults::refused(problem, |path| field(path).unwrap_or_default())?);
        }
    };
    let name = filled.text("name");
    let user = format!("/users/{name}");
    if system {
        return Ok(crate::console::told::to(&format!("{user}/keys")));
    }
    let once = Once {
        w,
        title: w.added,
        name,
        facts: Vec::new(),
        secret: told.answer.one_time_password.as_ref().map(|password| password.reveal().to_owned()),
        next: w.password_next,
        lost: w.password_lost,
        back: user,
    };
    Ok(frame.page(w.added, &once))
}
