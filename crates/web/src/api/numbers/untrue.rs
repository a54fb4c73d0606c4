//! `POST /api/v1/numbers/{number}/untrue`: what is filed was found untrue, and is to be mended by a day.

use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{EndNumbers, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::RecordUntrue;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is filed was found untrue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToRecordUntrue {
    /// What is untrue, inaccurate or missing. It is sealed, and told to the owner of the number alone.
    #[schema(max_length = 500, example = "主体负责人的电话打不通。")]
    what: String,
    /// The last day on which it can be mended.
    #[schema(value_type = String, format = Date, example = "2026-12-15")]
    mend_by: Date,
}

/// It is to be mended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToMend {
    /// The number.
    #[schema(example = "浙ICP备12345678号")]
    number: String,
    /// The last day on which it can be mended.
    #[schema(format = Date)]
    mend_by: String,
}

/// Record that what is filed is untrue
///
/// Of one number one thing at a time. Its owner is warned, and told what it is; nothing ends by itself: whoever finds it not mended after
/// its day drops the access for the reason `information-untrue`.
#[utoipa::path(
    post,
    path = "/api/v1/numbers/{number}/untrue",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number of the subject or the website"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToRecordUntrue,
    responses(
        (status = 200, description = "Recorded", body = ToMend),
        (status = 404, description = "Nothing is filed here under that number", body = ProblemBody),
        (status = 409, description = "Something is to be mended already, or the number is cancelled", body = ProblemBody),
        (status = 422, description = "The day has passed or is too far away, or it is not said in a few words what is untrue", body = ProblemBody),
    ),
    security(("bearer" = ["end-numbers"])),
)]
pub(crate) async fn record_untrue(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<EndNumbers>,
    Named(number): Named<String>,
    Key(key): Key,
    Body(AskToRecordUntrue { what, mend_by }): Body<AskToRecordUntrue>,
) -> Result<Answer<ToMend>, Problem> {
    let ask = RecordUntrue { operator: operator(&by, lang)?, number, what, mend_by };
    soon(lang, true, async move {
        let told = site.desk.record_untrue(ask, key).await.or_told(lang)?;
        let (number, mend_by) = (told.answer.number.clone(), told.answer.mend_by.to_string());
        Ok(Answer::done(lang, &told, ToMend { number, mend_by }))
    })
    .await
}
