//! `GET /api/v1/rulebook`: the rulebook in force, as it was published.

use super::TOML;
use crate::{
    answer::Plain,
    caller::{May, PublishRulebook},
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use axum::extract::State;

/// The rulebook in force
///
/// Its text, to the last byte.
#[utoipa::path(
    get,
    path = "/api/v1/rulebook",
    tag = "rulebook",
    responses((status = 200, description = "The text", body = String, content_type = "application/toml")),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn rulebook_in_force(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<PublishRulebook>,
) -> Result<Plain<Vec<u8>>, Problem> {
    let found = site.desk.rulebook_text().await.or_told(lang)?;
    Ok(Plain::new(TOML, found.text))
}
