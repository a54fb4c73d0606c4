//! `GET /api/v1/ledger/key`: the key by which anyone verifies checkpoints.

use super::TEXT;
use crate::{
    answer::Plain,
    caller::{May, ReadLedger},
    site::Site,
};
use axum::extract::State;

/// The key of the ledger
///
/// As `name+id+base64` (C2SP signed note). Keep it outside: it verifies every checkpoint.
#[utoipa::path(
    get,
    path = "/api/v1/ledger/key",
    tag = "ledger",
    responses((status = 200, description = "The key", body = String, content_type = "text/plain")),
    security(("bearer" = ["read-ledger"])),
)]
pub(crate) async fn ledger_key(State(site): State<Site>, _allowed: May<ReadLedger>) -> Plain<String> {
    Plain::new(TEXT, site.desk.ledger_key().to_string())
}
