//! `/ledger/{entry}`: one entry in words, with its proof and how to check it outside.

use super::{
    says,
    words::{self, Words},
};
use crate::{
    caller::{May, ReadLedger},
    console::{Frame, shown::minute},
    problem::{Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use app::{
    DeskError,
    ledger::{EntryNamed, EntryRead, EntrySays, Inclusion, ProveError},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use rulebook::Lang;

#[derive(Template)]
#[template(path = "ledger/one.html")]
struct Page {
    w: &'static Words,
    title: String,
    id: String,
    facts: Vec<(String, String)>,
    is_damaged: bool,
    /// What it was decided on, as JSON that people can read.
    decided: Option<String>,
    /// The names of what is committed to.
    commitments: Vec<String>,
    proof: Proof,
}

/// Whether it is proven.
enum Proof {
    /// It is, by that.
    By(Proven),
    /// It has no place yet.
    Waits,
    /// What is stored does not prove it.
    Not,
}

struct Proven {
    place: u64,
    hashes: Vec<String>,
    note: String,
}

/// What is said of an id that names no entry.
pub(super) fn unknown(lang: Lang) -> Problem {
    Problem::new(Kind::NotFound, lang).saying(Say::UnknownEntry.to_text(lang))
}

/// The entry.
pub(super) async fn one(
    State(site): State<Site>,
    _allowed: May<ReadLedger>,
    frame: Frame,
    Path(entry): Path<String>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let id = entry.parse().map_err(|_| unknown(lang))?;
    let found = site.desk.ledger_entry(EntryNamed::Id(id)).await.or_told(lang)?;
    let found = found.ok_or_else(|| unknown(lang))?;
    let proof = match site.desk.prove_inclusion(id).await {
        Ok(proven) => Proof::By(Proven::of(&proven)),
        Err(ProveError::Waiting(_)) => Proof::Waits,
        Err(ProveError::Desk(DeskError::Damaged(_))) => Proof::Not,
        Err(other) => return Err(other).or_told(lang),
    };
    let title = words::entry(found.place, lang);
    let says = found.says.as_ref();
    let page = Page {
        w,
        title: title.clone(),
        id: found.id.to_string(),
        facts: facts(&found, lang),
        is_damaged: says.is_none(),
        decided: says.and_then(|says| says.decided.as_deref()).map(readable),
        commitments: says.map_or_else(Vec::new, |says| says.commitments.clone()),
        proof,
    };
    Ok(frame.page(&title, &page))
}

/// What the entry says, but for what it was decided on.
fn facts(entry: &EntryRead, lang: Lang) -> Vec<(String, String)> {
    let w = words::words(lang);
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let mut facts = vec![fact(w.id, entry.id.to_string()), fact(w.when, minute(entry.at, lang))];
    if let Some(EntrySays { kind, actor, ids, edition, rulebook, .. }) = &entry.says {
        facts.push(fact(w.what, says::what(kind, lang)));
        facts.push(fact(w.kind, kind.clone()));
        facts.push(fact(w.by, says::actor(actor.0, &actor.1, lang)));
        facts.extend(ids.iter().map(|id| (says::named(&id.name, lang), id.id.clone())));
        facts.extend(edition.iter().map(|edition| fact(w.edition, edition.clone())));
        facts.extend(rulebook.iter().map(|digest| fact(w.rulebook, digest.clone())));
    }
    facts
}

/// JSON with a line for each part; as it is where it is none.
fn readable(json: &[u8]) -> String {
    let read: Option<serde_json::Value> = serde_json::from_slice(json).ok();
    let pretty = read.and_then(|read| serde_json::to_string_pretty(&read).ok());
    pretty.unwrap_or_else(|| String::from_utf8_lossy(json).into_owned())
}

impl Proven {
    fn of(proven: &Inclusion) -> Self {
        Self {
            place: proven.place,
            hashes: proven.proof.hashes().iter().map(ToString::to_string).collect(),
            note: proven.checkpoint.note().to_owned(),
        }
    }
}
