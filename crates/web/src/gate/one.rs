//! `GET /gate/v1/domains/{name}`: may this name be served?

use super::{
    AtGate,
    shapes::{GateAnswer, Known},
};
use crate::{
    answer::Answer,
    body::Named,
    language::Speaks,
    problem::{Problem, ProblemBody},
    site::Site,
};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether a name may be served, and from when that is known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateAnswered {
    #[serde(flatten)]
    answer: GateAnswer,
    #[serde(flatten)]
    known: Known,
}

/// Ask whether a name may be served
///
/// From memory: a name is looked up by its registrable domain, in either form of it; an address is looked up in the ranges. The answer is
/// `200` also where it may not be served. How old what is known may be, and what is answered beyond that, is the operator's choice
/// (`gate_max_age_seconds`, `gate_when_stale`).
#[utoipa::path(
    get,
    path = "/gate/v1/domains/{name}",
    tag = "gate",
    params(("name" = String, Path, description = "The name of a host, or an address; one of IPv6 in brackets")),
    responses(
        (status = 200, description = "Whether it may be served", body = GateAnswered),
        (status = 503, description = "What may be served has not been read yet", body = ProblemBody),
    ),
    security(("bearer" = ["ask-gate"])),
)]
pub(crate) async fn ask_gate(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    AtGate(standing): AtGate,
    Named(name): Named<String>,
) -> Result<Answer<GateAnswered>, Problem> {
    let now = site.desk.now();
    let answer = standing.answer(&name, now);
    metrics::counter!("kebei_gate_answers_total", "why" => answer.why.word()).increment(1);
    let known = Known::of(&standing, now);
    Ok(Answer::ok(lang, GateAnswered { answer: GateAnswer::of(&name, answer, lang), known }))
}
