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
use app::{OpenAccount, OpenAccountError};
use axum::extract::State;

/// Open an account
///
/// Of a customer, so that users and instances may belong to it. With an `Idempotency-Key`, an account that is there exactly as it
/// is asked for is told as opened before.
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
    _allowed: May<ManageUsers>,
    MaybeKey(key): MaybeKey,
    Body(Account { name, number }): Body<Account>,
) -> Result<Answer<Account>, Problem> {
    let open = OpenAccount { number, name };
    match site.desk.open_account(open.clone()).await {
        Err(OpenAccountError::Taken { .. })
            if key.is_some()
                && site.desk.known_account(&open.name).await.or_told(lang)?.as_ref() == Some(&open) =>
        {
            Ok(Answer::again(lang, open.into()))
        }
        opened => opened.or_told(lang).map(|_| Answer::new(lang, open.into())),
    }
}
