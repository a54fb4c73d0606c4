//! `/proposals/{id}`: one proposal with what it names and what would be lost, and what somebody decides about it.

use super::{
    named,
    words::{self, Words},
};
use crate::{
    caller::{May, ProposeAndAgree, person},
    console::{
        Frame,
        field::{Faults, Field, Kind as FieldKind},
        filled::Filled,
        shown::minute,
        told::to,
        words::confirm,
    },
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use app::{
    access::Principal,
    two_people::{Agree, Decline, Loses, Measure, ProposalId, ProposalSeen, Thing},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use filing::tables::certificate;
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

/// What was decided just now.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "proposals/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    done: Option<&'static str>,
    id: String,
    what: String,
    state: &'static str,
    mood: &'static str,
    facts: Vec<(&'static str, String)>,
    note: Option<String>,
    lost: Option<Lost>,
    /// The page of the number that would end.
    number: Option<String>,
    /// What an agreement does beside.
    means: Vec<&'static str>,
    is_open: bool,
    is_own: bool,
    confirmation: Option<Field<'p>>,
}

/// What would be lost for ever.
struct Lost {
    says: String,
    account: String,
    numbers: Vec<String>,
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Wanted { done }): Query<Wanted>,
) -> Result<Response, Problem> {
    let id = named(&id, frame.lang)?;
    let done = done.and_then(|done| words::done(&done, frame.lang));
    shown(&site, &frame, &by, id, (&Faults::NONE, ""), done).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    by: &Principal,
    id: ProposalId,
    (faults, typed): (&Faults<'_>, &str),
    done: Option<&'static str>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let seen = site.desk.proposal_for(by, id).await.or_told(lang)?;
    let measure = &seen.proposal.measure;
    let number = match measure {
        Measure::Cancel { number, .. } => Some(&**number),
        Measure::List { .. } | Measure::Unlist { .. } => None,
    };
    let (state, mood) = words::state(&seen, lang);
    let label = number.map(|number| confirm(number, lang)).unwrap_or_default();
    let confirmation =
        Field::new("confirmation", &label).of(FieldKind::Short(24)).valued(typed).faulted(faults);
    let what = words::measure(measure, lang);
    let page = Page {
        f: frame,
        w,
        faults,
        done,
        id: id.to_string(),
        state,
        mood,
        facts: facts(&seen, lang),
        note: seen.note.clone().filter(|note| !note.is_empty()),
        number: number.map(|number| byte_serialize(number.as_bytes()).collect()),
        means: words::means(measure, lang),
        is_open: seen.decided.is_none(),
        is_own: by.is_named(&seen.proposal.proposed_by),
        confirmation: number.map(|_| confirmation),
        lost: seen.loses.map(|loses| lost(loses, lang)),
        what: what.clone(),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, &what, &page))
}

fn lost(Loses { account, subject, websites }: Loses, lang: Lang) -> Lost {
    let says = Say::LostForEver { subject: subject.is_some(), websites: websites.len() }.to_text(lang);
    Lost { says, account, numbers: subject.into_iter().chain(websites).collect() }
}

fn facts(seen: &ProposalSeen, lang: Lang) -> Vec<(&'static str, String)> {
    let w = words::words(lang);
    let (value, kind) = match &seen.thing {
        Some(thing @ Thing::Certificate { kind, .. }) => {
            let kind = certificate(*kind).map(|kind| kind.entry.label(lang).to_owned());
            (Some(thing.value().to_owned()), kind)
        }
        thing => (thing.as_ref().map(|thing| thing.value().to_owned()), None),
    };
    let entry = match &seen.proposal.measure {
        Measure::Unlist { entry, .. } => Some(entry.to_string()),
        Measure::List { .. } | Measure::Cancel { .. } => None,
    };
    let decided = seen.decided.as_ref();
    let facts = [
        (w.value, value),
        (w.certificate, kind),
        (w.entry, entry),
        (w.why, Some(words::why(&seen.proposal.measure, lang).to_owned())),
        (w.by, Some(seen.proposal.proposed_by.clone())),
        (w.since, Some(minute(seen.proposal.proposed_at, lang))),
        (w.decided_by, decided.map(|(_, by, _)| by.clone())),
        (w.decided_at, decided.map(|(_, _, at)| minute(*at, lang))),
        (w.reference_fact, Some(seen.proposal.id.to_string())),
    ];
    facts.into_iter().filter_map(|(what, said)| Some((what, said?))).collect()
}

/// Somebody agrees, and it is done.
pub(super) async fn agree(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (proposal, key) = (named(&id, lang)?, filled.key());
    let key = key.ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let typed = filled.text("confirmation");
    let confirmation = Some(typed.to_owned()).filter(|typed| !typed.is_empty());
    let ask = Agree { by: person(&by, lang)?, proposal, confirmation };
    let desk = site.desk.clone();
    let doing = Box::pin(async move { desk.agree_to_proposal(ask, key).await.or_told(lang) });
    match soon(lang, true, doing).await {
        Ok(_) => Ok(to(&format!("/proposals/{proposal}?done=agreed"))),
        Err(problem) => {
            let faults =
                Faults::refused(problem, |path| if path == "confirmation" { "confirmation" } else { "" })?;
            shown(&site, &frame, &by, proposal, (&faults, typed), None).await
        }
    }
}

/// It is declined, or taken back.
pub(super) async fn decline(
    State(site): State<Site>,
    May(by, _): May<ProposeAndAgree>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (proposal, key) = (named(&id, lang)?, filled.key());
    let key = key.ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let ask = Decline { by: person(&by, lang)?, proposal };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.decline_proposal(ask, key).await.or_told(lang) }).await {
        Ok(_) => Ok(to(&format!("/proposals/{proposal}?done=declined"))),
        Err(problem) => {
            let faults = Faults::refused(problem, |_| "")?;
            shown(&site, &frame, &by, proposal, (&faults, ""), None).await
        }
    }
}
