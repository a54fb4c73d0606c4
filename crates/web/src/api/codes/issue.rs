//! `POST /api/v1/codes`: codes are issued, all that were asked for or none.

use super::AskForCodes;
use crate::{
    answer::{Answer, raw},
    api::schemas,
    body::Body,
    caller::{AtCounter, OwnCodes},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
};
use app::codes::{IssuedCode, Issuing};
use rulebook::Lang;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Codes that were issued.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssuedCodes {
    /// The codes.
    codes: Vec<OneCode>,
    /// How many more there may be; null where the product has no quota.
    left: Option<u32>,
    /// The decision on the instance, before they were issued.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
}

/// A code as its owner reads it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneCode {
    /// Its id, for everything that is done with it later.
    id: String,
    /// The code itself.
    #[schema(example = "7ZQ4M-2X9K1-C8V5T-3B6NZ")]
    code: String,
}

impl From<&IssuedCode> for OneCode {
    fn from(issued: &IssuedCode) -> Self {
        Self { id: issued.id.to_string(), code: issued.code.to_string() }
    }
}

/// Ask for service codes
///
/// Issues all the codes that are asked for on an instance of the caller's account, or none and every reason. The same
/// `Idempotency-Key` with the same body gives the first answer again, for ever.
#[utoipa::path(
    post,
    path = "/api/v1/codes",
    tag = "codes",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskForCodes,
    responses(
        (status = 201, description = "Issued", body = IssuedCodes),
        (status = 404, description = "The account has no such instance", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn issue_codes(
    Speaks(lang): Speaks,
    AtCounter(counter, asker, _): AtCounter<OwnCodes>,
    Key(key): Key,
    Body(ask): Body<AskForCodes>,
) -> Result<Answer<IssuedCodes>, Problem> {
    soon(lang, true, async move {
        let told = counter.issue_codes(ask.by(asker), key).await.or_told(lang)?;
        let issued = issued(&told.answer, lang)?;
        Ok(Answer::made(lang, &told, issued).secret())
    })
    .await
}

/// The codes, or the refusal.
fn issued(Issuing { question, codes }: &Issuing, lang: Lang) -> Result<IssuedCodes, Problem> {
    question.judge(|decision, answer| {
        let decision = raw(&decision.report(lang));
        match answer {
            Ok(issue) => {
                let codes = codes.iter().flatten().map(OneCode::from).collect();
                Ok(IssuedCodes { codes, left: issue.left_after(), decision })
            }
            Err(refused) => Err(Problem::refused(&refused, decision, lang)),
        }
    })
}
