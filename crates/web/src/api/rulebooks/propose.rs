//! `POST /api/v1/rulebook`: a rulebook is proposed for another person to publish, or only looked at.

use super::{AddedEdition, proposed};
use crate::{
    answer::Answer,
    body::{Query, Toml},
    caller::{May, PublishRulebook as Publishes, operator, person},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::{
    hex,
    rulebooks::{PublishRulebook, PublishedRulebook, proposed::ProposeRulebook},
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How a rulebook is proposed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HowToPropose {
    /// Whether it is only looked at: everything is told as publishing it would be, and nothing is written.
    #[serde(default)]
    #[param(required = false, default = false)]
    dry_run: bool,
}

/// A rulebook that was proposed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedRulebook {
    /// The id of the proposal; null where it was only looked at.
    proposal: Option<String>,
    /// SHA-256 of its text in hex, as the ledger names it.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    digest: String,
    /// Whether it is the one in force already; such a one can be looked at, and not proposed.
    same: bool,
    /// The editions that it adds, oldest first.
    added: Vec<AddedEdition>,
    /// Whether it was only looked at.
    dry_run: bool,
}

/// Propose a rulebook
///
/// Two people publish one: nothing is decided by it until another operator agrees (`POST /api/v1/rulebook/proposals/{id}/agree`). It
/// keeps every edition that was published before. A malformed file is refused with every fault, each with line and column. With
/// `dry_run` it is told what publishing it would come to. Nobody publishes over HTTP alone; whoever has the machine of the desk and its
/// master key can (`kebei rulebook publish`).
#[utoipa::path(
    post,
    path = "/api/v1/rulebook",
    tag = "rulebook",
    params(
        HowToPropose,
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own; not kept with `dry_run`"),
    ),
    request_body(content = String, content_type = "application/toml", description = "The rulebook as TOML"),
    responses(
        (status = 200, description = "What publishing it would come to", body = ProposedRulebook),
        (status = 201, description = "Proposed", body = ProposedRulebook, headers(("Location" = String, description = "The proposal"))),
        (status = 409, description = "It changes what was published before, is in force, or is proposed already", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn propose_rulebook(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<Publishes>,
    Query(HowToPropose { dry_run }): Query<HowToPropose>,
    MaybeKey(key): MaybeKey,
    Toml(text): Toml,
) -> Result<Answer<ProposedRulebook>, Problem> {
    soon(lang, key.is_some(), async move {
        if dry_run {
            let look = PublishRulebook { text, operator: operator(&principal, lang)?, dry_run };
            let PublishedRulebook { digest, same, added } =
                site.desk.publish_rulebook(look).await.or_told(lang)?;
            let (digest, added) = (hex(&digest), AddedEdition::all(&added));
            return Ok(Answer::ok(lang, ProposedRulebook { proposal: None, digest, same, added, dry_run }));
        }
        let ask = ProposeRulebook { by: person(&principal, lang)?, text };
        let told = site.desk.propose_rulebook(ask, key).await.or_told(lang)?;
        let id = told.answer.proposal;
        let body = ProposedRulebook {
            proposal: Some(id.to_string()),
            digest: told.answer.digest.clone(),
            same: false,
            added: AddedEdition::all(&told.answer.added),
            dry_run,
        };
        Ok(Answer::made(lang, &told, body).found_at(format!("{}/{id}", proposed::ADDRESS)))
    })
    .await
}
