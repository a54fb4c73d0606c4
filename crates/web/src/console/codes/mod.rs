//! `/codes`: the codes of an account, its own and those granted to it; those that were issued just now stand at the top. `one` is the
//! page of a code, on which it is granted and the grant withdrawn.

mod bind;
mod one;
mod words;

pub(crate) use bind::{bind, page as bind_page};
pub(crate) use one::{grant, one, withdraw};

use super::{
    export::{Export, Table, Wanted as Exported},
    frame::Frame,
};
use crate::{
    caller::{Customer, OwnCodes},
    problem::{OrTold, Problem},
    site::Site,
};
use app::codes::{ListCodes, MOST_LISTED, MyCode};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::{
    Refusal, Refused,
    codes::{GrantRefusal, MOST_AT_ONCE, Reader, Shown, Standing, State as Stands},
};
use rulebook::Lang;
use serde::Deserialize;
use std::fmt::Display;
use words::Words;

/// How many codes a page has.
const ON_A_PAGE: u32 = 50;

/// Codes from which on a list can be filtered: fewer are seen at a glance.
const MANY: usize = 10;

/// Where the list goes on, of which state its codes are, and which are new.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    state: Option<String>,
    new: Option<String>,
    bound: Option<String>,
}

#[derive(Template)]
#[template(path = "codes/page.html")]
struct Page {
    w: &'static Words,
    new: Vec<Row>,
    new_title: String,
    export: Export,
    /// The states that can be asked for, with the one that is: what is sent, how it is called. None where there are few codes.
    states: Vec<(&'static str, &'static str, bool)>,
    is_filtered: bool,
    /// That a code was bound just now, to whoever has one of that instance.
    bound: Option<String>,
    rows: Vec<Row>,
    is_first: bool,
    /// The address of the same without a cursor.
    here: String,
    next: Option<String>,
}

/// A code, as its row shows it.
struct Row {
    id: String,
    code: String,
    state: &'static str,
    mood: &'static str,
    /// What that means, and what to do.
    message: String,
    instance: Option<String>,
    granted_to: Option<String>,
    is_granted: bool,
    /// Whether it has no instance yet.
    is_unbound: bool,
    grant: Grant,
}

/// What can be done about who may use a code.
enum Grant {
    /// It can be granted.
    May,
    /// Its grant can be withdrawn.
    Withdraw,
    /// Neither, and why.
    Not(Vec<String>),
}

impl Grant {
    fn of(code: &MyCode, lang: Lang) -> Self {
        match (code.may_withdraw(), code.may_grant()) {
            (Ok(_), _) => Self::Withdraw,
            (Err(_), Ok(())) => Self::May,
            // Where it is granted, what stands against withdrawing; else what stands against granting.
            (Err(refused), Err(_)) if code.granted_to.is_some() => Self::Not(reasons(&refused, lang)),
            (Err(_), Err(refused)) => Self::Not(reasons(&refused, lang)),
        }
    }
}

fn reasons(refused: &Refused<GrantRefusal<'_>>, lang: Lang) -> Vec<String> {
    let said = |reason: &GrantRefusal<'_>| {
        super::field::sentences(&[&reason.message(lang), &reason.suggestion(lang)])
    };
    refused.reasons().iter().map(said).collect()
}

/// Where codes that were issued just now are shown.
pub(crate) fn issued_at(codes: impl Iterator<Item = impl Display>) -> String {
    let ids: Vec<_> = codes.map(|id| id.to_string()).collect();
    format!("/codes?new={}", ids.join(","))
}

