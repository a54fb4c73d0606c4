//! `GET /api/v1/review/remarks`: what reviewers usually remark on, ready to be chosen.

use crate::{
    answer::Answer,
    body::Query,
    caller::{May, ReviewOrders},
    language::Speaks,
    problem::{Kind, Problem, ProblemBody},
    words::Say,
};
use filing::orders::{FIELDS, REASONS, Reason, field};
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// For which field.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemarksAsked {
    /// A field or group of fields, as faults name it: only what fits it. Without it all of them.
    #[param(example = "websites[0].name")]
    field: Option<String>,
}

/// What reviewers usually remark on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsualRemarks {
    /// In the order in which they are offered.
    items: Vec<UsualRemark>,
}

/// A usual remark, to be sent as it is or changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsualRemark {
    /// A stable word, by which reports count.
    #[schema(example = "picture-blurred")]
    word: &'static str,
    /// What is wrong, in the language asked for.
    problem: &'static str,
    /// What to do about it, in the language asked for.
    suggestion: &'static str,
    /// The fields that it fits: paths without the numbers in them.
    #[schema(example = json!(["materials", "materials[]"]))]
    fields: Vec<&'static str>,
}

impl UsualRemark {
    fn of(reason: &Reason, lang: Lang) -> Self {
        let fits = FIELDS.iter().filter(|field| reason.topics.contains(&field.topic));
        Self {
            word: reason.word,
            problem: reason.problem(lang),
            suggestion: reason.suggestion(lang),
            fields: fits.map(|field| field.pattern).collect(),
        }
    }
}

/// Usual remarks
///
/// What reviewers usually remark on: the problem and what to do, with the fields that each fits.
#[utoipa::path(
    get,
    path = "/api/v1/review/remarks",
    tag = "review",
    params(RemarksAsked),
    responses(
        (status = 200, description = "The remarks", body = UsualRemarks),
        (status = 404, description = "No form has such a field", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn usual_remarks(
    Speaks(lang): Speaks,
    _allowed: May<ReviewOrders>,
    Query(asked): Query<RemarksAsked>,
) -> Result<Answer<UsualRemarks>, Problem> {
    let items = match asked.field.as_deref() {
        None => REASONS.iter().map(|reason| UsualRemark::of(reason, lang)).collect(),
        Some(path) => {
            let unknown = || Problem::new(Kind::NotFound, lang).saying(Say::NoSuchField.to_text(lang));
            let place = field(path).ok_or_else(unknown)?;
            Reason::of(place.field).map(|reason| UsualRemark::of(reason, lang)).collect()
        }
    };
    Ok(Answer::ok(lang, UsualRemarks { items }))
}
