//! `DELETE /api/v1/sessions/{id}`: one of my sessions ends.

use crate::{
    answer::Done,
    body::Named,
    caller::{May, OwnSessions},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::extract::State;

/// End one of my sessions
///
/// Its token lets nobody in any more, from the next request on. Sent again, there is no such session.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/{id}",
    tag = "sessions",
    params(("id" = String, Path, description = "The id of the session")),
    responses(
        (status = 204, description = "Ended"),
        (status = 404, description = "The caller has no open session of that id", body = ProblemBody),
    ),
    security(("bearer" = ["own-sessions"])),
)]
pub(crate) async fn end_session(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<OwnSessions>,
    Named(id): Named<String>,
) -> Result<Done, Problem> {
    let ended = match id.parse() {
        Ok(id) => site.desk.end_session(&principal, id).await.or_told(lang)?,
        Err(_) => false,
    };
    if ended {
        Ok(Done::NOW)
    } else {
        Err(Problem::new(Kind::NotFound, lang).saying(Say::UnknownSession.to_text(lang)))
    }
}
