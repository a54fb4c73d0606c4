//! `/codes/{id}`: one code, with what can be done about who may use it: it is granted to another account, and the grant withdrawn.

use super::{
    Grant, Row,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnCodes},
    console::{
        field::{Faults, Field},
        filled::Filled,
        frame::Frame,
        told::to,
    },
    idempotency::soon,
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::{
    Asker,
    codes::{CodeFault, GrantCode, Which, WithdrawGrant},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use filing::{
    Refusal, Refused,
    codes::{GrantRefusal, Reader},
};
use rulebook::Lang;
use serde::Deserialize;

/// What was done just now.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "codes/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    row: Row,
    /// What was done just now, and what comes next.
    done: Option<(String, &'static [&'static str])>,
    account: Field<'p>,
}

/// The page.
pub(crate) async fn one(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Wanted { done }): Query<Wanted>,
) -> Result<Response, Problem> {
    let made = Made { site: &site, frame: &frame, asker: &asker, id: &id };
    made.shown(StatusCode::OK, &Faults::NONE, "", done.as_deref()).await
}

/// What a page is made of.
struct Made<'p> {
    site: &'p Site,
    frame: &'p Frame,
    asker: &'p Asker,
    id: &'p str,
}

impl Made<'_> {
    async fn shown(
        &self,
        status: StatusCode,
        faults: &Faults<'_>,
        typed: &str,
        done: Option<&str>,
    ) -> Result<Response, Problem> {
        let Self { site, frame, asker, id } = *self;
        let (lang, w) = (frame.lang, words::words(frame.lang));
        let unknown = || CodeFault::UnknownCode.problem(lang);
        let id = id.parse().map_err(|_| unknown())?;
        let code = site.desk.my_code(asker, id).await.or_told(lang)?.ok_or_else(unknown)?;
        let account = code.granted_to.as_deref();
        // An address says so to anybody who opens it: it is told where it is so.
        let done = match (done, account) {
            (Some("granted"), Some(account)) => Some((words::granted(account, lang), w.granted_next)),
            (Some("withdrawn"), None) if code.reader == Reader::Owner => {
                Some((w.withdrawn.to_owned(), w.withdrawn_next))
            }
            _ => None,
        };
        let field = Field::new("account", w.account).hinted(w.account_hint).valued(typed).faulted(faults);
        let page = Page { f: frame, w, faults, row: Row::of(&code, lang), done, account: field };
        let title = format!("{} {}", w.code, code.code);
        Ok(frame.shown(status, &title, &page))
    }

    /// The page with what is wrong.
    async fn again(&self, faults: Faults<'_>, typed: &str) -> Result<Response, Problem> {
        self.shown(StatusCode::UNPROCESSABLE_ENTITY, &faults, typed, None).await
    }
}

/// Another account may file with the code.
pub(crate) async fn grant(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let made = Made { site: &site, frame: &frame, asker: &asker, id: &id };
    let account = filled.text("account").to_owned();
    let Some(key) = filled.key() else { return made.again(Faults::one("", w.no_key), &account).await };
    let (desk, code) = (site.desk.clone(), named(&id, lang)?);
    let ask = GrantCode { asker: asker.clone(), code, to: account.clone() };
    let granting = async move { desk.grant_code(ask, Some(key)).await.or_told(lang) };
    let told = soon(lang, true, granting).await?;
    match told.answer.judge() {
        Ok(_) => Ok(to(&format!("/codes/{id}?done=granted"))),
        Err(refused) => made.again(faults(&refused, lang), &account).await,
    }
}

/// It may no more.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let made = Made { site: &site, frame: &frame, asker: &asker, id: &id };
    let Some(key) = filled.key() else { return made.again(Faults::one("", w.no_key), "").await };
    let (desk, code) = (site.desk.clone(), named(&id, lang)?);
    let ask = WithdrawGrant { asker: asker.clone(), code };
    let withdrawing = async move { desk.withdraw_grant(ask, Some(key)).await.or_told(lang) };
    let told = soon(lang, true, withdrawing).await?;
    match told.answer.judge() {
        Ok(_) => Ok(to(&format!("/codes/{id}?done=withdrawn"))),
        Err(refused) => made.again(faults(&refused, lang), "").await,
    }
}

fn named(id: &str, lang: Lang) -> Result<Which, Problem> {
    id.parse().map(Which::Id).map_err(|_| CodeFault::UnknownCode.problem(lang))
}

/// Why not, at the field that it is about.
fn faults(refused: &Refused<GrantRefusal<'_>>, lang: Lang) -> Faults<'static> {
    refused
        .reasons()
        .iter()
        .zip(super::reasons(refused, lang))
        .fold(Faults::NONE, |faults, (reason, says)| {
            faults.and(if reason.path() == "account" { "account" } else { "" }, says)
        })
}
