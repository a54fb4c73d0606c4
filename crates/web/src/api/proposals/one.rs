//! `GET /api/v1/proposals/{id}`: one proposal with what it names, as whoever decides it has to see it. It is recorded.

use super::{
    named,
    shapes::{OpenProposal, ProposalOutcome},
};
use crate::{
    answer::{Answer, time},
    body::Named,
    caller::{May, ProposeAndAgree},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::two_people::{Loses, ProposalSeen, Thing};
use axum::extract::State;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// One proposal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalInClear {
    /// What anybody of the staff may read of it.
    proposal: OpenProposal,
    /// What became of it; null while it is open.
    outcome: Option<ProposalOutcome>,
    /// Who decided; null while it is open.
    decided_by: Option<String>,
    /// When; null while it is open.
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// The domain, number or name in clear; null where it names none, and once it was decided.
    value: Option<String>,
    /// The kind of the certificate, where it is one.
    certificate_kind: Option<u16>,
    /// What whoever proposed it wants to be known; null once it was decided.
    note: Option<String>,
    /// What would be lost for ever; null where nothing would.
    loses: Option<LostForEver>,
}

/// What a cancellation ends for ever.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostForEver {
    /// The account that loses it.
    #[schema(example = "acc-7")]
    account: String,
    /// The number of the subject, where it ends.
    subject: Option<String>,
    /// The numbers of the websites that end.
    websites: Vec<String>,
    /// What that means, as a sentence.
    message: String,
}

impl LostForEver {
    fn of(loses: Loses, lang: Lang) -> Self {
        let Loses { account, subject, websites } = loses;
        let say = Say::LostForEver { subject: subject.is_some(), websites: websites.len() };
        Self { account, subject, websites, message: say.to_text(lang) }
    }
}

impl ProposalInClear {
    fn of(seen: ProposalSeen, lang: Lang) -> Self {
        let ProposalSeen { proposal, decided, thing, note, loses } = seen;
        let (outcome, decided_by, decided_at) = match decided {
            Some((outcome, by, at)) => (Some(outcome.into()), Some(by), Some(time(at))),
            None => (None, None, None),
        };
        let certificate_kind = match &thing {
            Some(Thing::Certificate { kind, .. }) => Some(*kind),
            _ => None,
        };
        Self {
            proposal: proposal.into(),
            outcome,
            decided_by,
            decided_at,
            value: thing.map(|thing| thing.value().to_owned()),
            certificate_kind,
            note,
            loses: loses.map(|loses| LostForEver::of(loses, lang)),
        }
    }
}

/// One proposal in clear
///
/// With what it names and what would be lost for ever, so that it can be decided. Each reading leaves one line in the access log first;
/// where that cannot be written there is no answer.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{id}",
    tag = "two people",
    params(("id" = String, Path, description = "The id of the proposal")),
    responses(
        (status = 200, description = "The proposal", body = ProposalInClear),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn one_proposal(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ProposeAndAgree>,
    Named(id): Named<String>,
) -> Result<Answer<ProposalInClear>, Problem> {
    let seen = site.desk.proposal_for(&by, named(&id, lang)?).await.or_told(lang)?;
    Ok(Answer::ok(lang, ProposalInClear::of(seen, lang)).secret())
}
