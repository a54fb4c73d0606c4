//! `PUT /api/v1/review/orders/{id}/remarks/{field}`: a reviewer says that a field passes, or what is to be mended there.

use crate::{
    answer::Answer,
    api::orders::{named, tag},
    body::{Body, Named},
    caller::{May, ReviewOrders, operator},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::orders::review::{Said, SayRemark};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something is said of a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToSay {
    /// Whether it passes; otherwise `problem` and `suggestion` say what is to be mended.
    #[schema(example = false)]
    passes: bool,
    /// What is wrong, 1 to 200 characters.
    #[schema(example = "网站名称不规范。")]
    problem: Option<String>,
    /// What to do about it, 1 to 400 characters.
    #[schema(example = "请填写与网站内容相符的名称。")]
    suggestion: Option<String>,
}

impl AskToSay {
    fn said(self, lang: Lang) -> Result<Said, Problem> {
        let Self { passes, problem, suggestion } = self;
        match (passes, problem, suggestion) {
            (true, None, None) => Ok(Said::Passes),
            (true, ..) => {
                let [say, what] = [Say::PassesWithWords, Say::PassOrMend];
                Err(Problem::invalid(lang, "passes", "passes-with-words", say, what))
            }
            (false, problem, suggestion) => {
                let [problem, suggestion] = [problem, suggestion].map(Option::unwrap_or_default);
                Ok(Said::Mend { problem, suggestion })
            }
        }
    }
}

/// What was said is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptRemark {
    /// The version of the order now.
    version: i64,
}

/// Say something of a field
///
/// That it passes, or what is to be mended there; in the place of what was said of it before. It is kept until the order is returned
/// or approved, and renews the claim.
#[utoipa::path(
    put,
    path = "/api/v1/review/orders/{id}/remarks/{field}",
    tag = "review",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("field" = String, Path, description = "The field or group of fields, as faults name it, percent-encoded: `websites%5B0%5D.name`"),
    ),
    request_body = AskToSay,
    responses(
        (status = 200, description = "Kept", body = KeptRemark),
        (status = 404, description = "There is no such order, or it was never submitted", body = ProblemBody),
        (status = 409, description = "The order is not claimed by the caller, or does not wait for review", body = ProblemBody),
        (status = 422, description = "The order has no such field, or the remark is not fit to be told", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn say_remark(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ReviewOrders>,
    Named((id, path)): Named<(String, String)>,
    Body(ask): Body<AskToSay>,
) -> Result<Answer<KeptRemark>, Problem> {
    let (reviewer, order) = (operator(&principal, lang)?, named(&id, lang)?);
    let say = SayRemark { reviewer, order, path, said: ask.said(lang)? };
    let version = site.desk.say_remark(say).await.or_told(lang)?;
    Ok(Answer::ok(lang, KeptRemark { version }).tagged(tag(version)))
}
