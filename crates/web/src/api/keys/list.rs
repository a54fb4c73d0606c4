//! `GET /api/v1/keys`: my keys.

use super::{ApiKeys, listed};
use crate::{
    answer::Answer,
    caller::{May, OwnKeys},
    language::Speaks,
    problem::Problem,
    site::Site,
};
use app::access::KeysOf;
use axum::extract::State;

/// My keys
///
/// The keys of the caller that are not revoked. Their secrets were shown once.
#[utoipa::path(
    get,
    path = "/api/v1/keys",
    tag = "keys",
    responses(
        (status = 200, description = "The keys", body = ApiKeys),
    ),
    security(("bearer" = ["own-keys"])),
)]
pub(crate) async fn list_keys(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<OwnKeys>,
) -> Result<Answer<ApiKeys>, Problem> {
    let of = KeysOf::Own(principal);
    listed(&site, of, lang).await
}
