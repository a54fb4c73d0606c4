//! `/access-log`: who looked at what, newest first. Each look at it leaves a line itself.

mod words;

use super::{
    export::{Export, MOST_ROWS, Table, Wanted as Exported},
    frame::Frame,
    shown::minute,
};
use crate::{
    answer,
    caller::{May, ReadAccessLog},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{access_log::AccessLine, personal::Purpose};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use words::Words;

/// How many lines a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "access_log/page.html")]
struct Page {
    w: &'static Words,
    export: Export,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    when: String,
    who: String,
    what: String,
    /// What was looked at: what kind of thing, its id, and the page of it where auditors have one.
    about: Vec<(&'static str, String, Option<String>)>,
    purpose: String,
}

/// The list.
pub(super) async fn page(
    State(site): State<Site>,
    May(auditor, _): May<ReadAccessLog>,
    frame: Frame,
    Query(Wanted { cursor }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let is_first = cursor.is_none();
    let before = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.access_log(&auditor, before, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|line| line.id.to_string());
    let rows = found.iter().map(|line| Row::of(line, lang)).collect();
    Ok(frame.page(w.title, &Page { w, export: Export::of("/access-log/export", lang), rows, is_first, next }))
}

/// The list as a file.
pub(super) async fn export(
    State(site): State<Site>,
    May(auditor, _): May<ReadAccessLog>,
    frame: Frame,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let found = site.desk.whole_access_log(&auditor, MOST_ROWS + 1).await.or_told(lang)?;
    let mut table = Table::new("access-log", &[w.when, w.who, w.what, w.about, w.purpose]);
    for line in &found {
        let Row { who, what, about, purpose, .. } = Row::of(line, lang);
        let about: Vec<_> = about.into_iter().map(|(kind, id, _)| format!("{kind} {id}")).collect();
        table.row([answer::time(line.at), who, what, about.join(w.and), purpose]);
    }
    table.answer(&wanted, &site, lang).await
}

impl Row {
    fn of(line: &AccessLine, lang: Lang) -> Self {
        let w = words::words(lang);
        let AccessLine { instance, code, account, as_of, order, proposal, number, .. } = line;
        let page = number.as_ref().map(|number| byte_serialize(number.as_bytes()).collect::<String>());
        let about = [
            instance.clone().map(|id| (w.instance, id, None)),
            code.map(|id| (w.code, id.to_string(), None)),
            order.map(|id| (w.order, id.to_string(), None)),
            number.clone().map(|number| (w.number, number, page.map(|page| format!("/numbers/{page}")))),
            proposal.map(|id| (w.proposal, id.to_string(), None)),
            account.clone().map(|id| (w.account, id, None)),
            as_of.map(|at| (w.as_of, minute(at, lang), None)),
        ];
        let purpose = line.purpose.as_deref();
        let called =
            |word: &str| Purpose::from_word(word).map_or(word, |purpose| purpose.label(lang)).to_owned();
        Self {
            when: answer::minute(line.at),
            who: line.who.clone(),
            what: words::what(&line.what, lang),
            about: about.into_iter().flatten().collect(),
            purpose: purpose.map_or_else(String::new, called),
        }
    }
}
