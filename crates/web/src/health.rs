//! Whether the process lives, and whether it can serve.

use crate::{language::Speaks, site::Site, words::Say};
use app::ledger::Conflict;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::CONTENT_LANGUAGE},
    response::{IntoResponse, Response},
};
use rulebook::{Edition, Lang};
use serde::Serialize;
use std::sync::Arc;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// What is missing before the desk can serve; nothing when it can.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    /// Stable words for programs.
    missing: Vec<&'static str>,
    /// The same for people, in their language.
    message: String,
}

/// What the desk can do now.
pub(crate) struct Health {
    /// Whether its database answers.
    pub(crate) database: bool,
    /// The edition in force.
    pub(crate) edition: Option<Arc<Edition>>,
    /// What keeps it from writing.
    conflict: Option<Conflict>,
}

impl Health {
    pub(crate) async fn of(site: &Site) -> Self {
        let waiting = site.desk.entries_waiting().await;
        if let Err(error) = &waiting {
            tracing::warn!(event = "web.not_ready", %error);
        }
        let database = waiting.is_ok();
        Self { database, edition: site.desk.edition_in_force(), conflict: site.desk.conflict() }
    }

    /// Whether anything can be saved.
    pub(crate) const fn is_writable(&self) -> bool {
        self.database && self.conflict.is_none()
    }

    /// Whether nothing is missing.
    pub(crate) const fn is_ready(&self) -> bool {
        self.is_writable() && self.edition.is_some()
    }
}

/// Whether the desk can serve: its database answers, rules are in force, and nothing keeps it from writing.
pub(crate) async fn ready(State(site): State<Site>, Speaks(lang): Speaks) -> Response {
    let health = Health::of(&site).await;
    let mut missing = Vec::new();
    if !health.database {
        missing.push(("database", Say::DatabaseMissing));
    }
    if health.edition.is_none() {
        missing.push(("edition", Say::NothingInForce));
    }
    match health.conflict {
        None => {}
        Some(Conflict::Missing { .. }) => missing.push(("writable", Say::CheckpointMissing)),
        Some(_) => missing.push(("writable", Say::WritableMissing)),
    }
    let ready = missing.is_empty();
    let says = if ready { vec![Say::Ready] } else { missing.iter().map(|(_, say)| *say).collect() };
    let space = if lang == Lang::En { " " } else { "" };
    let message = says.iter().map(|say| say.to_text(lang)).collect::<Vec<_>>().join(space);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let missing = missing.iter().map(|(word, _)| *word).collect();
    let body = Json(Readiness { ready, missing, message });
    (status, [(CONTENT_LANGUAGE, lang.bcp47())], body).into_response()
}
