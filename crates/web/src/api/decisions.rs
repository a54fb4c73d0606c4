//! `POST /api/v1/decisions`: facts or an inventory are decided, and nothing is stored.

use crate::{
    answer::{Answer, raw},
    api::schemas,
    body::{Query, Raw, all_json, is_json, read},
    language::Speaks,
    moment::moment,
    problem::{Fault as ReadFault, Kind, OrTold, Problem, ProblemBody, no_inventory},
    site::Site,
    words::Say,
};
use app::instances::Deciding;
use axum::{body::Bytes, extract::State, http::HeaderMap};
use inventory::{BadRecord, Fault, Inventory, OpenError, Options, Place};
use rulebook::{Facts, Lang, Rulebook};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::io::Cursor;
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};

/// Records of one request at most: anybody may ask, and each answer is as long as a page. `kebei check` takes any number.
pub(crate) const MOST_RECORDS: usize = 1000;
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Lists that are decided at a time; they are work for a core each, and whoever comes beside them asks again.
static TURNS: Semaphore = Semaphore::const_new(2);

/// How it is decided.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// The edition; the one in force at that time without it.
    #[param(example = "2020-10-16")]
    edition: Option<String>,
    /// The moment: RFC 3339, or a day, from 00:00 in Asia/Shanghai; now without it.
    #[param(format = "moment", example = "2020-11-01")]
    at: Option<String>,
    /// The account that asks; without it nobody in particular does.
    account: Option<String>,
    /// The buyer of records that do not say.
    owner: Option<String>,
}

/// Facts to be decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactsToDecide {
    /// One for each instance.
    #[schema(value_type = Vec<schemas::Facts>)]
    facts: Vec<Facts>,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// The decisions, in the order of the records.
    #[schema(value_type = Vec<schemas::Decision>)]
    decisions: Vec<Option<Box<RawValue>>>,
    /// Records that could not be read.
    rejected: Vec<RejectedRecord>,
}

/// A record that could not be read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RejectedRecord {
    /// On which line it stands, from 1.
    line: u64,
    /// What is wrong with it.
    messages: Vec<String>,
}

