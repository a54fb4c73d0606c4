//! `GET /api/v1/rulebook/proposals/{id}`: one rulebook that is proposed, as whoever decides it has to see it.

use super::{OpenRulebookProposal, named};
use crate::{
    answer::{Answer, time},
    api::proposals::shapes::ProposalOutcome,
    body::Named,
    caller::{May, PublishRulebook},
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::rulebooks::proposed::RulebookProposalSeen;
use axum::extract::State;
use rulebook::{Lang, diff};
use serde::Serialize;
use utoipa::ToSchema;

/// One rulebook that is proposed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulebookProposalInFull {
    /// What lists tell of it.
    proposal: OpenRulebookProposal,
    /// Its text, to the last byte.
    text: String,
    /// What each edition that it adds says otherwise than the one in force, while it is open.
    differences: Vec<DraftDifference>,
    /// What became of it; null while it is open.
    outcome: Option<ProposalOutcome>,
    /// Who decided; null while it is open.
    decided_by: Option<String>,
    /// When; null while it is open.
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// Why it was declined; null where it was taken back.
    reason: Option<String>,
    /// Why nobody can agree to it any more, a sentence each; empty where somebody can, and once it was decided.
    stale: Vec<String>,
}

/// What an edition of a draft says otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftDifference {
    /// The edition in force.
    #[schema(example = "2020-10-16")]
    from: String,
    /// That of the draft.
    #[schema(example = "2020-12-01")]
    to: String,
    /// Each change as a sentence, in the language asked for. Empty where they say the same.
    changes: Vec<String>,
}

impl RulebookProposalInFull {
    fn of(seen: RulebookProposalSeen, now: jiff::Timestamp, lang: Lang) -> Self {
        let stale = seen.stale.as_ref().map(|stale| stale.problem(lang));
        let stale =
            stale.iter().flat_map(Problem::errors).map(|(_, message, _)| message.to_owned()).collect();
        let differences = if seen.decided.is_none() { differences(&seen, now, lang) } else { Vec::new() };
        let decided = seen.decided;
        Self {
            proposal: (&seen.proposal).into(),
            text: String::from_utf8_lossy(&seen.text).into_owned(),
            differences,
            outcome: decided.as_ref().map(|decided| decided.outcome.into()),
            decided_by: decided.as_ref().map(|decided| decided.by.clone()),
            decided_at: decided.as_ref().map(|decided| time(decided.at)),
            reason: decided.and_then(|decided| decided.reason),
            stale,
        }
    }
}

fn differences(seen: &RulebookProposalSeen, now: jiff::Timestamp, lang: Lang) -> Vec<DraftDifference> {
    let (Some(draft), Ok(in_force)) = (&seen.draft, seen.in_force.in_force(now)) else { return Vec::new() };
    let added = seen.proposal.added.iter().filter_map(|(id, _)| draft.edition(id).ok());
    let difference = added.map(|edition| DraftDifference {
        from: in_force.id.clone(),
        to: edition.id.clone(),
        changes: diff(in_force, edition).iter().map(|change| change.message(lang)).collect(),
    });
    difference.collect()
}

/// One rulebook that is proposed
///
/// With its text and what it says otherwise than the edition in force, so that it can be decided.
#[utoipa::path(
    get,
    path = "/api/v1/rulebook/proposals/{id}",
    tag = "rulebook",
    params(("id" = String, Path, description = "The id of the proposal")),
    responses(
        (status = 200, description = "The proposal", body = RulebookProposalInFull),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn one_rulebook_proposal(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<PublishRulebook>,
    Named(id): Named<String>,
) -> Result<Answer<RulebookProposalInFull>, Problem> {
    let seen = site.desk.rulebook_proposal(named(&id, lang)?).await.or_told(lang)?;
    Ok(Answer::ok(lang, RulebookProposalInFull::of(seen, site.desk.now(), lang)))
}
