//! What people say of a number that nobody tells the desk by itself: until when a domain is registered, and that another provider hosts the
//! website.

use super::{
    at,
    one::{Typed, shown},
    words,
};
use crate::{
    caller::{SeesNumbers, SpeaksOfNumbers},
    console::{Frame, field::Faults, filled::Filled, shown::typed_day, told::to},
    idempotency::soon,
    problem::{OrTold, Problem},
    site::Site,
};
use app::registry::{RecordDomainTerm, RecordElsewhere};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

/// Until when a domain is registered.
pub(super) async fn domain_term(
    State(site): State<Site>,
    SpeaksOfNumbers(by): SpeaksOfNumbers,
    sees: SeesNumbers,
    frame: Frame,
    Path(number): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let [domain, expires_on] = ["domain", "expires_on"].map(|name| filled.text(name).to_owned());
    let typed = Typed { domain: domain.clone(), expires_on: expires_on.clone() };
    let faults = match typed_day(&expires_on) {
        None => Faults::one("expires_on", w.no_day),
        Some(expires_on) => {
            let ask = RecordDomainTerm { by, number: number.clone(), domain, expires_on };
            let desk = site.desk.clone();
            match soon(lang, false, async move { desk.record_domain_term(ask, None).await.or_told(lang) })
                .await
            {
                Ok(_) => return Ok(to(&format!("{}?done=term", at(&number)))),
                Err(problem) if !problem.kind().status().is_client_error() => return Err(problem),
                Err(problem) => {
                    Faults::of(&problem, |path| if path.is_empty() { "domain" } else { "expires_on" })
                }
            }
        }
    };
    let form = (StatusCode::UNPROCESSABLE_ENTITY, &faults, &typed);
    shown(&site, &frame, &sees, &number, form, None).await
}

/// That another provider hosts the website, or does no more.
pub(super) async fn elsewhere(
    State(site): State<Site>,
    SpeaksOfNumbers(by): SpeaksOfNumbers,
    sees: SeesNumbers,
    frame: Frame,
    Path(number): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let hosted = filled.text("hosted") == "yes";
    let ask = RecordElsewhere { by, number: number.clone(), hosted };
    let desk = site.desk.clone();
    match soon(lang, false, async move { desk.record_elsewhere(ask, None).await.or_told(lang) }).await {
        Ok(_) => {
            let done = if hosted { "elsewhere" } else { "left" };
            Ok(to(&format!("{}?done={done}", at(&number))))
        }
        Err(problem) if !problem.kind().status().is_client_error() => Err(problem),
        Err(problem) => {
            let faults = Faults::of(&problem, |_| "");
            let form = (StatusCode::UNPROCESSABLE_ENTITY, &faults, &Typed::default());
            shown(&site, &frame, &sees, &number, form, None).await
        }
    }
}
