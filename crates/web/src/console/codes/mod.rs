//! `/codes`: the codes of an account, its own and those granted to it; those that were issued just now stand at the top.

mod words;

use super::{
    export::{Export, Table, Wanted as Exported},
    frame::Frame,
};
use crate::{
    caller::{Customer, OwnCodes},
    problem::{OrTold, Problem},
    site::Site,
};
use app::codes::{MOST_LISTED, MyCode};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::codes::{MOST_AT_ONCE, Reader, Shown};
use rulebook::Lang;
use serde::Deserialize;
use std::fmt::Display;
use words::Words;

/// How many codes a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on, and which codes are new.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
    new: Option<String>,
}

#[derive(Template)]
#[template(path = "codes/page.html")]
struct Page {
    w: &'static Words,
    new: Vec<Row>,
    new_title: String,
    export: Export,
    rows: Vec<Row>,
    is_first: bool,
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
    Query(Wanted { cursor, new }): Query<Wanted>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let is_first = cursor.is_none();
    let after = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.my_codes(&asker, after, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|code| code.id.to_string());
    let mut fresh = Vec::new();
    let ids = new.as_deref().unwrap_or_default().split(',').take(MOST_AT_ONCE.get() as usize);
    for id in ids.filter_map(|id| id.parse().ok()) {
        fresh.extend(site.desk.my_code(&asker, id).await.or_told(lang)?);
    }
    let rows = |codes: &[MyCode]| codes.iter().map(|code| Row::of(code, lang)).collect();
    let w = words::words(lang);
    let new_title = words::issued(fresh.len(), lang);
    let export = Export::of("/codes/export", lang);
    let page = Page { w, new: rows(&fresh), new_title, export, rows: rows(&found), is_first, next };
    Ok(frame.page(w.title, &page))
}

/// The list as a file.
pub(crate) async fn export(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnCodes>,
    frame: Frame,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let mut table = Table::new("codes", &[w.code, w.product, w.grant, w.state, w.message]);
    let mut after = None;
    while !table.is_cut() {
        let found = site.desk.my_codes(&asker, after, MOST_LISTED).await.or_told(lang)?;
        let Some(last) = found.last() else { break };
        after = Some(last.id);
        for code in &found {
            table.row(Row::of(code, lang).cells(lang));
        }
    }
    table.answer(&wanted, &site, lang).await
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
            mood: if standing.is_usable() {
                "good"
            } else if shown == Shown::Expired {
                "bad"
            } else {
                "calm"
            },
            message: super::field::sentences(&[&message, &next]),
            instance: code.instance().or(code.product()).map(str::to_owned),
            granted_to: code.granted_to.clone(),
            is_granted: reader == Reader::Grantee,
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
