//! `/ledger`: the newest checkpoint, and the entries, newest first.

use super::{
    says,
    words::{self, Words},
};
use crate::{
    answer,
    caller::{May, ReadLedger},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        shown::minute,
        told::to,
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::ledger::{EntryNamed, EntryRead, IdSaid};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// How many entries a page has.
const ON_A_PAGE: u32 = 25;

/// Where the list goes on, or the entry that is looked up.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    before: Option<String>,
    find: Option<String>,
}

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    /// What is known of the newest checkpoint; nothing where there is none.
    checkpoint: Vec<(&'static str, String)>,
    note: String,
    waiting: u64,
    key: String,
    find: Field<'p>,
    since: Field<'p>,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<u64>,
}

struct Row {
    id: String,
    place: u64,
    when: String,
    what: String,
    by: String,
    about: Vec<String>,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    _allowed: May<ReadLedger>,
    frame: Frame,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let found = wanted.find.as_deref().map(str::trim).filter(|find| !find.is_empty());
    let Some(find) = found else {
        let before = wanted.before.and_then(|before| before.parse().ok());
        return shown(&site, &frame, StatusCode::OK, before, &Faults::NONE, ["", ""]).await;
    };
    if let Some(named) = EntryNamed::parse(find)
        && let Some(entry) = site.desk.ledger_entry(named).await.or_told(lang)?
    {
        return Ok(to(&format!("/ledger/{}", entry.id)));
    }
    let faults = Faults::one("find", w.not_found);
    shown(&site, &frame, StatusCode::UNPROCESSABLE_ENTITY, None, &faults, [find, ""]).await
}

/// The page, with what was typed for an entry to look up and for a checkpoint to export after.
pub(super) async fn shown(
    site: &Site,
    frame: &Frame,
    status: StatusCode,
    before: Option<u64>,
    faults: &Faults<'_>,
    [find, since]: [&str; 2],
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let found = site.desk.ledger_page(before, ON_A_PAGE).await.or_told(lang)?;
    let short = |name, label, hint| Field::new(name, label).hinted(hint);
    let page = Page {
        f: frame,
        w,
        faults,
        checkpoint: found.checkpoint.as_ref().map_or_else(Vec::new, |(signed, at)| {
            let head = signed.checkpoint().head;
            vec![
                (w.size, head.size.to_string()),
                (w.root, head.root.to_string()),
                (w.signed, minute(*at, lang)),
            ]
        }),
        note: found.checkpoint.as_ref().map_or("", |(signed, _)| signed.note()).to_owned(),
        waiting: found.waiting,
        key: site.desk.ledger_key().to_string(),
        find: short("find", w.find, w.find_hint).valued(find).faulted(faults),
        since: short("since", w.since, w.since_hint).of(Kind::Short(12)).valued(since).faulted(faults),
        rows: found.entries.iter().map(|entry| Row::of(entry, lang)).collect(),
        is_first: before.is_none(),
        next: found.next,
    };
    Ok(frame.shown(status, w.title, &page))
}

impl Row {
    fn of(entry: &EntryRead, lang: Lang) -> Self {
        let w = words::words(lang);
        let says = entry.says.as_ref();
        Self {
            id: entry.id.to_string(),
            place: entry.place.unwrap_or_default(),
            when: answer::minute(entry.at),
            what: says.map_or_else(|| w.unreadable.to_owned(), |says| says::what(&says.kind, lang)),
            by: says.map_or_else(String::new, |says| says::actor(says.actor.0, &says.actor.1, lang)),
            about: says.map_or_else(Vec::new, |says| about(&says.ids, lang)),
        }
    }
}

/// What an entry is about, in its own order: the ids that others write, and of ours only what they are of and how many.
fn about(ids: &[IdSaid], lang: Lang) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let name = says::named(&id.name, lang);
        if !id.is_ours {
            said.push(format!("{name} {}", id.id));
        } else if !ids.iter().take(place).any(|before| before.name == id.name) {
            let count = ids.iter().filter(|other| other.name == id.name).count();
            said.push(if count == 1 { name } else { format!("{name} × {count}") });
        }
    }
    said
}
