//! `GET /api/v1/rulebook/proposals/{id}/impact`: what a rulebook that is proposed would do to the desk.

use super::named;
use crate::{
    answer::Answer,
    api::rulebooks::impact::{ImpactBody, WhichEdition},
    body::{Named, Query},
    caller::{May, PublishRulebook},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::rulebooks::{AskImpact, MOST_LOOKED_AT};
use axum::extract::State;

/// See what a proposed rulebook would do
///
/// The same as `POST /api/v1/rulebook/impact`, of the text that was proposed, for whoever decides it. Nothing is written.
#[utoipa::path(
    get,
    path = "/api/v1/rulebook/proposals/{id}/impact",
    tag = "rulebook",
    params(("id" = String, Path, description = "The id of the proposal"), WhichEdition),
    responses(
        (status = 200, description = "What it would do", body = ImpactBody),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
        (status = 409, description = "It changes what was published before", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn impact_of_rulebook_proposal(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<PublishRulebook>,
    Named(id): Named<String>,
    Query(WhichEdition { edition }): Query<WhichEdition>,
) -> Result<Answer<ImpactBody>, Problem> {
    let text = site.desk.rulebook_proposal(named(&id, lang)?).await.or_told(lang)?.text;
    let ask = AskImpact { text, edition, most: MOST_LOOKED_AT };
    let impact = site.desk.impact_of_rulebook(&by, ask).await.or_told(lang)?;
    Ok(Answer::ok(lang, ImpactBody::of(impact, lang)))
}
