//! `POST /api/v1/numbers/{number}/correct`: a number that was recorded with a slip of the keyboard.

use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{FileOrders, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::{CorrectNumber, Corrected};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A number is to be corrected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToCorrect {
    /// As the bureau gave it. That of a website keeps the number of its subject.
    #[schema(example = "浙ICP备12345679号")]
    to: String,
    /// The digits of the number as it was recorded; asked for where it is cancelled.
    #[schema(example = "12345678")]
    confirmation: Option<String>,
}

/// What became of a number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectedBody {
    #[serde(flatten)]
    number: RenamedNumber,
    /// The websites that went with their subject.
    websites: Vec<RenamedNumber>,
}

/// A number that was recorded wrongly.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RenamedNumber {
    /// As it was recorded.
    #[schema(example = "浙ICP备12345678号")]
    from: String,
    /// As it is now.
    #[schema(example = "浙ICP备12345679号")]
    to: String,
}

impl From<&(String, String)> for RenamedNumber {
    fn from((from, to): &(String, String)) -> Self {
        Self { from: from.clone(), to: to.clone() }
    }
}

impl From<&Corrected> for CorrectedBody {
    fn from(corrected: &Corrected) -> Self {
        let websites = corrected.websites.iter().map(RenamedNumber::from).collect();
        Self { number: (&corrected.number).into(), websites }
    }
}

/// Correct a number
///
/// For a number that was recorded with a slip of the keyboard: what is filed, and all that happened to it, goes on under the number that
/// the bureau gave; with that of a subject go those of its websites. The ledger keeps both. Orders that are under way and name the number
/// are ended first. One that is cancelled stays so under whichever number, which its digits confirm; the account gets nothing back under the
/// old one.
#[utoipa::path(
    post,
    path = "/api/v1/numbers/{number}/correct",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number as it was recorded, of a subject or a website"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToCorrect,
    responses(
        (status = 200, description = "Corrected", body = CorrectedBody),
        (status = 404, description = "Nothing is filed here under that number", body = ProblemBody),
        (status = 409, description = "The other is filed already, or orders under way name it", body = ProblemBody),
        (status = 422, description = "The other is no number like it, or the digits of a cancelled one are not its own", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn correct_number(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<FileOrders>,
    Named(number): Named<String>,
    Key(key): Key,
    Body(AskToCorrect { to, confirmation }): Body<AskToCorrect>,
) -> Result<Answer<CorrectedBody>, Problem> {
    let ask = CorrectNumber { operator: operator(&by, lang)?, number, to, confirmation };
    soon(lang, true, async move {
        let told = site.desk.correct_number(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, CorrectedBody::from(&told.answer)))
    })
    .await
}
