//! `GET /api/v1/users`: all users, a page at a time.

use super::User;
use crate::{
    api::page::{Page, PageAsked},
    body::Query,
    caller::{ManageUsers, May},
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use axum::extract::State;

/// Users
///
/// All users in the order of their names.
#[utoipa::path(
    get,
    path = "/api/v1/users",
    tag = "users",
    params(PageAsked),
    responses((status = 200, description = "A page of users", body = Page<User>, headers(("Link" = String, description = "The next page, where there is one")))),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn list_users(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ManageUsers>,
    Query(page): Query<PageAsked>,
) -> Result<Page<User>, Problem> {
    let (after, paged) = (page.after::<String>(lang)?, page.paged(lang));
    let found = site.desk.users(after.as_deref(), paged.most() + 1).await.or_told(lang)?;
    let users = found.iter().map(User::from).collect();
    Ok(paged.of(users, "/api/v1/users", |user| user.name.clone()))
}
