//! `POST /api/v1/rulebook/proposals/{id}/decline`: a rulebook is declined, or taken back by whoever proposed it.

use super::named;
use crate::{
    answer::Answer,
    api::proposals::shapes::ProposalOutcome,
    body::{Body, Named},
    caller::{May, PublishRulebook, person},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::rulebooks::proposed::DeclineRulebook;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rulebook is to be declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToDecline {
    /// Why, up to 500 characters, for whoever proposed it. Needed, unless one takes back one's own.
    #[schema(example = "The day is wrong.")]
    reason: Option<String>,
}

/// A rulebook that was declined.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeclinedRulebookBody {
    /// The id of the proposal.
    id: String,
    /// What became of it.
    outcome: ProposalOutcome,
}

/// Decline a rulebook
///
/// Nothing is published. Whoever proposed it takes it back so. The reason is kept with the proposal, and not in the ledger.
#[utoipa::path(
    post,
    path = "/api/v1/rulebook/proposals/{id}/decline",
    tag = "rulebook",
    params(
        ("id" = String, Path, description = "The id of the proposal"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToDecline,
    responses(
        (status = 200, description = "Declined", body = DeclinedRulebookBody),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
        (status = 409, description = "It was decided already", body = ProblemBody),
        (status = 422, description = "It is not said why, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn decline_rulebook(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<PublishRulebook>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(AskToDecline { reason }): Body<AskToDecline>,
) -> Result<Answer<DeclinedRulebookBody>, Problem> {
    let (by, proposal) = (person(&by, lang)?, named(&id, lang)?);
    let ask = DeclineRulebook { by, proposal, reason: reason.unwrap_or_default() };
    soon(lang, true, async move {
        let told = site.desk.decline_rulebook(ask, key).await.or_told(lang)?;
        let (id, outcome) = (told.answer.proposal.to_string(), ProposalOutcome::Declined);
        Ok(Answer::done(lang, &told, DeclinedRulebookBody { id, outcome }))
    })
    .await
}
