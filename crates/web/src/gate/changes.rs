//! `GET /gate/v1/changes`: what changed since a position, as signed bytes.

use super::{Copying, snapshot::MEDIA_TYPE};
use crate::{
    body::Query,
    language::Speaks,
    problem::{Fault, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::{
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::IntoParams;

/// Since when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    /// The position of the snapshot that is to be brought up to date: its number of entries, a dash, and the id of the last of them in 32
    /// hexadecimal digits.
    #[param(example = "41-019adf0c2b7f7d3c8e1f5a6b7c8d9e0f")]
    from: String,
}

/// Fetch what changed
///
/// A delta that leads from a position to the newest, signed by the desk. Where nothing changed it says so, and from when that is known.
/// Deltas may be asked for once a second.
#[utoipa::path(
    get,
    path = "/gate/v1/changes",
    tag = "gate",
    params(Since),
    responses(
        (status = 200, description = "The delta", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 409, description = "The desk was never there, or what changed since is not kept any longer: a snapshot is needed", body = ProblemBody),
        (status = 422, description = "That is no position", body = ProblemBody),
        (status = 429, description = "Too many snapshots and deltas in this minute", body = ProblemBody),
        (status = 503, description = "What may be served has not been read yet, or this process has not come so far: it helps to ask again", body = ProblemBody),
    ),
    security(("bearer" = ["copy-gate"])),
)]
pub(crate) async fn gate_changes(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _may: Copying,
    Query(Since { from }): Query<Since>,
) -> Result<Response, Problem> {
    let from = from.parse().map_err(|_| {
        Problem::invalid(lang, "from", "no-position", Say::NoPosition, Say::CompareWithDocument)
    })?;
    let bytes = site.desk.gate_delta(from).await.map_err(|fault| fault.problem(lang))?;
    Ok(([(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, crate::answer::NEVER_KEPT)], bytes).into_response())
}