/// The list.
pub(crate) async fn codes(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Query(Wanted { cursor, state, new, bound }): Query<Wanted>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let is_first = cursor.is_none();
    let after = cursor.and_then(|cursor| cursor.parse().ok());
    let shown = shown_of(state.as_deref());
    let list = ListCodes { asker: asker.clone(), shown, after, most: ON_A_PAGE };
    let found = site.desk.list_codes(list).await.or_told(lang)?;
    let mut fresh = Vec::new();
    let ids = new.as_deref().unwrap_or_default().split(',').take(MOST_AT_ONCE.get() as usize);
    for id in ids.filter_map(|id| id.parse().ok()) {
        fresh.extend(site.desk.my_code(&asker, id).await.or_told(lang)?);
    }
    let rows = |codes: &[MyCode]| codes.iter().map(|code| Row::of(code, lang)).collect();
    let w = words::words(lang);
    let is_many = found.codes.len() >= MANY || found.next.is_some() || !is_first || shown.is_some();
    let states = Shown::ALL.map(|of| (of.word(), of.label(lang), shown == Some(of)));
    let page = Page {
        w,
        new: rows(&fresh),
        new_title: words::issued(fresh.len(), lang),
        export: Export::of(exported_at(shown), lang),
        states: if is_many { states.to_vec() } else { Vec::new() },
        is_filtered: shown.is_some(),
        bound: bound
            .filter(|bound| found.codes.iter().any(|code| code.instance() == Some(bound)))
            .map(|bound| words::bound(&bound, lang)),
        rows: rows(&found.codes),
        is_first,
        here: shown.map_or_else(|| "/codes?".to_owned(), |shown| format!("/codes?state={}&", shown.word())),
        next: found.next.map(|next| next.to_string()),
    };
    Ok(frame.page(w.title, &page))
}

/// The state that is asked for.
fn shown_of(word: Option<&str>) -> Option<Shown> {
    Shown::ALL.into_iter().find(|shown| Some(shown.word()) == word)
}

/// Where the list is found as a file.
fn exported_at(shown: Option<Shown>) -> String {
    let of = shown.map(|shown| format!("?state={}", shown.word())).unwrap_or_default();
    format!("/codes/export{of}")
}

/// The list as a file, of the state that is asked for.
pub(crate) async fn export(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Query(Wanted { state, .. }): Query<Wanted>,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let mut table = Table::new("codes", &[w.code, w.product, w.grant, w.state, w.message]);
    let (shown, mut after) = (shown_of(state.as_deref()), None);
    while !table.is_cut() {
        let list = ListCodes { asker: asker.clone(), shown, after, most: MOST_LISTED };
        let found = site.desk.list_codes(list).await.or_told(lang)?;
        for code in &found.codes {
            table.row(Row::of(code, lang).cells(lang));
        }
        let Some(next) = found.next else { break };
        after = Some(next);
    }
    table.answer(&wanted, &site, lang).await
}

/// How a code looks: good, bad, or neither.
fn mood(standing: &Standing<'_>) -> &'static str {
    match standing.shown() {
        _ if standing.is_usable() => "good",
        Shown::Expired => "bad",
        Shown::Stored(_) => "calm",
    }
}

impl Row {
    fn of(code: &MyCode, lang: Lang) -> Self {
        let standing = code.standing();
        let (shown, reader) = (standing.shown(), code.reader);
        let [message, next] = [standing.message(reader, lang), standing.what_to_do(reader, lang)];
        Self {
            id: code.id.to_string(),
            code: code.code.to_string(),
            state: shown.label(lang),
            mood: mood(&standing),
            message: super::field::sentences(&[&message, &next]),
            instance: code.instance().or(code.product()).map(str::to_owned),
            granted_to: code.granted_to.clone(),
            is_granted: reader == Reader::Grantee,
            is_unbound: shown == Shown::Stored(Stands::Init) && reader == Reader::Owner,
            grant: Grant::of(code, lang),
        }
    }

    /// What a file has of it.
    fn cells(self, lang: Lang) -> [String; 5] {
        let w = words::words(lang);
        let grant = match self.granted_to {
            _ if self.is_granted => w.granted.to_owned(),
            Some(account) => format!("{}{account}", w.granted_to),
            None => w.own.to_owned(),
        };
        [self.code, self.instance.unwrap_or_default(), grant, self.state.to_owned(), self.message]
    }
}
