//! `DELETE /api/v1/sessions/current`: signing out.

use crate::{
    answer::Done,
    caller::SignedIn,
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use axum::extract::State;

/// Sign out
///
/// The session ends, and its token lets nobody in. A key stays as good as it was.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/current",
    tag = "sessions",
    responses((status = 204, description = "Signed out")),
    security(("bearer" = [])),
)]
pub(crate) async fn sign_out(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SignedIn(principal): SignedIn,
) -> Result<Done, Problem> {
    site.desk.sign_out(&principal).await.or_told(lang)?;
    Ok(Done::NOW)
}
