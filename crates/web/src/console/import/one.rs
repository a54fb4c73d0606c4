//! `/import/{id}`: what a list would change, or has changed, row by row; it is applied or given up here.

use super::{
    mood, named,
    words::{self, Words},
};
use crate::{
    api::stepped,
    caller::{ImportInstances, May, actor},
    console::{Frame, field::Faults, filled::Filled, shown::minute, told::to},
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::instances::{ApplyImport, ImportId, ImportLine, ImportReport, ImportState, LinesOf};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// How many rows a page has.
const ON_A_PAGE: u32 = 50;
/// The groups in which rows are told, what is wrong first.
const GROUPS: [(&str, LinesOf); 6] = [
    ("rejected", LinesOf::Rejected),
    ("gone", LinesOf::Gone),
    ("new", LinesOf::New),
    ("changed", LinesOf::Changed),
    ("same", LinesOf::Same),
    ("noted", LinesOf::Noted),
];

/// Which rows, and what was said before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    of: Option<String>,
    cursor: Option<u64>,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "import/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    id: String,
    said: Option<&'static str>,
    state: &'static str,
    mood: &'static str,
    facts: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    rows: Vec<Row>,
    of: &'static str,
    is_first: bool,
    next: Option<u64>,
    is_reading: bool,
    is_applying: bool,
    /// What is done when it is applied; `None` where it cannot be.
    may: Option<String>,
    /// What has to be consented to.
    consent: Option<String>,
}

/// A group of rows.
struct Group {
    word: &'static str,
    label: &'static str,
    /// How many there are, where that is counted.
    count: Option<u64>,
    is_here: bool,
}

struct Row {
    place: String,
    instance: String,
    note: String,
}

impl Row {
    fn of(line: &ImportLine, lang: Lang) -> Self {
        Self {
            place: words::place(&line.source, line.line, lang),
            instance: line.instance.clone().unwrap_or_default(),
            note: line.note.as_ref().map(|note| note.message(lang)).unwrap_or_default(),
        }
    }
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    _allowed: May<ImportInstances>,
    frame: Frame,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    shown(&site, &frame, named(&id, frame.lang)?, &wanted, &Faults::NONE).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    id: ImportId,
    wanted: &Wanted,
    faults: &Faults<'_>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let report = site.desk.import_report(id).await.or_told(lang)?;
    let (word, group) = group(wanted.of.as_deref(), &report);
    let mut lines =
        site.desk.import_lines(id, group, wanted.cursor.unwrap_or(0), ON_A_PAGE + 1).await.or_told(lang)?;
    let more = lines.len() > ON_A_PAGE as usize;
    lines.truncate(ON_A_PAGE as usize);
    let counts = &report.counts;
    let may = (report.state == ImportState::Staged).then(|| words::may(counts.to_apply(), lang));
    let page = Page {
        f: frame,
        w,
        faults,
        id: id.to_string(),
        said: wanted.said.as_deref().and_then(|word| words::said(word, lang)),
        state: words::state(report.state, lang),
        mood: mood(report.state),
        facts: facts(&report, lang),
        groups: GROUPS.map(|(of, group)| Group::of(of, group, of == word, &report, lang)).into(),
        rows: lines.iter().map(|line| Row::of(line, lang)).collect(),
        of: word,
        is_first: wanted.cursor.is_none(),
        next: lines.last().filter(|_| more).map(|line| line.number),
        is_reading: report.state == ImportState::Staging,
        is_applying: report.state == ImportState::Applying,
        consent: (may.is_some() && counts.needs_consent()).then(|| words::consent(counts, lang)),
        may,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, w.one, &page))
}

/// The group that is asked for; else the first in which there is something.
fn group(of: Option<&str>, report: &ImportReport) -> (&'static str, LinesOf) {
    let asked = GROUPS.into_iter().find(|(word, _)| Some(*word) == of);
    let first = || GROUPS.into_iter().find(|(_, group)| count(*group, report) > Some(0));
    asked.or_else(first).unwrap_or(("rejected", LinesOf::Rejected))
}

const fn count(group: LinesOf, report: &ImportReport) -> Option<u64> {
    let counts = &report.counts;
    match group {
        LinesOf::New => Some(counts.new),
        LinesOf::Changed => Some(counts.changed),
        LinesOf::Same => Some(counts.same),
        LinesOf::Gone => Some(counts.gone),
        LinesOf::Rejected => Some(counts.rejected),
        LinesOf::Noted => None,
    }
}

impl Group {
    fn of(word: &'static str, group: LinesOf, is_here: bool, report: &ImportReport, lang: Lang) -> Self {
        Self { word, label: words::group(group, lang), count: count(group, report), is_here }
    }
}

fn facts(report: &ImportReport, lang: Lang) -> Vec<(&'static str, String)> {
    let (w, counts) = (words::words(lang), &report.counts);
    let by = report.by.split_once(':').map_or(&*report.by, |(_, name)| name).to_owned();
    let facts = [
        Some((w.by, by)),
        Some((w.made, minute(report.made_at, lang))),
        Some((w.whole, if report.complete { w.is_complete } else { w.is_part }.to_owned())),
        Some((w.rows, counts.read.to_string())),
        (counts.unknown_products > 0).then(|| (w.unknown_products, counts.unknown_products.to_string())),
        (counts.applied > 0).then(|| (w.applied, format!("{} / {}", counts.applied, counts.to_apply()))),
    ];
    facts.into_iter().flatten().collect()
}

/// It is applied; what takes longer goes on by itself.
pub(super) async fn apply(
    State(site): State<Site>,
    May(principal, _): May<ImportInstances>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let id = named(&id, lang)?;
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let allow_gone = filled.text("consent") == "yes";
    let ask = ApplyImport { id, actor: actor(&principal, lang)?, allow_gone };
    match site.desk.apply_import_once(ask, key).await.or_told(lang) {
        Ok(told) => {
            stepped(&site, told.answer, lang).await?;
            Ok(to(&format!("/import/{id}?said=applied")))
        }
        Err(problem) if problem.is(Problems::ConsentNeeded) => {
            shown(&site, &frame, id, &Wanted::default(), &Faults::one("consent", w.consent_missing)).await
        }
        // It is no longer what was shown: what it is now says what can be done.
        Err(problem) if problem.is(Problems::ImportOpen) => {
            shown(&site, &frame, id, &Wanted::default(), &Faults::one("", w.moved)).await
        }
        Err(problem) => Err(problem),
    }
}

/// It is given up.
pub(super) async fn abandon(
    State(site): State<Site>,
    _allowed: May<ImportInstances>,
    frame: Frame,
    Path(id): Path<String>,
    _: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let id = named(&id, lang)?;
    match site.desk.abandon_import(id).await.or_told(lang) {
        Ok(_) => Ok(to(&format!("/import/{id}?said=abandoned"))),
        Err(problem) if problem.is(Problems::ImportOpen) => {
            shown(&site, &frame, id, &Wanted::default(), &Faults::one("", w.moved)).await
        }
        Err(problem) => Err(problem),
    }
}
