//! `GET /api/v1/accounts/{name}`: one account.

use super::Account;
use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageUsers, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::extract::State;

/// One account
///
/// By the name that inventories give it.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{name}",
    tag = "users",
    params(("name" = String, Path, description = "The name of the account")),
    responses(
        (status = 200, description = "The account", body = Account),
        (status = 404, description = "There is no such account", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn one_account(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ManageUsers>,
    Named(name): Named<String>,
) -> Result<Answer<Account>, Problem> {
    let found = site.desk.known_account(&name).await.or_told(lang)?;
    let unknown = Say::UnknownAccount { name: &name };
    let unknown = || Problem::new(Kind::NotFound, lang).saying(unknown.to_text(lang));
    Ok(Answer::ok(lang, found.ok_or_else(unknown)?.into()))
}
