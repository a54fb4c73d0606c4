//! `POST /api/v1/accounts`: an account is opened.

use super::Account;
use crate::{
    answer::Answer,
    body::Body,
    caller::{ManageUsers, May, actor},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::OpenAccount;
use axum::extract::State;

/// Open an account
///
/// Of a customer, so that users and instances may belong to it.
#[utoipa::path(
    post,
    path = "/api/v1/accounts",
    tag = "users",
    params(("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own")),
    request_body = Account,
    responses(
        (status = 201, description = "Opened", body = Account),
        (status = 409, description = "There is an account of that name or number", body = ProblemBody),
    ),
    security(("bearer" = ["manage-users"])),
)]
pub(crate) async fn open_account(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageUsers>,
    MaybeKey(key): MaybeKey,
    Body(Account { name, number }): Body<Account>,
) -> Result<Answer<Account>, Problem> {
    soon(lang, key.is_some(), async move {
        let (open, by) = (OpenAccount { number, name }, actor(&principal, lang)?);
        let account = Account::from(open.clone());
        match key {
            None => site.desk.open_account(open).await.or_told(lang).map(|_| Answer::new(lang, account)),
            Some(key) => {
                let told = site.desk.open_account_once(open, &by, key).await.or_told(lang)?;
                Ok(Answer::made(lang, &told, account))
            }
        }
    })
    .await
}
