//! `POST /api/v1/rulebook`: a rulebook is published, or only looked at.

use crate::{
    answer::Answer,
    body::{Query, Toml},
    caller::{May, PublishRulebook as Publishes, operator},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::{
    hex,
    rulebooks::{PublishRulebook, PublishedRulebook as Published},
};
use axum::extract::State;
use jiff::civil::Date;
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

impl PublishedRulebook {
    fn of(done: Published, dry_run: bool) -> Self {
        let edition = |(id, effective): (String, Date)| AddedEdition { id, effective: effective.to_string() };
        let added = done.added.into_iter().map(edition).collect();
        Self { digest: hex(&done.digest), same: done.same, added, dry_run }
    }
}

/// Publish a rulebook
///
/// From then on everything is decided by it. It keeps every edition that was published before; the same text again changes
/// nothing. A malformed file is refused with every fault, each with line and column.
#[utoipa::path(
    post,
    path = "/api/v1/rulebook",
    tag = "rulebook",
    params(
        HowToPublish,
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own; not kept with `dry_run`"),
    ),
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
    MaybeKey(key): MaybeKey,
    Toml(text): Toml,
) -> Result<Answer<PublishedRulebook>, Problem> {
    soon(lang, key.is_some(), async move {
        let publish = PublishRulebook { text, operator: operator(&principal, lang)?, dry_run };
        match key {
            None => {
                let done = site.desk.publish_rulebook(publish).await.or_told(lang)?;
                Ok(Answer::ok(lang, PublishedRulebook::of(done, dry_run)))
            }
            Some(key) => {
                let told = site.desk.publish_rulebook_once(publish, key).await.or_told(lang)?;
                Ok(Answer::done(lang, &told, PublishedRulebook::of(told.answer.clone(), dry_run)))
            }
        }
    })
    .await
}
