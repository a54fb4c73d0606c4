//! `GET /api/v1/sessions`: where am I signed in?

use crate::{
    answer::{Answer, time},
    caller::{May, OwnSessions},
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use app::access::ListedSession;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An open session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSession {
    /// Its id, by which it is ended.
    #[schema(example = "01934bd9-3c5c-7b5e-8f3a-1d2c3b4a5968")]
    id: String,
    /// When somebody signed in.
    #[schema(format = DateTime, example = "2020-11-01T09:00:00+08:00")]
    made_at: String,
    /// When it was last used, to a minute.
    #[schema(format = DateTime)]
    used_at: String,
    /// When it ends at the latest.
    #[schema(format = DateTime)]
    expires_at: String,
    /// From which address somebody signed in, where that is known.
    #[schema(example = "203.0.113.7")]
    address: Option<String>,
    /// Whether it is the one whose token was presented.
    current: bool,
}

impl From<ListedSession> for OpenSession {
    fn from(session: ListedSession) -> Self {
        Self {
            id: session.id.to_string(),
            made_at: time(session.made_at),
            used_at: time(session.used_at),
            expires_at: time(session.expires_at),
            address: session.address,
            current: session.is_this,
        }
    }
}

/// The open sessions of whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sessions {
    /// All of them, the newest first.
    items: Vec<OpenSession>,
}

/// My sessions
///
/// Where the caller is signed in: all of his open sessions, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/sessions",
    tag = "sessions",
    responses((status = 200, description = "The open sessions", body = Sessions)),
    security(("bearer" = ["own-sessions"])),
)]
pub(crate) async fn list_sessions(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<OwnSessions>,
) -> Result<Answer<Sessions>, Problem> {
    let sessions = site.desk.my_sessions(&principal).await.or_told(lang)?;
    let items = sessions.into_iter().map(OpenSession::from).collect();
    Ok(Answer::ok(lang, Sessions { items }).secret())
}
