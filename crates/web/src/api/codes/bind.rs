//! `POST /api/v1/codes/bind`: a code that was made beforehand gets its instance.

use super::{named, typed};
use crate::{
    answer::{Answer, raw},
    api::schemas,
    body::Body,
    caller::{Customer, OwnCodes},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::{BindCode, Binding};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// A code is to be bound.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForBinding {
    /// The code as it was typed, or its id.
    #[schema(example = "7ZQ4M-2X9K1-C8V5T-3B6NZ")]
    code: String,
    /// The instance, as its seller names it.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: String,
}

/// A code that was bound.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoundCode {
    /// Its instance.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: String,
    /// What it is: `bound`.
    #[schema(example = "bound")]
    state: &'static str,
    /// The decision on the instance, before it was bound.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
}

/// Bind a code to an instance
///
/// A code that was made beforehand takes one place of the quota of an instance that may back a filing.
#[utoipa::path(
    post,
    path = "/api/v1/codes/bind",
    tag = "codes",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskForBinding,
    responses(
        (status = 200, description = "Bound", body = BoundCode),
        (status = 404, description = "The account has no such instance", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
    ),
    security(("bearer" = ["own-codes"])),
)]
pub(crate) async fn bind_code(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnCodes>,
    Key(key): Key,
    Body(AskForBinding { code, instance }): Body<AskForBinding>,
) -> Result<Answer<BoundCode>, Problem> {
    soon(lang, true, async move {
        let code = named(&code, lang).or_else(|_| typed(&code, lang).map(app::codes::Which::Typed))?;
        let ask = BindCode { asker, code, instance: instance.clone() };
        let told = site.desk.bind_code(ask, key).await.or_told(lang)?;
        let bound = bound(&told.answer, instance, lang)?;
        Ok(Answer::done(lang, &told, bound))
    })
    .await
}

/// The code, or the refusal.
fn bound(binding: &Binding, instance: String, lang: Lang) -> Result<BoundCode, Problem> {
    let decision = binding.question().judge(|decision, _| raw(&decision.report(lang)));
    binding.judge(|answer| match answer {
        Ok(stored) => Ok(BoundCode { instance, state: stored.state().word(), decision }),
        Err(refused) => Err(Problem::refused(&refused, decision, lang)),
    })
}