/// Decide without storing
///
/// Decides facts (`{"facts": […]}`), or a list of instances in any form that `kebei check` reads: JSON lines, CSV, a workbook,
/// answers of the provider's API. Nothing of it is stored or recorded.
#[utoipa::path(
    post,
    path = "/api/v1/decisions",
    tag = "decisions",
    params(How),
    request_body(content(
        (FactsToDecide = "application/json"),
        (String = "application/jsonl"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "The decisions", body = Decided),
        (status = 409, description = "No such edition, or none was in force", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong", body = ProblemBody),
    ),
    security(()),
)]
pub(crate) async fn decide(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Query(How { edition, at, account, owner }): Query<How>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Answer<Decided>, Problem> {
    let body = without_mark(body);
    let at = moment(at.as_deref(), "at", Kind::Unreadable, lang)?;
    let deciding = site.desk.deciding(account, edition, at).await.or_told(lang)?;
    let (rulebook, of_json) = (site.desk.rulebook_in_force(), is_json(&headers));
    let work = move || {
        if of_json {
            if !is_of_provider(&body) {
                return of_given_facts(&deciding, &body, lang);
            }
            all_json(&body, lang)?;
        }
        list(&deciding, &rulebook, body, owner, lang)
    };
    Ok(Answer::ok(lang, in_turn(work, lang).await??))
}

fn of_given_facts(deciding: &Deciding, body: &[u8], lang: Lang) -> Result<Decided, Problem> {
    let FactsToDecide { facts } = read(body, lang)?;
    if facts.len() > MOST_RECORDS {
        return Err(too_many(lang));
    }
    let decisions = facts.into_iter().map(|facts| decided(deciding, facts, lang)).collect();
    Ok(Decided { decisions, rejected: Vec::new() })
}

fn too_many(lang: Lang) -> Problem {
    let say = Say::TooManyRecords { most: MOST_RECORDS };
    Problem::invalid(lang, "", "too-many-records", say, Say::SendInParts)
}

/// The same without the byte order mark that some programs write before UTF-8.
fn without_mark(body: Bytes) -> Bytes {
    if body.starts_with(UTF8_MARK) { body.slice(UTF8_MARK.len()..) } else { body }
}

/// Whether JSON means to be answers of the provider's API, which writes its keys with a capital: one, one after another, or a
/// list of them. All other JSON is held against the document.
fn is_of_provider(json: &[u8]) -> bool {
    match json.trim_ascii_start() {
        [b'{', within @ ..] => matches!(within.trim_ascii_start(), [b'"', b'A'..=b'Z', ..]),
        [b'[', within @ ..] => within.trim_ascii_start().first() == Some(&b'{'),
        _ => false,
    }
}

fn decided(deciding: &Deciding, facts: Facts, lang: Lang) -> Option<Box<RawValue>> {
    raw(&deciding.decide(facts).report(lang))
}

fn list(
    deciding: &Deciding,
    rulebook: &Rulebook,
    body: Bytes,
    owner: Option<String>,
    lang: Lang,
) -> Result<Decided, Problem> {
    let mut told = Decided { decisions: Vec::new(), rejected: Vec::new() };
    each(rulebook, body, owner, |record| match record {
        Ok((_, facts)) => told.decisions.push(decided(deciding, facts.clone(), lang)),
        Err(bad) => {
            let messages = bad.faults.iter().map(|fault| fault.message(lang)).collect();
            told.rejected.push(RejectedRecord { line: bad.place.line, messages });
        }
    })
    .or_told(lang)?;
    Ok(told)
}

/// Why a list is not decided.
pub(crate) enum ListFault {
    /// It cannot be opened.
    Unread(OpenError),
    /// It is no list of instances.
    Alien(Box<BadRecord>),
    /// It has more than [`MOST_RECORDS`] records.
    TooLong,
}

impl ReadFault for ListFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unread(error) => error.problem(lang),
            Self::Alien(bad) => no_inventory(&bad.message(lang), lang),
            Self::TooLong => too_many(lang),
        }
    }
}

/// Hands every record of a list to `take`, in whatever form the list is written.
pub(crate) fn each(
    rulebook: &Rulebook,
    list: Bytes,
    owner: Option<String>,
    mut take: impl FnMut(Result<(Place, &Facts), BadRecord>),
) -> Result<(), ListFault> {
    let options = Options { owner, ..Options::default() };
    let opened = Inventory::open(Cursor::new(without_mark(list)), rulebook, options);
    let mut inventory = opened.map_err(ListFault::Unread)?;
    let (mut facts, mut read, mut records, mut alien) = (Facts::default(), false, 0, None);
    while let Some(record) = inventory.next(&mut facts) {
        if records == MOST_RECORDS {
            return Err(ListFault::TooLong);
        }
        records += 1;
        match record {
            Ok(place) => {
                read = true;
                take(Ok((place, &facts)));
            }
            Err(bad) => {
                if alien.is_none() && bad.faults.iter().any(is_no_list) {
                    alien = Some(Box::new(bad.clone()));
                }
                take(Err(bad));
            }
        }
    }
    match alien {
        Some(bad) if !read => Err(ListFault::Alien(bad)),
        _ => Ok(()),
    }
}

/// Does that work on a thread of its own, where one is free.
pub(crate) async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    lang: Lang,
) -> Result<T, Problem> {
    let turn = TURNS.try_acquire().map_err(|_| Problem::new(Kind::Busy, lang).again_after(1))?;
    let work = move || {
        // Held as long as the thread works, also when the caller went away.
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::new(Kind::Fault, lang))
}

/// Whether there is no list of instances where one should be. Among others it costs only itself.
const fn is_no_list(fault: &Fault) -> bool {
    matches!(fault, Fault::NoInstances | Fault::ErrorAnswer { .. } | Fault::Lost { .. })
}
