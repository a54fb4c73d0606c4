//! `GET /api/v1/rules/difference`: what changed between two editions, in words.

use super::EditionShown;
use crate::{
    answer::Answer,
    body::Query,
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use rulebook::diff;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Between which editions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BetweenEditions {
    /// The edition before.
    #[param(example = "2020-01-01")]
    from: String,
    /// The edition after.
    #[param(example = "2020-10-16")]
    to: String,
}

/// What changed between two editions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulesDifference {
    /// The edition before.
    from: EditionShown,
    /// The edition after.
    to: EditionShown,
    /// Each change as a sentence, in the language asked for: policies, then product by product. Empty where they say the same.
    #[schema(example = json!(["“弹性 Web 托管”：由“每个实例 5 个备案服务号”改为“每个账号合计 5 个备案服务号”。"]))]
    changes: Vec<String>,
}

/// What changed between two editions
///
/// In words, from one edition of the published rulebook to another, earlier or later. Open to anybody.
#[utoipa::path(
    get,
    path = "/api/v1/rules/difference",
    tag = "rules",
    params(BetweenEditions),
    responses(
        (status = 200, description = "What changed", body = RulesDifference),
        (status = 409, description = "There is no such edition", body = ProblemBody),
    ),
    security(()),
)]
pub(crate) async fn difference_of_rules(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Query(BetweenEditions { from, to }): Query<BetweenEditions>,
) -> Result<Answer<RulesDifference>, Problem> {
    let rulebook = site.desk.rules().await.or_told(lang)?;
    let (from, to) = (rulebook.edition(&from).or_told(lang)?, rulebook.edition(&to).or_told(lang)?);
    let changes = diff(from, to).iter().map(|change| change.message(lang)).collect();
    let (from, to) = (EditionShown::of(from), EditionShown::of(to));
    Ok(Answer::ok(lang, RulesDifference { from, to, changes }))
}
