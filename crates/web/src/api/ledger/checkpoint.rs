//! `GET /api/v1/ledger/checkpoint`: the newest signed checkpoint.

use super::TEXT;
use crate::{
    answer::Plain,
    caller::{May, ReadLedger},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::extract::State;

/// The newest checkpoint
///
/// A signed note (C2SP tlog-checkpoint): how many entries the ledger has, and the root of its tree.
#[utoipa::path(
    get,
    path = "/api/v1/ledger/checkpoint",
    tag = "ledger",
    responses(
        (status = 200, description = "The checkpoint", body = String, content_type = "text/plain"),
        (status = 404, description = "No entry has its place yet", body = ProblemBody),
    ),
    security(("bearer" = ["read-ledger"])),
)]
pub(crate) async fn ledger_checkpoint(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ReadLedger>,
) -> Result<Plain<String>, Problem> {
    let newest = site.desk.checkpoint().await.or_told(lang)?;
    let none = || Problem::new(Kind::NotFound, lang).saying(Say::NoCheckpoint.to_text(lang));
    Ok(Plain::new(TEXT, newest.ok_or_else(none)?.note().to_owned()))
}
