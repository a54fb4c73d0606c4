//! `/codes/bind`: a code that was made beforehand, as a customer got it on paper, gets its instance.

use super::words::{self, Words};
use crate::{
    caller::{Customer, OwnCodes},
    console::{
        field::{Faults, Field},
        filled::Filled,
        frame::Frame,
        told::to,
    },
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::codes::{BindCode, Which};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::codes::ServiceCode;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

#[derive(Template)]
#[template(path = "codes/bind.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    fields: [Field<'p>; 2],
}

/// What was filled in.
#[derive(Clone, Debug, Default)]
struct Typed {
    code: String,
    instance: String,
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, typed: Typed) -> Response {
    let w = words::words(frame.lang);
    let Typed { code, instance } = typed;
    let fields = [
        Field::new("code", w.code).hinted(w.bind_code_hint).valued(code).faulted(faults),
        Field::new("instance", w.bind_instance).hinted(w.bind_instance_hint).valued(instance).faulted(faults),
    ];
    frame.shown(status, w.bind, &Page { f: frame, w, faults, fields })
}

/// Which of his codes somebody wants to bind, by its id: no address has a code.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    code: Option<String>,
}

/// The page.
pub(crate) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Query(Wanted { code }): Query<Wanted>,
) -> Result<Response, Problem> {
    let mut typed = Typed::default();
    if let Some(id) = code.and_then(|id| id.parse().ok()) {
        let own = site.desk.my_code(&asker, id).await.or_told(frame.lang)?;
        typed.code = own.map(|own| own.code.to_string()).unwrap_or_default();
    }
    Ok(shown(&frame, StatusCode::OK, &Faults::NONE, typed))
}

/// The code is bound.
pub(crate) async fn bind(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let [code, instance] = ["code", "instance"].map(|name| filled.text(name).trim().to_owned());
    let typed = Typed { code, instance };
    let again = |faults: Faults<'_>| shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &faults, typed.clone());
    let Some(key) = filled.key() else { return Ok(again(Faults::one("", w.no_key))) };
    let mut faults = Faults::NONE;
    if typed.instance.is_empty() {
        faults = faults.and("instance", w.no_instance);
    }
    let code = match ServiceCode::parse(&typed.code) {
        Ok(code) => code,
        Err(malformed) => {
            let (message, suggestion) = (malformed.message(lang), malformed.suggestion(lang));
            let says = crate::console::field::sentences(&[&message, suggestion]);
            return Ok(again(Faults::one("code", says).chain(faults)));
        }
    };
    if !faults.is_empty() {
        return Ok(again(faults));
    }
    let (desk, instance) = (site.desk.clone(), typed.instance.clone());
    let ask = BindCode { asker, code: Which::Typed(code), instance: instance.clone() };
    let binding = async move {
        let told = desk.bind_code(ask, key).await.or_told(lang)?;
        told.answer
            .judge(|answer| answer.map(|_| ()).map_err(|refused| Problem::refused(&refused, None, lang)))
    };
    match soon(lang, true, binding).await {
        Ok(()) => {
            let instance: String = byte_serialize(instance.as_bytes()).collect();
            Ok(to(&format!("/codes?bound={instance}")))
        }
        Err(problem) if problem.is(Kind::NotFound) => Ok(again(Faults::one("instance", problem.detail()))),
        Err(problem) => Ok(again(Faults::refused(problem, field)?)),
    }
}

/// The field in which that part of what is asked stands.
fn field(path: &str) -> &'static str {
    ["code", "instance"].into_iter().find(|name| *name == path).unwrap_or_default()
}
