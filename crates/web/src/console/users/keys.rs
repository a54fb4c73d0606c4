//! `/users/{name}/keys`: the keys of a user, which other systems call with: made, shown once, revoked.

use super::{
    add::Once,
    found, rights,
    words::{self, Words},
};
use crate::{
    caller::{ManageUsers, May, actor, nothing_that_outlives_the_key},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        filled::Filled,
        shown::{day, minute, typed_day},
        told::to,
    },
    idempotency::soon,
    problem::{Fault as _, Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::access::{KeyFault, KeysOf, ListedKey, ListedUser, MakeKey, Principal, Right};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::{Lang, calendar};
use serde::Deserialize;

/// What was done before.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "users/keys.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    done: Option<&'static str>,
    name: &'p str,
    rows: Vec<Row>,
    fields: [Field<'p>; 4],
}

struct Row {
    id: String,
    label: String,
    public_id: Option<String>,
    scopes: String,
    made: String,
    used: String,
    until: String,
}

impl Row {
    fn of(key: &ListedKey, lang: Lang) -> Self {
        let w = words::words(lang);
        let scopes = key.scopes.as_ref().map(|scopes| {
            let called: Vec<_> = scopes.iter().map(|right| rights::called(*right, lang)).collect();
            called.join(w.and)
        });
        Self {
            id: key.id.to_string(),
            label: key.label.clone(),
            public_id: key.public_id.clone(),
            scopes: scopes.unwrap_or_else(|| w.all_rights.to_owned()),
            made: day(key.made_at),
            used: key.used_at.map_or_else(|| w.never.to_owned(), |at| minute(at, lang)),
            until: key.expires_at.map_or_else(|| w.until_revoked.to_owned(), |at| minute(at, lang)),
        }
    }
}

/// Whose keys are meant.
fn keys_of(principal: &Principal, name: &str, lang: Lang) -> Result<KeysOf, Problem> {
    Ok(KeysOf::User { by: actor(principal, lang)?, name: name.to_owned() })
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path(name): Path<String>,
    Query(Said { done }): Query<Said>,
) -> Result<Response, Problem> {
    let done = done.as_deref().and_then(|word| words::done(word, frame.lang));
    let of = keys_of(&principal, &name, frame.lang)?;
    shown(&site, &frame, of, &name, &Faults::NONE, &Filled::default(), done).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    of: KeysOf,
    name: &str,
    faults: &Faults<'_>,
    filled: &Filled,
    done: Option<&'static str>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let user = found(site, name, lang).await?;
    let keys = site.desk.my_keys(of).await.or_told(lang)?;
    let kinds = [("bearer", w.bearer), ("signing", w.signing)]
        .map(|(sent, called)| (sent.to_owned(), called.to_owned()));
    let rights = rights_of(&user, lang);
    let chosen = filled.all("scopes").collect::<Vec<_>>().join("\n");
    let field =
        |name, label, hint| Field::new(name, label).hinted(hint).valued(filled.text(name)).faulted(faults);
    let fields = [
        field("label", w.label, w.label_hint),
        field("kind", w.key_kind, w.key_kind_hint).of(Kind::OneOf(&kinds)),
        field("scopes", w.scopes, w.scopes_hint).of(Kind::Many(&rights)).valued(chosen),
        field("expires_at", w.expires, w.expires_hint),
    ];
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rows = keys.iter().map(|key| Row::of(key, lang)).collect();
    let page = Page { f: frame, w, faults, done, name: &user.name, rows, fields };
    Ok(frame.shown(status, w.keys, &page))
}

/// What a key of that user may be restricted to.
fn rights_of(user: &ListedUser, lang: Lang) -> Vec<(String, String)> {
    let his = app::access::RIGHTS.iter().filter(|(_, roles)| roles.iter().any(|role| user.is(*role)));
    his.map(|(right, _)| (right.word().to_owned(), rights::called(*right, lang).to_owned())).collect()
}

/// A key is made, and shown this once.
pub(super) async fn make(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path(name): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    nothing_that_outlives_the_key(&principal, &name, lang)?;
    let again = async |faults: &Faults<'_>| {
        shown(&site, &frame, keys_of(&principal, &name, lang)?, &name, faults, &filled, None).await
    };
    let Some(key) = filled.key() else { return again(&Faults::one("", w.no_key)).await };
    let typed = filled.text("expires_at");
    let day = typed_day(typed).and_then(|day| calendar::instant(day.at(0, 0, 0, 0)));
    if day.is_none() && !typed.is_empty() {
        return again(&Faults::one("expires_at", w.bad_day)).await;
    }
    let scopes: Vec<_> = filled.all("scopes").filter_map(Right::from_word).collect();
    let ask = MakeKey {
        of: keys_of(&principal, &name, lang)?,
        label: filled.text("label").to_owned(),
        scopes: (!scopes.is_empty()).then(|| scopes.into_iter().collect()),
        expires_at: day,
    };
    let (signing, desk) = (filled.text("kind") == "signing", site.desk.clone());
    let made = soon(lang, true, async move {
        let made = if signing {
            desk.make_signing_key(ask, Some(key)).await
        } else {
            desk.make_key(ask, Some(key)).await
        };
        made.or_told(lang)
    });
    let made = match made.await {
        Ok(told) => told.answer,
        Err(problem) => {
            let field = |path: &str| ["label", "scopes", "expires_at"].into_iter().find(|name| *name == path);
            return again(&Faults::refused(problem, |path| field(path).unwrap_or_default())?).await;
        }
    };
    let once = Once {
        w,
        title: w.key_made,
        name: &name,
        facts: made.public_id.iter().map(|id| (w.public_id, id.clone())).collect(),
        secret: made.secret.as_ref().map(|secret| secret.reveal().to_owned()),
        next: w.key_next,
        lost: w.key_lost,
        back: format!("/users/{name}/keys"),
    };
    Ok(frame.page(w.key_made, &once))
}

#[derive(Template)]
#[template(path = "users/revoke.html")]
struct Revoke<'p> {
    f: &'p Frame,
    w: &'static Words,
    name: &'p str,
    row: Row,
}

/// What ends with the key.
pub(super) async fn ask_to_revoke(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path((name, key)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let keys = site.desk.my_keys(keys_of(&principal, &name, lang)?).await.or_told(lang)?;
    let found = keys.iter().find(|listed| listed.id.to_string() == key);
    let found = found.ok_or_else(|| KeyFault::UnknownKey.problem(lang))?;
    Ok(frame.page(w.revoke, &Revoke { f: &frame, w, name: &name, row: Row::of(found, lang) }))
}

/// The key is revoked.
pub(super) async fn revoke(
    State(site): State<Site>,
    May(principal, _): May<ManageUsers>,
    frame: Frame,
    Path((name, id)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let id = id.parse().map_err(|_| KeyFault::UnknownKey.problem(lang))?;
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let (of, desk) = (keys_of(&principal, &name, lang)?, site.desk.clone());
    soon(lang, true, async move { desk.revoke_key(of, id, Some(key)).await.or_told(lang) }).await?;
    Ok(to(&format!("/users/{name}/keys?done=revoked")))
}
