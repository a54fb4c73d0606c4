//! `/me/second-factor`: a second factor of one's own, set up in two steps, given up, and its recovery codes, which are shown once. Whoever
//! must have one and has none sees nothing else before.

mod qr;
mod words;

use super::{
    field::{Faults, Field, Kind as FieldKind},
    filled::Filled,
    frame::Frame,
    shown::minute,
    told::to,
};
use crate::{
    answer::NEVER_KEPT,
    caller::SignedIn,
    language::Speaks,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::access::{Begun, Code, Password, Principal, SecondFactor, SecondFactorError, ShownOnce};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use url::Url;
use words::Words;

const HERE: &str = "/me/second-factor";
/// Under which name apps show it where nobody has said how the desk is reached.
const ISSUER: &str = "Kebei";
/// So few recovery codes are soon none.
const FEW: u64 = 3;

#[derive(Template)]
#[template(path = "second_factor/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    /// Whether whoever looks must have one.
    must: bool,
    removed: bool,
    name: &'p str,
    stands: Stands<'p>,
}

/// How it stands, as the page shows it.
enum Stands<'p> {
    Off,
    Begun { secret: ShownOnce, issuer: String, code: Field<'p> },
    On { since: String, left: String, few: bool, renew: Field<'p>, remove: Field<'p> },
}

/// What was done before.
#[derive(Debug, Deserialize)]
pub(crate) struct Said {
    said: Option<String>,
}

/// The page.
pub(crate) async fn page(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    Query(Said { said }): Query<Said>,
) -> Result<Response, Problem> {
    let removed = said.as_deref() == Some("removed");
    shown(&site, &frame, &principal, StatusCode::OK, &Faults::NONE, removed).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    principal: &Principal,
    status: StatusCode,
    faults: &Faults<'_>,
    removed: bool,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let password = |name| {
        Field::new(name, w.password).of(FieldKind::Password).known_as("current-password").faulted(faults)
    };
    let stands = match site.desk.second_factor(principal).await.or_told(lang)? {
        SecondFactor::Off => Stands::Off,
        SecondFactor::Begun(begun) => Stands::Begun {
            secret: begun.secret(),
            issuer: issuer(site),
            code: Field::new("code", w.code)
                .hinted(w.code_hint)
                .of(FieldKind::Short(10))
                .known_as("one-time-code")
                .faulted(faults),
        },
        SecondFactor::On { since, recovery_left } => Stands::On {
            since: minute(since, lang),
            left: words::left(recovery_left, lang),
            few: recovery_left <= FEW,
            renew: password("renew-password"),
            remove: password("remove-password"),
        },
    };
    let must = site.desk.second_factor_rule().asks_of(principal);
    let page = Page { f: frame, w, faults, must, removed, name: principal.name(), stands };
    Ok(frame.shown(status, w.title, &page))
}

/// Under which name apps show the desk: by where it is reached.
fn issuer(site: &Site) -> String {
    let url = site.settings.public_url.as_deref().and_then(|url| Url::parse(url).ok());
    url.as_ref().and_then(Url::host_str).unwrap_or(ISSUER).to_owned()
}

/// The same page with what is wrong, where that is the user's to mend.
async fn again(
    site: &Site,
    frame: &Frame,
    principal: &Principal,
    error: SecondFactorError,
    field: &'static str,
) -> Result<Response, Problem> {
    let problem = match Err::<(), _>(error).or_told(frame.lang) {
        Ok(()) => return Ok(to(HERE)),
        Err(problem) => problem,
    };
    let faults = match problem.kind() {
        Kind::Invalid | Kind::Refused => {
            Faults::of(&problem, |path| if path.is_empty() { "" } else { field })
        }
        Kind::TooManyRequests => Faults::one(field, problem.detail()),
        _ => return Err(problem),
    };
    shown(site, frame, principal, StatusCode::UNPROCESSABLE_ENTITY, &faults, false).await
}

/// A secret is made, for the app.
pub(crate) async fn begin(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    _: Filled,
) -> Result<Response, Problem> {
    match site.desk.begin_second_factor(&principal).await {
        Ok(()) => Ok(to(HERE)),
        Err(error) => again(&site, &frame, &principal, error, "").await,
    }
}

/// The secret as a picture.
pub(crate) async fn qr(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    SignedIn(principal): SignedIn,
) -> Result<Response, Problem> {
    let stands = site.desk.second_factor(&principal).await.or_told(lang)?;
    let picture = |begun: &Begun| qr::svg(begun.address(&issuer(&site)).reveal());
    let picture = match &stands {
        SecondFactor::Begun(begun) => picture(begun),
        SecondFactor::Off | SecondFactor::On { .. } => None,
    };
    let picture = picture.ok_or_else(|| Problem::new(Kind::NotFound, lang))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("image/svg+xml; charset=utf-8")),
        (CACHE_CONTROL, NEVER_KEPT),
    ];
    Ok((headers, picture).into_response())
}

/// Recovery codes that are shown this once.
#[derive(Template)]
#[template(path = "second_factor/codes.html")]
struct Codes<'p> {
    w: &'static Words,
    name: &'p str,
    lead: &'static str,
    given: Vec<ShownOnce>,
}

fn once(frame: &Frame, principal: &Principal, lead: &'static str, given: Vec<ShownOnce>) -> Response {
    let w = words::words(frame.lang);
    frame.page(w.codes_title, &Codes { w, name: principal.name(), lead, given })
}

/// The first code makes it count. What it answers cannot be shown again, and so is no address of its own.
pub(crate) async fn confirm(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    match site.desk.confirm_second_factor(&principal, Code::typed(filled.text("code"))).await {
        Ok(codes) => Ok(once(&frame, &principal, w.is_set, codes)),
        Err(error) => again(&site, &frame, &principal, error, "code").await,
    }
}

/// New recovery codes in the place of the old ones.
pub(crate) async fn renew(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    filled: Filled,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let password = Password::new(filled.exact("renew-password").to_owned());
    match site.desk.renew_recovery_codes(&principal, password).await {
        Ok(codes) => Ok(once(&frame, &principal, w.is_renewed, codes)),
        Err(error) => again(&site, &frame, &principal, error, "renew-password").await,
    }
}

/// It is given up.
pub(crate) async fn remove(
    State(site): State<Site>,
    frame: Frame,
    SignedIn(principal): SignedIn,
    filled: Filled,
) -> Result<Response, Problem> {
    let password = Password::new(filled.exact("remove-password").to_owned());
    match site.desk.remove_second_factor(&principal, password).await {
        Ok(()) => Ok(to("/me/second-factor?said=removed")),
        Err(error) => again(&site, &frame, &principal, error, "remove-password").await,
    }
}
