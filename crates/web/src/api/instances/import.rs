//! `PUT /api/v1/instances`: a list of instances is read and reported, before anything of it is applied.

use crate::{
    answer::Answer,
    api::imports::ImportBody,
    body::{Query, Raw},
    caller::{ImportInstances, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::{
    Published,
    instances::{ImportRecord, Importing, PlanImport, Unread},
};
use axum::{body::Bytes, extract::State};
use inventory::{Inventory, OpenError, Options};
use rulebook::{Facts, Lang};
use serde::Deserialize;
use std::{io::Cursor, sync::Arc};
use tokio::sync::mpsc;
use utoipa::IntoParams;

/// Bytes of a list at most: some half a million rows of CSV. Larger ones are imported on the command line.
pub(crate) const MOST_BYTES: usize = 64 << 20;
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
#[utoipa::path(
    put,
    path = "/api/v1/instances",
    tag = "imports",
    params(How),
    request_body(content(
        (String = "application/jsonl"),
        (String = "text/csv"),
        (serde_json::Value = "application/json"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "What the list would change", body = ImportBody),
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
    Raw(body): Raw,
) -> Result<Answer<ImportBody>, Problem> {
    let actor = principal.actor().map_err(|_| Problem::new(Kind::Forbidden, lang))?;
    let plan = PlanImport { actor, owner, complete };
    let importing = site.desk.begin_import(plan).await.or_told(lang)?;
    let id = importing.id();
    let read = tokio::spawn(planned(importing, site.desk.rulebook_in_force(), body, lang));
    let read = read.await.unwrap_or_else(|_| Err(Problem::new(Kind::Fault, lang)));
    if read.is_err() {
        // What is told is what went wrong first; an import that stays is dead by itself in minutes.
        let _ = site.desk.abandon_import(id).await;
    }
    Ok(Answer::ok(lang, read?))
}

/// Reads all of it, also when the caller goes away.
async fn planned(
    mut importing: Importing,
    rulebook: Arc<Published>,
    body: Bytes,
    lang: Lang,
) -> Result<ImportBody, Problem> {
    let (to, mut records) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || records_of(&rulebook, body, &to));
    while let Some(record) = records.recv().await {
        importing.add(record).await.or_told(lang)?;
    }
    let read = reading.await.map_err(|_| Problem::new(Kind::Fault, lang))?;
    read.or_told(lang)?;
    let report = importing.report().await.or_told(lang)?;
    Ok((&report).into())
}

/// Sends every record of the list, as long as somebody takes them.
fn records_of(rulebook: &Published, body: Bytes, to: &mpsc::Sender<ImportRecord>) -> Result<(), OpenError> {
    let mut inventory = Inventory::open(Cursor::new(body), &**rulebook, Options::default())?;
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
