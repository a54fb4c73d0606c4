//! `GET /api/v1/guidance`: where do I file? From the rules in force, not from prose.

use super::{EditionAsked, EditionShown, ProductNamed};
use crate::{
    answer::Answer,
    body::Query,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use rulebook::{Lang, Situation};
use serde::Serialize;
use utoipa::ToSchema;

/// Where to file, by situation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guidance {
    /// The edition whose rules answer.
    edition: EditionShown,
    /// The situations, in the order in which they are asked. One of a kind may be there more than once, for other products.
    situations: Vec<GuidanceStep>,
}

/// A situation in which somebody asks where to file, and what to do then.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GuidanceStep {
    /// Which: a stable word for programs. `eligible`, `no-server`, `other-provider`, `outside-mainland`, `host-password`,
    /// `filed-elsewhere`, `codes-made-elsewhere`, `code-on-purchase`, `instance-quota-used-up`, `account-quota-used-up` or
    /// `other-account`.
    #[schema(example = "no-server")]
    situation: &'static str,
    /// The situation as the person in it would say it, in the language asked for.
    #[schema(example = "还没有服务器？")]
    question: String,
    /// What to do.
    answer: String,
    /// The products that it is about; empty where it is about any.
    products: Vec<ProductNamed>,
}

impl GuidanceStep {
    fn of(situation: &Situation<'_>, lang: Lang) -> Self {
        Self {
            situation: situation.word(),
            question: situation.question(lang),
            answer: situation.answer(lang),
            products: situation.products().iter().map(|row| ProductNamed::of(row, lang)).collect(),
        }
    }
}

/// Where do I file?
///
/// A short path of questions for people without an instance that may back a filing. The answers come from the rules in force.
/// Open to anybody.
#[utoipa::path(
    get,
    path = "/api/v1/guidance",
    tag = "rules",
    params(EditionAsked),
    responses(
        (status = 200, description = "Where to file, by situation", body = Guidance),
        (status = 409, description = "There is no such edition, or none was in force then", body = ProblemBody),
    ),
    security(()),
)]
pub(crate) async fn guidance(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Query(asked): Query<EditionAsked>,
) -> Result<Answer<Guidance>, Problem> {
    let (_, edition) = asked.found(&site, lang).await?;
    let situations = rulebook::guidance(&edition);
    let situations = situations.iter().map(|situation| GuidanceStep::of(situation, lang)).collect();
    Ok(Answer::ok(lang, Guidance { edition: EditionShown::of(&edition), situations }))
}
