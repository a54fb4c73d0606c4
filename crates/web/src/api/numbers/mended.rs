//! `POST /api/v1/numbers/{number}/mended`: what was untrue is mended.

use crate::{
    answer::Answer,
    body::Named,
    caller::{EndNumbers, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::RecordMended;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// What was untrue is mended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MendedBody {
    /// The number.
    #[schema(example = "浙ICP备12345678号")]
    number: String,
    /// The last day on which it could be mended.
    #[schema(format = Date)]
    mend_by: String,
}

/// Record that what was untrue is mended
///
/// It threatens the number no more, and something else can be recorded. A change of what is filed is an order of its owner: this is what
/// somebody of the staff found after it.
#[utoipa::path(
    post,
    path = "/api/v1/numbers/{number}/mended",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number of the subject or the website"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    responses(
        (status = 200, description = "Recorded", body = MendedBody),
        (status = 404, description = "Nothing is filed here under that number", body = ProblemBody),
        (status = 409, description = "Nothing is to be mended, or the number is cancelled", body = ProblemBody),
    ),
    security(("bearer" = ["end-numbers"])),
)]
pub(crate) async fn record_mended(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<EndNumbers>,
    Named(number): Named<String>,
    Key(key): Key,
) -> Result<Answer<MendedBody>, Problem> {
    let ask = RecordMended { operator: operator(&by, lang)?, number };
    soon(lang, true, async move {
        let told = site.desk.record_mended(ask, key).await.or_told(lang)?;
        let body = MendedBody { number: told.answer.number.clone(), mend_by: told.answer.mend_by.clone() };
        Ok(Answer::done(lang, &told, body))
    })
    .await
}
