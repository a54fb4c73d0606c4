//! What ends something for a user is asked about on a page of its own, which says what is lost, and is done from there.

use super::{
    add::Once,
    found,
    words::{self, Words},
};
use crate::{
    caller::{ManageUsers, May, actor, nothing_that_outlives_the_key},
    console::{Frame, field::Faults, filled::Filled, told::to},
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::{
    Actor, Desk, IdempotencyKey,
    access::{Edit, EditUser},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// He gets a one-time password in the place of his own.
    Password,
    /// His second factor is taken away.
    SecondFactor,
    /// Nothing lets him in any more.
    Lock,
    /// He may come in again.
    Unlock,
}

impl Act {
    /// What the last part of an address names.
    fn named(word: &str, lang: Lang) -> Result<Self, Problem> {
        Ok(match word {
            "password" => Self::Password,
            "second-factor" => Self::SecondFactor,
            "lock" => Self::Lock,
            "unlock" => Self::Unlock,
            _ => return Err(Problem::new(Kind::NoSuchPage, lang)),
        })
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecondFactor => "second-factor",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
        }
    }

    /// A password where it gives one.
    async fn done(
        self,
        desk: &Desk,
        by: Actor,
        name: String,
        key: IdempotencyKey,
        lang: Lang,
    ) -> Result<Option<String>, Problem> {
        let locked = match self {
            Self::Password => {
                let told = desk.reset_password(by, name, Some(key)).await.or_told(lang)?;
                return Ok(told.answer.map(|password| password.reveal().to_owned()));
            }
            Self::SecondFactor => {
                desk.reset_second_factor(by, name, Some(key)).await.or_told(lang)?;
                return Ok(None);
            }
            Self::Lock => true,
            Self::Unlock => false,
        };
        let edit = EditUser { by, name, edit: Edit::Locked(locked), since: None };
        desk.edit_user(edit, Some(key)).await.or_told(lang).map(|_| None)
    }
}

#[derive(Template)]
#[template(path = "users/act.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    name: &'p str,
    says: &'static words::Asks,
    is_grave: bool,
}

fn shown(frame: &Frame, status: StatusCode, act: Act, name: &str, faults: &Faults<'_>) -> Response {
    let (w, says) = (words::words(frame.lang), words::asks(act, frame.lang));
    frame.shown(status, says.title, &Page { f: frame, w, faults, name, says, is_grave: act != Act::Unlock })
}

/// What will be lost.
pub(super) async fn ask(
    State(site): State<Site>,
    _allowed: May<ManageUsers>,
    frame: Frame,
    Path((name, act)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let act = Act::named(&act, frame.lang)?;
    let user = found(&site, &name, frame.lang).await?;
    Ok(shown(&frame, StatusCode::OK, act, &user.name, &Faults::NONE))
}

/// It is done.
pub(super) async fn act(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path((name, act)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let act = Act::named(&act, lang)?;
    if act == Act::Password {
        nothing_that_outlives_the_key(&principal, &name, lang)?;
    }
    let key = filled.key().ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let (desk, by, of) = (site.desk.clone(), actor(&principal, lang)?, name.clone());
    match soon(lang, true, async move { act.done(&desk, by, of, key, lang).await }).await {
        Ok(secret) if act == Act::Password => {
            let once = Once {
                w,
                title: w.is_reset,
                name: &name,
                facts: Vec::new(),
                secret,
                next: w.password_next,
                lost: w.password_lost,
                back: format!("/users/{name}"),
            };
            Ok(frame.page(w.is_reset, &once))
        }
        Ok(_) => Ok(to(&format!("/users/{name}?done={}", act.word()))),
        Err(problem) => {
            let faults = Faults::refused(problem, |_| "")?;
            Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, act, &name, &faults))
        }
    }
}
