//! `POST /api/v1/rulebook/proposals/{id}/agree`: a second person agrees, and the rulebook is published.

use super::named;
use crate::{
    answer::Answer,
    api::rulebooks::AddedEdition,
    body::Named,
    caller::{May, PublishRulebook, person},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::rulebooks::proposed::{AgreeToRulebook, AgreedRulebook};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A rulebook that two people published.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublishedRulebook {
    /// The id of the proposal.
    proposal: String,
    /// SHA-256 of its text in hex, as the ledger names it.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    digest: String,
    /// The editions that it adds, oldest first.
    added: Vec<AddedEdition>,
}

impl From<&AgreedRulebook> for PublishedRulebook {
    fn from(AgreedRulebook { proposal, digest, added }: &AgreedRulebook) -> Self {
        Self { proposal: proposal.to_string(), digest: digest.clone(), added: AddedEdition::all(added) }
    }
}

/// Agree to a rulebook
///
/// By another person than whoever proposed it, not even through a key of his. It is published in the same transaction, and from then on
/// everything is decided by it. It is checked again: refused is what was published otherwise meanwhile, and an edition whose day has
/// come since it was proposed.
#[utoipa::path(
    post,
    path = "/api/v1/rulebook/proposals/{id}/agree",
    tag = "rulebook",
    params(
        ("id" = String, Path, description = "The id of the proposal"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Published", body = PublishedRulebook),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
        (status = 409, description = "It is one's own, was decided already, or cannot be published as it was proposed", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn agree_to_rulebook(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<PublishRulebook>,
    Named(id): Named<String>,
    Key(key): Key,
) -> Result<Answer<PublishedRulebook>, Problem> {
    let ask = AgreeToRulebook { by: person(&by, lang)?, proposal: named(&id, lang)? };
    soon(lang, true, async move {
        let told = site.desk.agree_to_rulebook(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, PublishedRulebook::from(&told.answer)))
    })
    .await
}
