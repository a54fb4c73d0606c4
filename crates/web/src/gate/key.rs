//! `GET /gate/v1/key`: the key by which snapshots and deltas are verified.

use super::Verifying;
use crate::{
    answer::Answer,
    language::Speaks,
    problem::{Kind, Problem},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateKey {
    /// The key as text: its name, its id and its base64, with `+` between them.
    key: String,
}

/// The key of the gate
///
/// Whoever sets an edge up gives it this key by a way that he trusts: then he needs to trust nothing between the edge and the desk.
#[utoipa::path(
    get,
    path = "/gate/v1/key",
    tag = "gate",
    responses((status = 200, description = "The key", body = GateKey)),
    security(("bearer" = ["ask-gate"]), ("bearer" = ["copy-gate"])),
)]
pub(crate) async fn gate_key(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _may: Verifying,
) -> Result<Answer<GateKey>, Problem> {
    let key = site.desk.gate_key().map_err(|error| {
        tracing::error!(event = "gate.no_key", %error);
        Problem::new(Kind::Fault, lang)
    })?;
    Ok(Answer::ok(lang, GateKey { key: key.to_string() }))
}
