//! `/users`: all users by their names.

use super::{
    roles, stands,
    words::{self, Words},
};
use crate::{
    caller::{ManageUsers, May},
    console::{Frame, shown::day},
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::ListedUser;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// How many users a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "users/list.html")]
struct Page {
    w: &'static Words,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    name: String,
    roles: String,
    account: Option<String>,
    stands: &'static str,
    mood: &'static str,
    made: String,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    _allowed: May<ManageUsers>,
    frame: Frame,
    Query(Wanted { cursor }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let mut found = site.desk.users(cursor.as_deref(), ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|user| user.name.clone());
    let rows = found.iter().map(|user| Row::of(user, lang)).collect();
    Ok(frame.page(w.title, &Page { w, rows, is_first: cursor.is_none(), next }))
}

impl Row {
    fn of(user: &ListedUser, lang: Lang) -> Self {
        let (stands, mood) = stands(user, lang);
        Self {
            name: user.name.clone(),
            roles: roles(user, lang),
            account: user.account.clone(),
            stands,
            mood,
            made: day(user.made_at),
        }
    }
}
