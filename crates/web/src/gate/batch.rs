//! `POST /gate/v1/domains`: may these names be served?

use super::{
    AtGate,
    shapes::{GateAnswer, Known},
};
use crate::{
    answer::Answer,
    body::Body,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Names that are asked about at once, at most.
const MOST: usize = 1000;

/// Names that are asked about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamesToAsk {
    /// Names of hosts, or addresses; those of IPv6 in brackets.
    #[schema(min_items = 1, max_items = 1000)]
    names: Vec<String>,
}

/// Whether names may be served, in their order, and from when that is known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateAnsweredMany {
    /// The answers, in the order of the names.
    answers: Vec<GateAnswer>,
    #[serde(flatten)]
    known: Known,
}

/// Ask whether names may be served
///
/// As one name, for up to a thousand; all of them are answered from the same moment. It changes nothing.
#[utoipa::path(
    post,
    path = "/gate/v1/domains",
    tag = "gate",
    request_body = NamesToAsk,
    responses(
        (status = 200, description = "Whether they may be served", body = GateAnsweredMany),
        (status = 422, description = "No name, or more than a thousand", body = ProblemBody),
        (status = 503, description = "What may be served has not been read yet", body = ProblemBody),
    ),
    security(("bearer" = ["ask-gate"])),
)]
pub(crate) async fn ask_gate_of_many(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    AtGate(standing): AtGate,
    Body(NamesToAsk { names }): Body<NamesToAsk>,
) -> Result<Answer<GateAnsweredMany>, Problem> {
    if !(1..=MOST).contains(&names.len()) {
        let say = Say::GateNames { most: MOST };
        return Err(Problem::invalid(lang, "names", "names", say, Say::CompareWithDocument));
    }
    let now = site.desk.now();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let answers = standing.answers(&named, now);
    for answer in &answers {
        metrics::counter!("kebei_gate_answers_total", "why" => answer.why.word()).increment(1);
    }
    let answers =
        names.iter().zip(answers).map(|(name, answer)| GateAnswer::of(name, answer, lang)).collect();
    Ok(Answer::ok(lang, GateAnsweredMany { answers, known: Known::of(&standing, now) }))
}
