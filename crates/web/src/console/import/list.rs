//! `/import`: a list is uploaded; and the imports there were.

use super::{
    mood,
    sent::Sent,
    words::{self, Words},
};
use crate::{
    api::{ListRead, read_list},
    caller::{ImportInstances, May, actor},
    console::{
        Frame,
        field::{Faults, Field, Kind},
        shown::minute,
        told::to,
    },
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::instances::{ImportReport, PlanImport};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use rulebook::Lang;

/// How many of the imports before are shown.
const SHOWN: u32 = 20;

#[derive(Template)]
#[template(path = "import/list.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    /// The import that has to be finished before another begins.
    open: Option<Row>,
    owner: Field<'p>,
    complete: Field<'p>,
    /// What is wrong with the file.
    file: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    made: String,
    by: String,
    state: &'static str,
    mood: &'static str,
    counts: String,
}

impl Row {
    fn of(report: &ImportReport, lang: Lang) -> Self {
        Self {
            id: report.id.to_string(),
            made: minute(report.made_at, lang),
            by: report.by.split_once(':').map_or(&*report.by, |(_, name)| name).to_owned(),
            state: words::state(report.state, lang),
            mood: mood(report.state),
            counts: words::in_short(&report.counts, lang),
        }
    }
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    _allowed: May<ImportInstances>,
    frame: Frame,
) -> Result<Response, Problem> {
    shown(&site, &frame, &Faults::NONE, &Sent::default()).await
}

async fn shown(site: &Site, frame: &Frame, faults: &Faults<'_>, sent: &Sent) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let open = site.desk.open_import().await.or_told(lang)?;
    let found = site.desk.imports(None, SHOWN).await.or_told(lang)?;
    let complete = [("complete".to_owned(), w.complete.to_owned())];
    let chosen = if sent.complete { "complete" } else { "" };
    let page = Page {
        f: frame,
        w,
        faults,
        open: open.as_ref().map(|report| Row::of(report, lang)),
        owner: Field::new("owner", w.owner).hinted(w.owner_hint).valued(&*sent.owner).faulted(faults),
        complete: Field::new("complete", w.whole)
            .of(Kind::Many(&complete))
            .hinted(w.complete_hint)
            .valued(chosen),
        file: faults.at("file"),
        rows: found.iter().map(|report| Row::of(report, lang)).collect(),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, w.title, &page))
}

/// A list is read. Nothing of it is applied by that.
pub(super) async fn read(
    State(site): State<Site>,
    May(principal, _): May<ImportInstances>,
    frame: Frame,
    sent: Sent,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    if sent.file.is_empty() {
        return shown(&site, &frame, &Faults::one("file", w.no_file), &sent).await;
    }
    let plan = PlanImport {
        actor: actor(&principal, lang)?,
        owner: Some(sent.owner.clone()).filter(|owner| !owner.is_empty()),
        complete: sent.complete,
    };
    match read_list(&site, plan, sent.file.clone(), true, lang).await {
        Ok(ListRead::Whole(report) | ListRead::SoFar(report)) => Ok(to(&format!("/import/{}", report.id))),
        // Sent twice, or while that of somebody else is open: there is where to go on.
        Err(problem) if problem.is(Problems::ImportOpen) => {
            match site.desk.open_import().await.or_told(lang)? {
                Some(open) => Ok(to(&format!("/import/{}?said=open", open.id))),
                None => Err(problem),
            }
        }
        Err(problem) if problem.kind().status() == StatusCode::UNPROCESSABLE_ENTITY => {
            let faults = Faults::of(&problem, |path| if path == "owner" { "owner" } else { "file" });
            shown(&site, &frame, &faults, &sent).await
        }
        Err(problem) => Err(problem),
    }
}
