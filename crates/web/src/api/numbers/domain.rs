//! `PUT /api/v1/numbers/{number}/domains/{domain}`: until when a domain of a website is registered.

use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::SpeaksOfNumbers,
    idempotency::soon,
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::RecordDomainTerm;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Until when a domain is registered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DomainToKnow {
    /// The last day of its registration, from a year ago to twenty years from now.
    #[schema(value_type = String, format = Date, example = "2027-03-01")]
    expires_on: Date,
}

/// Until when a domain is registered, as it is known now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DomainKnown {
    /// The number of the website.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// The last day of the registration.
    #[schema(format = Date)]
    expires_on: String,
}

/// Say until when a domain is registered
///
/// Nothing tells the desk by itself: what was said last counts, by the owner of the number or by an operator, and the number tells who said
/// it (`domain_terms`). Its owner is warned from thirty days before. The day lies between a year ago and twenty years from now.
#[utoipa::path(
    put,
    path = "/api/v1/numbers/{number}/domains/{domain}",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number of the website, such as `浙ICP备12345678号-1`"),
        ("domain" = String, Path, description = "One of its domains, in either form"),
    ),
    request_body = DomainToKnow,
    responses(
        (status = 200, description = "Recorded", body = DomainKnown),
        (status = 404, description = "Nothing is filed here under that number, or not with that domain; or it is another account's", body = ProblemBody),
        (status = 422, description = "No registration ends on that day", body = ProblemBody),
    ),
    security(("bearer" = ["own-numbers"]), ("bearer" = ["end-numbers"])),
)]
pub(crate) async fn record_domain_term(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SpeaksOfNumbers(by): SpeaksOfNumbers,
    Named((number, domain)): Named<(String, String)>,
    Body(DomainToKnow { expires_on }): Body<DomainToKnow>,
) -> Result<Answer<DomainKnown>, Problem> {
    let ask = RecordDomainTerm { by, number, domain, expires_on };
    soon(lang, false, async move {
        let told = site.desk.record_domain_term(ask, None).await.or_told(lang)?;
        let (number, expires_on) = (told.answer.number.clone(), told.answer.expires_on.to_string());
        Ok(Answer::done(lang, &told, DomainKnown { number, expires_on }))
    })
    .await
}
