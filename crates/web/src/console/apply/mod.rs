//! `/products/{id}/apply`: codes are asked for on one instance. What they are and how many are left is told before.

mod words;

use super::{
    codes::issued_at,
    field::{Faults, Field, Kind},
    filled::Filled,
    frame::Frame,
    products::{Row, reasons},
    told::to,
};
use crate::{
    body::Named,
    caller::{Customer, OwnCodes},
    idempotency::soon,
    problem::{OrTold, Problem},
    site::Site,
};
use app::{
    Asker,
    codes::{CodesAsked, Question},
    instances::AskDecision,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use filing::codes::MOST_AT_ONCE;
use std::num::NonZero;
use words::Words;

#[derive(Template)]
#[template(path = "apply/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    row: Row,
    /// What is done, and how many are left then; `None` where nothing can be asked for.
    may: Option<String>,
    reasons: Vec<String>,
    count: Field<'p>,
}

/// The page.
pub(crate) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Named(instance): Named<String>,
) -> Result<Response, Problem> {
    shown(&site, &frame, asker, instance, StatusCode::OK, &Faults::NONE, "1").await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    asker: Asker,
    instance: String,
    status: StatusCode,
    faults: &Faults<'_>,
    count: &str,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let ask = CodesAsked { asker: asker.clone(), instance: instance.clone(), count: NonZero::<u32>::MIN };
    let question = site.desk.check_codes(ask).await.or_told(lang)?;
    let ask = AskDecision { instance, asker: Some(asker), edition: None, at: None };
    let decided = site.desk.instance_decision(ask).await.or_told(lang)?;
    let (may, reasons, most) = judged(&question, lang);
    let hint = words::how_many(most, lang);
    let page = Page {
        f: frame,
        w,
        faults,
        row: Row::of(&decided, lang),
        may,
        reasons,
        count: Field::new("count", w.count).hinted(&hint).of(Kind::Short(3)).valued(count).faulted(faults),
    };
    Ok(frame.shown(status, w.title, &page))
}

/// What may be done, or why not; and how many codes at most.
fn judged(question: &Question, lang: rulebook::Lang) -> (Option<String>, Vec<String>, u32) {
    question.judge(|decision, answer| match answer {
        Ok(issue) => {
            let left = issue.left_after().map_or(u32::MAX, |left| left.saturating_add(1));
            (Some(words::may(issue.left_after(), lang)), Vec::new(), left.min(MOST_AT_ONCE.get()))
        }
        Err(refused) => (None, reasons(decision, &refused, lang), 0),
    })
}

/// Codes are issued, all of them or none.
pub(crate) async fn apply(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Named(instance): Named<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let typed: String = filled.text("count").chars().map(rulebook::half_width).collect();
    let again = async |faults: Faults<'_>, asker| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        shown(&site, &frame, asker, instance.clone(), status, &faults, &typed).await
    };
    let Some(count) = typed.parse().ok() else {
        return again(Faults::one("count", w.no_number), asker).await;
    };
    let Some(key) = filled.key() else { return again(Faults::one("", w.no_key), asker).await };
    let ask = CodesAsked { asker: asker.clone(), instance: instance.clone(), count };
    let desk = site.desk.clone();
    let told = soon(lang, true, async move { desk.issue_codes(ask, key).await.or_told(lang) }).await?;
    if let Some(codes) = &told.answer.codes {
        return Ok(to(&issued_at(codes.iter().map(|code| code.id))));
    }
    let told = told.answer.question.judge(|decision, answer| {
        answer.err().map(|refused| reasons(decision, &refused, lang)).unwrap_or_default()
    });
    let faults = told.into_iter().fold(Faults::NONE, |faults, reason| faults.and("count", reason));
    again(faults, asker).await
}
