//! `PUT /api/v1/numbers/{number}/elsewhere`: whether another provider hosts a website that is hosted here no more.

use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::SpeaksOfNumbers,
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::RecordElsewhere;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether another provider hosts a website.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ElsewhereToKnow {
    /// Whether one does now, and filed the access.
    hosted: bool,
}

/// Whether another provider hosts a website, as it is known now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ElsewhereKnown {
    /// The number of the website.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// Whether one does.
    hosted: bool,
}

/// Say whether another provider hosts a website
///
/// For a website whose access was dropped here. Nothing tells the desk what other providers do: what was said last counts, by the owner of
/// the number or by an operator. As long as another provider hosts it, nobody is warned that it is hosted nowhere; once none does, the days
/// are counted from then. An access that is filed here ends it.
#[utoipa::path(
    put,
    path = "/api/v1/numbers/{number}/elsewhere",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number of the website, such as `浙ICP备12345678号-1`"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own: with it, the same again is answered alike"),
    ),
    request_body = ElsewhereToKnow,
    responses(
        (status = 200, description = "Recorded", body = ElsewhereKnown),
        (status = 404, description = "Nothing is filed here under that number, or it is another account's", body = ProblemBody),
        (status = 409, description = "The website is hosted here or cancelled, the number is a subject's, or it is recorded so already", body = ProblemBody),
    ),
    security(("bearer" = ["own-numbers"]), ("bearer" = ["end-numbers"])),
)]
pub(crate) async fn record_elsewhere(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SpeaksOfNumbers(by): SpeaksOfNumbers,
    Named(number): Named<String>,
    MaybeKey(key): MaybeKey,
    Body(ElsewhereToKnow { hosted }): Body<ElsewhereToKnow>,
) -> Result<Answer<ElsewhereKnown>, Problem> {
    let ask = RecordElsewhere { by, number, hosted };
    soon(lang, key.is_some(), async move {
        let told = site.desk.record_elsewhere(ask, key).await.or_told(lang)?;
        let (number, hosted) = (told.answer.number.clone(), told.answer.hosted);
        Ok(Answer::done(lang, &told, ElsewhereKnown { number, hosted }))
    })
    .await
}
