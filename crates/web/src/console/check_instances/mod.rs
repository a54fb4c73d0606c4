//! `/check/instances`: a list of instances is pasted or uploaded, and each is decided with every reason. Nothing of it is stored, so
//! that the form needs neither a sign-in nor a token: sending it does nothing.

mod sent;
mod words;

use super::{
    field::{Faults, Field, Kind as FieldKind},
    frame::Frame,
    products::{Act, Row},
};
use crate::{
    api::{ListFault, each, in_turn},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{Published, instances::Deciding};
use askama::Template;
use axum::{
    body::Bytes,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use rulebook::{Lang, Verdict};
use sent::{Sent, Unsent};
use std::time::Duration;
use tokio::time::timeout;
use words::Words;

/// How long a list may take to arrive: less than [a request](crate::LONGEST) may, so that what is told is a page.
const PATIENCE: Duration = Duration::from_secs(25);

#[derive(Template)]
#[template(path = "check_instances/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    bounds: String,
    list: Field<'p>,
    /// What is wrong with the file.
    file: Option<String>,
}

#[derive(Template)]
#[template(path = "check_instances/decided.html")]
struct Decided {
    w: &'static Words,
    title: String,
    edition: String,
    /// How many there are of each verdict.
    tally: Vec<String>,
    rows: Vec<Read>,
    bad: Vec<Unread>,
}

/// An instance that was decided.
struct Read {
    place: String,
    row: Row,
}

/// A record that cannot be read.
struct Unread {
    place: String,
    faults: Vec<String>,
}

/// The form.
pub(crate) async fn page(frame: Frame) -> Response {
    shown(&frame, StatusCode::OK, &Faults::NONE, "")
}

fn shown(frame: &Frame, status: StatusCode, faults: &Faults<'_>, pasted: &str) -> Response {
    let w = words::words(frame.lang);
    let list = Field::new("list", w.list).of(FieldKind::Lines(10)).hinted(w.list_hint).valued(pasted);
    let page = Page {
        f: frame,
        w,
        faults,
        bounds: words::bounds(frame.lang),
        list: list.faulted(faults),
        file: Field::new("file", w.file).faulted(faults).wrong,
    };
    frame.shown(status, w.title, &page)
}

/// A list is decided.
pub(crate) async fn decide(
    State(site): State<Site>,
    frame: Frame,
    request: Request,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let again = |status, name, text: String, pasted: &str| {
        Ok(shown(&frame, status, &Faults::one(name, text), pasted))
    };
    let sent = timeout(PATIENCE, Sent::of(request)).await.unwrap_or(Err(Unsent::Broken));
    let Sent { pasted, file } = match sent {
        Ok(sent) => sent,
        Err(Unsent::TooLarge) => {
            return again(StatusCode::PAYLOAD_TOO_LARGE, "file", words::too_large(lang), "");
        }
        Err(Unsent::Broken) => {
            return again(StatusCode::UNPROCESSABLE_ENTITY, "file", w.broken.to_owned(), "");
        }
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let (name, list) = match (pasted.trim().is_empty(), file.is_empty()) {
        (true, true) => return again(wrong, "list", w.nothing.to_owned(), ""),
        (false, false) => return again(wrong, "list", w.both.to_owned(), &pasted),
        (false, true) => ("list", Bytes::from(pasted.clone())),
        (true, false) => ("file", file),
    };
    let deciding = site.desk.deciding(None, None, None).await.or_told(lang)?;
    let rulebook = site.desk.rulebook_in_force();
    match in_turn(move || decided(&deciding, &rulebook, list, lang), lang).await? {
        Ok(page) => Ok(frame.page(&page.title, &page)),
        Err(fault) => again(wrong, name, words::unread(&fault, lang), &pasted),
    }
}

fn decided(deciding: &Deciding, rulebook: &Published, list: Bytes, lang: Lang) -> Result<Decided, ListFault> {
    let (mut rows, mut bad, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    each(rulebook, list, None, |record| match record {
        Ok((place, facts)) => {
            let decided = deciding.decide(facts.clone());
            verdicts.push(decided.decision().verdict());
            rows.push(Read { place: place.message(lang), row: Row::of(&decided, lang) });
        }
        Err(record) => {
            let faults = record.faults.iter().map(|fault| fault.message(lang)).collect();
            bad.push(Unread { place: record.place.message(lang), faults });
        }
    })?;
    let of = |verdict| verdicts.iter().filter(|found| **found == verdict).count();
    let tally = Verdict::ALL.into_iter().map(|verdict| (verdict, of(verdict)));
    let tally = tally.filter(|(_, count)| *count > 0);
    Ok(Decided {
        w: words::words(lang),
        title: words::decided(rows.len(), lang),
        edition: words::edition(deciding.edition(), lang),
        tally: tally.map(|(verdict, count)| words::count(verdict, count, lang)).collect(),
        rows,
        bad,
    })
}
