//! `POST /api/v1/codes/check`: the same question as issuing, without the effect.

use super::AskForCodes;
use crate::{
    answer::{Answer, raw},
    api::schemas,
    body::Body,
    caller::{AtCounter, OwnCodes},
    language::Speaks,
    problem::{Fine, OrTold, Problem, ProblemBody, fines},
};
use app::codes::Question;
use rulebook::Lang;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Whether codes would be issued.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodesCheck {
    /// Whether they would be.
    granted: bool,
    /// What that means, as a sentence; null when they would not be.
    message: Option<String>,
    /// How many more there may be afterwards; null where the product has no quota, or when they would not be.
    left: Option<u32>,
    /// Why not: every reason; empty when they would be.
    reasons: Vec<Fine>,
    /// The decision on the instance.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
}

/// Would service codes be issued?
///
/// Answers as `POST /api/v1/codes` would decide now. Nothing is issued, written or recorded.
#[utoipa::path(
    post,
    path = "/api/v1/codes/check",
    tag = "codes",
    request_body = AskForCodes,
    responses(
        (status = 200, description = "Whether they would be, and why not", body = CodesCheck),
        (status = 404, description = "The account has no such instance", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn check_codes(
    Speaks(lang): Speaks,
    AtCounter(counter, asker, _): AtCounter<OwnCodes>,
    Body(ask): Body<AskForCodes>,
) -> Result<Answer<CodesCheck>, Problem> {
    let question = counter.check_codes(ask.by(asker)).await.or_told(lang)?;
    Ok(Answer::ok(lang, checked(&question, lang)))
}

fn checked(question: &Question, lang: Lang) -> CodesCheck {
    question.judge(|decision, answer| {
        let decision = raw(&decision.report(lang));
        match answer {
            Ok(issue) => CodesCheck {
                granted: true,
                message: Some(issue.message(lang)),
                left: issue.left_after(),
                reasons: Vec::new(),
                decision,
            },
            Err(refused) => CodesCheck {
                granted: false,
                message: None,
                left: None,
                reasons: fines(&refused, lang),
                decision,
            },
        }
    })
}
