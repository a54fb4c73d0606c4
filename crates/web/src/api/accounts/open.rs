//! `POST /api/v1/accounts`: an account is opened.

use super::Account;
use crate::{
    answer::Answer,
    body::Body,
    caller::{ManageUsers, May},
    idempotency::MaybeKey,
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
    May(..): May<ManageUsers>,
    MaybeKey(_): MaybeKey,
    Body(Account { name, number }): Body<Account>,
) -> Result<Answer<Account>, Problem> {
    let open = OpenAccount { number, name };
    site.desk.open_account(open.clone()).await.or_told(lang)?;
    Ok(Answer::new(lang, open.into()))
}
