//! `POST /api/v1/numbers/{number}/cancel`: a number was cancelled, for ever.

use super::shapes::EndedBody;
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{EndNumbers, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::registry::CancelNumber;
use axum::extract::State;
use filing::registry::Reason;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a number was cancelled. What an authority demands is proposed by one and agreed to by another: `POST /api/v1/proposals`.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WhyCancelled {
    /// Its owner asked us or the bureau.
    ByOwner,
    /// The domain lapsed, was deleted, and its new holder asked the bureau.
    ByNewDomainHolder,
    /// The bureau found it hosted nowhere for too long.
    AccessDroppedTooLong,
}

impl From<WhyCancelled> for Reason {
    fn from(why: WhyCancelled) -> Self {
        match why {
            WhyCancelled::ByOwner => Self::ByOwner,
            WhyCancelled::ByNewDomainHolder => Self::ByNewDomainHolder,
            WhyCancelled::AccessDroppedTooLong => Self::AccessDroppedTooLong,
        }
    }
}

/// A number was cancelled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToRecordCancellation {
    /// Why.
    reason: WhyCancelled,
    /// The digits of the number, to say that it is meant: nothing restores it.
    #[schema(example = "12345678-1")]
    confirmation: String,
}

/// Record that a number was cancelled
///
/// For ever: no operation restores it, and its website may not be served until a new filing is approved. With the number of a subject
/// all its websites end. `GET /api/v1/numbers/{number}` tells before what will be lost. What an authority demands (`by-authority`) is
/// not recorded here: one proposes it (`POST /api/v1/proposals` with `cancel`), and another agrees.
#[utoipa::path(
    post,
    path = "/api/v1/numbers/{number}/cancel",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number, such as `浙ICP备12345678号`"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToRecordCancellation,
    responses(
        (status = 200, description = "Cancelled", body = EndedBody),
        (status = 404, description = "Nothing is filed here under that number", body = ProblemBody),
        (status = 409, description = "It cannot happen to the number, with what can (`illegal-event`); or its domains are registered still (`domain-held`), or it is hosted here (`hosted-here`) or elsewhere (`hosted-elsewhere`)", body = ProblemBody),
        (status = 422, description = "What was typed are not the digits of the number, or there is no such reason here", body = ProblemBody),
    ),
    security(("bearer" = ["end-numbers"])),
)]
pub(crate) async fn cancel_number(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<EndNumbers>,
    Named(number): Named<String>,
    Key(key): Key,
    asked: Result<Body<AskToRecordCancellation>, Problem>,
) -> Result<Answer<EndedBody>, Problem> {
    let asked = asked.map_err(|problem| problem.advising(|path| path == "reason", Say::ProposeCancelling));
    let Body(AskToRecordCancellation { reason, confirmation }) = asked?;
    let ask = CancelNumber { operator: operator(&by, lang)?, number, reason: reason.into(), confirmation };
    soon(lang, true, async move {
        let told = site.desk.cancel_number(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, EndedBody::of(&told.answer, lang)))
    })
    .await
}
