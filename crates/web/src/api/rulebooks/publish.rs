//! `POST /api/v1/rulebook`: a rulebook is published, or only looked at.

use crate::{
    answer::Answer,
    body::{Query, Toml},
    caller::{May, PublishRulebook as Publishes, operator},
    idempotency::soon,
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::{hex, rulebooks::PublishRulebook};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How a rulebook is published.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HowToPublish {
    /// Whether it is only looked at: everything is told as it would be, and nothing is written.
    #[serde(default)]
    #[param(required = false, default = false)]
    dry_run: bool,
}

/// What publishing came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublishedRulebook {
    /// SHA-256 of its text in hex, as the ledger names it.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    digest: String,
    /// Whether it was the one in force already; then nothing was changed.
    same: bool,
    /// The editions that it adds, oldest first.
    added: Vec<AddedEdition>,
    /// Whether it was only looked at.
    dry_run: bool,
}

/// An edition that was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedEdition {
    /// Its id.
    #[schema(example = "2020-10-16")]
    id: String,
    /// The day from which it is in force. One that has come already is in force at once.
    #[schema(format = Date, example = "2020-10-16")]
    effective: String,
}

/// Publish a rulebook
///
/// From then on everything is decided by it. It keeps every edition that was published before; the same text again changes
/// nothing. A malformed file is refused with every fault, each with line and column.
#[utoipa::path(
    post,
    path = "/api/v1/rulebook",
    tag = "rulebook",
    params(HowToPublish),
    request_body(content = String, content_type = "application/toml", description = "The rulebook as TOML"),
    responses(
        (status = 200, description = "Published, or what publishing would come to", body = PublishedRulebook),
        (status = 409, description = "It changes what was published before", body = ProblemBody),
    ),
    security(("bearer" = ["publish-rulebook"])),
)]
pub(crate) async fn publish_rulebook(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<Publishes>,
    Query(HowToPublish { dry_run }): Query<HowToPublish>,
    Toml(text): Toml,
) -> Result<Answer<PublishedRulebook>, Problem> {
    soon(lang, async {
        let publish = PublishRulebook { text, operator: operator(&principal, lang)?, dry_run };
        let done = site.desk.publish_rulebook(publish).await.or_told(lang)?;
        let edition = |(id, effective): (String, jiff::civil::Date)| AddedEdition {
            id,
            effective: format!("{effective}"),
        };
        let added = done.added.into_iter().map(edition).collect();
        let (digest, same) = (hex(&done.digest), done.same);
        Ok(Answer::ok(lang, PublishedRulebook { digest, same, added, dry_run }))
    })
    .await
}
