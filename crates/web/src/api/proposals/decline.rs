//! `POST /api/v1/proposals/{id}/decline`: a proposal is declined, or taken back by whoever made it.

use super::{named, shapes::ProposalOutcome};
use crate::{
    answer::Answer,
    body::Named,
    caller::{May, ProposeAndAgree, person},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::two_people::Decline;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A proposal that was declined.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeclinedBody {
    /// Its id.
    id: String,
    /// What became of it.
    outcome: ProposalOutcome,
}

/// Decline a proposal
///
/// Nothing of it is done, and what it named is gone. Whoever made it takes it back so.
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{id}/decline",
    tag = "two people",
    params(
        ("id" = String, Path, description = "The id of the proposal"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Declined", body = DeclinedBody),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
        (status = 409, description = "It was decided already", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn decline_proposal(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ProposeAndAgree>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<DeclinedBody>, Problem> {
    let ask = Decline { by: person(&by, lang)?, proposal: named(&id, lang)? };
    soon(lang, true, async move {
        let told = site.desk.decline_proposal(ask, key).await.or_told(lang)?;
        let body = DeclinedBody { id: told.answer.to_string(), outcome: ProposalOutcome::Declined };
        Ok(Answer::done(lang, &told, body))
    })
    .await
}
