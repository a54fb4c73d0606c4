//! `PUT /api/v1/instances`: a list of instances is read and reported, before anything of it is applied. A long one goes on being
//! read behind the answer.

use crate::{
    answer::Answer,
    api::imports::{ImportBody, address},
    body::{Query, Raw},
    caller::{ImportInstances, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::{
    Desk, Published,
    instances::{ImportId, ImportRecord, ImportReport, Importing, PlanImport, Unread},
};
use axum::{body::Bytes, extract::State, http::HeaderMap};
use inventory::{Inventory, OpenError, Options};
use rulebook::{Facts, Lang};
use serde::Deserialize;
use std::{io::Cursor, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    task::{JoinError, JoinHandle},
    time::timeout,
};
use utoipa::IntoParams;

/// Bytes of a list at most: some half a million rows of CSV. Larger ones are imported on the command line.
pub(crate) const MOST_BYTES: usize = 64 << 20;
/// How long the answer waits for the report; what takes longer is told as begun.
const WAIT: Duration = Duration::from_secs(5);
/// Records that are read ahead of what is written down.
const AHEAD: usize = 1000;

/// How a list is imported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// The buyer of records that do not say.
    owner: Option<String>,
    /// Whether the list is complete: instances that it does not name are gone.
    #[serde(default)]
    complete: bool,
}

/// Import instances
///
/// Reads a list in any form that `kebei import` reads, and reports what is new, changed, gone and rejected. Nothing is
/// applied by it: `POST /api/v1/imports/{id}/apply` does that. One import is open at a time.
///
/// The report is the answer where it is ready within five seconds. Otherwise the answer is 202: the reading goes on, also when the
/// connection ends, and `Location` tells how far it is: `staging`, and `staged` when the report is complete. An import that nobody
/// awaited is found at `GET /api/v1/imports`. The list itself has to arrive within 30 seconds; `kebei import` takes any.
#[utoipa::path(
    put,
    path = "/api/v1/instances",
    tag = "imports",
    params(
        How,
        ("Prefer" = Option<String>, Header, description = "`respond-async`: answer 202 at once (RFC 7240)"),
    ),
    request_body(content(
        (String = "application/jsonl"),
        (String = "text/csv"),
        (serde_json::Value = "application/json"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "What the list would change", body = ImportBody),
        (status = 202, description = "The list is being read", body = ImportBody, headers(("Location" = String, description = "The import, with how far it is"))),
        (status = 409, description = "Another import is open", body = ProblemBody),
        (status = 422, description = "The list cannot be read", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn import_instances(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ImportInstances>,
    Query(How { owner, complete }): Query<How>,
    headers: HeaderMap,
    Raw(list): Raw,
) -> Result<Answer<ImportBody>, Problem> {
    let actor = principal.actor().map_err(|_| Problem::new(Kind::Forbidden, lang))?;
    let plan = PlanImport { actor, owner, complete };
    match read_list(&site, plan, list, !prefers_not_to_wait(&headers), lang).await? {
        ListRead::Whole(report) => Ok(Answer::ok(lang, (&report).into())),
        ListRead::SoFar(report) => Ok(Answer::begun(lang, address(&report.id.to_string()), (&report).into())),
    }
}

/// How far the reading of a list has come.
pub(crate) enum ListRead {
    /// To its end.
    Whole(ImportReport),
    /// It goes on behind the answer.
    SoFar(ImportReport),
}

/// Reads a list for an import, and waits for the report where it `waits` and that is ready soon. The reading goes on when the caller
/// goes away.
pub(crate) async fn read_list(
    site: &Site,
    plan: PlanImport,
    list: Bytes,
    waits: bool,
    lang: Lang,
) -> Result<ListRead, Problem> {
    let reading = Reading { desk: site.desk.clone(), plan, list, lang };
    let (tell, begun) = oneshot::channel();
    let mut report = tokio::spawn(reading.run_to_the_end(tell));
    if waits && let Some(report) = soon(&mut report).await {
        return reported(report, lang);
    }
    let Ok(id) = begun.await else { return reported(report.await, lang) };
    site.desk.import_report(id).await.or_told(lang).map(ListRead::SoFar)
}

/// What the work comes to, unless that takes longer than an answer waits for it. The work goes on meanwhile.
async fn soon<T>(work: &mut JoinHandle<T>) -> Option<Result<T, JoinError>> {
    timeout(WAIT, work).await.ok()
}

/// What reading a list came to.
fn reported(
    report: Result<Result<ImportReport, Problem>, JoinError>,
    lang: Lang,
) -> Result<ListRead, Problem> {
    report.unwrap_or_else(|_| Err(Problem::new(Kind::Fault, lang))).map(ListRead::Whole)
}

/// Whether whoever asks would rather be answered at once (`Prefer: respond-async`, RFC 7240).
fn prefers_not_to_wait(headers: &HeaderMap) -> bool {
    let lines = headers.get_all("prefer").into_iter().filter_map(|line| line.to_str().ok());
    let mut preferences = lines.flat_map(|line| line.split(',')).filter_map(|one| one.split(';').next());
    preferences.any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
}

/// A list that is to be read.
struct Reading {
    desk: Desk,
    plan: PlanImport,
    list: Bytes,
    /// Of whoever waits for it.
    lang: Lang,
}

impl Reading {
    /// Begins an import, tells its id, and reads all of the list. An import that fails is abandoned, so that it is in nobody's way.
    async fn run_to_the_end(self, begun: oneshot::Sender<ImportId>) -> Result<ImportReport, Problem> {
        let Self { desk, plan, list, lang } = self;
        let importing = desk.begin_import(plan).await.or_told(lang)?;
        let id = importing.id();
        // Nobody may be there any more.
        let _ = begun.send(id);
        let report = planned(importing, desk.rulebook_in_force(), list, lang).await;
        if report.is_err() {
            // What is told is what went wrong first; an import that stays is dead by itself in minutes.
            let _ = desk.abandon_import(id).await;
        }
        report
    }
}

/// Hands every record of the list to the import.
async fn planned(
    mut importing: Importing,
    rulebook: Arc<Published>,
    list: Bytes,
    lang: Lang,
) -> Result<ImportReport, Problem> {
    let (to, mut records) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || records_of(&rulebook, list, &to));
    while let Some(record) = records.recv().await {
        importing.add(record).await.or_told(lang)?;
    }
    let read = reading.await.map_err(|_| Problem::new(Kind::Fault, lang))?;
    read.or_told(lang)?;
    importing.report().await.or_told(lang)
}

/// Sends every record of the list, as long as somebody takes them.
fn records_of(rulebook: &Published, list: Bytes, to: &mpsc::Sender<ImportRecord>) -> Result<(), OpenError> {
    let mut inventory = Inventory::open(Cursor::new(list), &**rulebook, Options::default())?;
    let mut facts = Facts::default();
    while let Some(record) = inventory.next(&mut facts) {
        let (place, read) = match record {
            Ok(place) => (place, Ok(facts.clone())),
            Err(bad) => {
                let said = |lang| bad.faults.iter().map(|fault| fault.message(lang)).collect::<Vec<_>>();
                let instance = Some(facts.id.clone()).filter(|id| !id.is_empty());
                let unread = Unread { instance, zh: said(Lang::Zh).concat(), en: said(Lang::En).join(" ") };
                (bad.place, Err(unread))
            }
        };
        let record = ImportRecord {
            source: place.sheet.map(|sheet| sheet.to_string()).unwrap_or_default(),
            line: place.line,
            read,
        };
        if to.blocking_send(record).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn an_answer_waits_for_a_report_but_not_until_the_request_is_cut() {
        let began = Instant::now();
        let mut long = tokio::spawn(pending::<()>());
        assert!(soon(&mut long).await.is_none() && !long.is_finished());
        assert!(began.elapsed() < crate::LONGEST / 2);
        assert!(soon(&mut tokio::spawn(ready(7))).await.is_some_and(|read| read.is_ok_and(|read| read == 7)));
    }

    #[test]
    fn whoever_prefers_not_to_wait_says_so_as_rfc_7240_has_it() {
        for (lines, prefers) in [
            (&[][..], false),
            (&["respond-async"], true),
            (&["return=minimal, Respond-Async; wait=10"], true),
            (&["return=minimal", "respond-async"], true),
            (&["return=\"respond-async\"", "respond-asynchronously"], false),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("prefer", line.parse().unwrap());
            }
            assert_eq!(prefers_not_to_wait(&headers), prefers, "{lines:?}");
        }
    }
}
