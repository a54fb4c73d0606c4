//! `GET /gate/v1/snapshot`: all that may be served, as signed bytes.

use super::Copying;
use crate::{
    language::Speaks,
    problem::{Fault, Problem, ProblemBody},
    site::Site,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

/// What snapshots and deltas are.
pub(super) const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// Fetch a snapshot
///
/// All that may be served, in one piece, signed by the desk: for edges that must go on when the desk cannot be reached. `docs/gate.md` says
/// what the bytes are, and `kebei gate fetch` keeps such a copy in step.
#[utoipa::path(
    get,
    path = "/gate/v1/snapshot",
    tag = "gate",
    responses(
        (status = 200, description = "The snapshot", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 429, description = "Too many snapshots and deltas in this minute", body = ProblemBody),
        (status = 503, description = "What may be served has not been read yet, or as many fetch it as may at a time", body = ProblemBody),
    ),
    security(("bearer" = ["copy-gate"])),
)]
pub(crate) async fn gate_snapshot(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _may: Copying,
) -> Result<Response, Problem> {
    let bytes = site.desk.gate_snapshot().await.map_err(|fault| fault.problem(lang))?;
    let bytes = Bytes::from_owner(bytes);
    Ok(([(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, crate::answer::NEVER_KEPT)], bytes).into_response())
}
