//! `GET /api/v1/rules`: the table of products of an edition.

use super::{
    EditionAsked, EditionShown,
    row::{Rule, RuleDocument},
};
use crate::{
    answer::Answer,
    body::Query,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// The rules of an edition.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rules {
    /// Whose rules these are, in the language asked for.
    provider: String,
    /// What a reader must know before trusting them; null where nothing is to be said.
    notice: Option<String>,
    /// The edition.
    edition: EditionShown,
    /// Every edition there is, oldest first.
    editions: Vec<EditionShown>,
    /// What it says of each product.
    products: Vec<Rule>,
    /// What holds for every product, a sentence each.
    policy: [String; 3],
    /// The documents that are named as sources.
    documents: Vec<RuleDocument>,
}

/// The rules
///
/// What an edition of the published rulebook asks of each product, with where that is stated. Open to anybody.
#[utoipa::path(
    get,
    path = "/api/v1/rules",
    tag = "rules",
    params(EditionAsked),
    responses(
        (status = 200, description = "The rules of that edition", body = Rules),
        (status = 409, description = "There is no such edition, or none was in force then", body = ProblemBody),
    ),
    security(()),
)]
pub(crate) async fn show_rules(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Query(asked): Query<EditionAsked>,
) -> Result<Answer<Rules>, Problem> {
    let (rulebook, edition) = asked.found(&site, lang).await?;
    let rules = Rules {
        provider: rulebook.name.in_lang(lang).to_owned(),
        notice: rulebook.notice.as_ref().map(|notice| notice.in_lang(lang).to_owned()),
        edition: EditionShown::of(&edition),
        editions: rulebook.editions.iter().map(|edition| EditionShown::of(edition)).collect(),
        products: edition.rows().iter().map(|row| Rule::of(row, lang)).collect(),
        policy: edition.policy.sentences(lang),
        documents: rulebook.documents.iter().map(|document| RuleDocument::of(document, lang)).collect(),
    };
    Ok(Answer::ok(lang, rules))
}
