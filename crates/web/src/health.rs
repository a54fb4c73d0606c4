//! Whether the process lives, and whether it can serve.

use crate::site::Site;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// What is missing before the desk can serve; nothing when it can.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    missing: Vec<&'static str>,
}

/// Whether the desk can serve: its database answers, rules are in force, and nothing keeps it from writing.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let mut missing = Vec::new();
    if let Err(error) = site.desk.ledger_size().await {
        tracing::warn!(event = "web.not_ready", %error);
        missing.push("database");
    }
    if site.desk.edition_in_force().is_none() {
        missing.push("edition");
    }
    if site.desk.conflict().is_some() {
        missing.push("writable");
    }
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready: missing.is_empty(), missing })).into_response()
}
