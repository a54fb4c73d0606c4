//! `/rulebook/proposals/{id}`: one rulebook that is proposed, and what somebody decides about it.

use super::{
    lines::{Lines, between},
    named,
    words::{self, Words},
};
use crate::{
    caller::{May, PublishRulebook, person},
    console::{
        field::{Faults, Field, Kind as FieldKind, sentences},
        filled::Filled,
        frame::Frame,
        rulebook::{
            as_file,
            draft::{Change, changes},
            words as of_drafts,
        },
        shown::minute,
        told::to,
    },
    idempotency::soon,
    problem::{Fault, Kind, OrTold, Problem},
    site::Site,
};
use app::{
    hex,
    rulebooks::proposed::{
        AgreeToRulebook, DeclineRulebook, RulebookProposal, RulebookProposalId, RulebookProposalSeen,
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::Lang;
use serde::Deserialize;

/// Characters of a digest that are typed to confirm.
const DIGEST_TYPED: usize = 8;

/// What was done just now.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "rulebook/proposed/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static of_drafts::Words,
    p: &'static Words,
    faults: &'p Faults<'p>,
    done: Option<[&'static str; 2]>,
    id: String,
    what: &'p str,
    state: &'static str,
    mood: &'static str,
    facts: Vec<(&'static str, String)>,
    added: Vec<String>,
    /// What each edition that it adds says otherwise, while it is open.
    differences: Vec<(String, Vec<Change>)>,
    /// Why nobody can agree to it any more.
    stale: Vec<String>,
    /// The lines of the text that are others than in the one in force, while it is open.
    lines: Option<Lines>,
    is_open: bool,
    is_own: bool,
    confirmation: Field<'p>,
    reason: Field<'p>,
}

/// What somebody filled in to decide, with what is wrong with it.
struct Typed<'t> {
    faults: Faults<'t>,
    confirmation: &'t str,
    reason: &'t str,
}

impl Typed<'_> {
    const NOTHING: Self = Self { faults: Faults::NONE, confirmation: "", reason: "" };
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    _: May<PublishRulebook>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Wanted { done }): Query<Wanted>,
) -> Result<Response, Problem> {
    let id = named(&id, frame.lang)?;
    shown(&site, &frame, id, &Typed::NOTHING, done.as_deref()).await
}

async fn shown(
    site: &Site,
    frame: &Frame,
    id: RulebookProposalId,
    typed: &Typed<'_>,
    done: Option<&str>,
) -> Result<Response, Problem> {
    let (lang, p, faults) = (frame.lang, words::words(frame.lang), &typed.faults);
    let seen = site.desk.rulebook_proposal(id).await.or_told(lang)?;
    let against = seen.stale.as_ref().map(|stale| stale.problem(lang));
    let stale = against.iter().flat_map(Problem::errors);
    let what = words::what(&seen.proposal.added, lang);
    let (stands, mood) = words::state(&seen, lang);
    // An address alone says nothing was done: somebody may have decided since it was kept.
    let outcome = seen.decided.as_ref().map_or("proposed", |decided| decided.outcome.word());
    let done = done.filter(|done| *done == outcome).and_then(|done| words::done(done, lang));
    let label = words::confirm(newest(&seen.proposal), &confirmation(&seen.proposal), lang);
    let asked = Field::new("confirmation", &label).of(FieldKind::Short(24));
    let reason = Field::new("reason", p.reason).hinted(p.reason_hint).of(FieldKind::Lines(2));
    let page = Page {
        f: frame,
        w: of_drafts::words(lang),
        p,
        faults,
        done,
        id: id.to_string(),
        what: &what,
        state: stands,
        mood,
        facts: facts(&seen, lang),
        added: seen.proposal.added.iter().map(|added| words::since(added, lang)).collect(),
        differences: differences(site, &seen, lang),
        stale: stale.map(|(_, message, suggestion)| sentences(&[message, suggestion])).collect(),
        lines: lines(site, &seen, lang).await?,
        is_open: seen.decided.is_none(),
        is_own: frame.who.as_ref().is_some_and(|who| who.is_named(&seen.proposal.proposed_by)),
        confirmation: asked.valued(typed.confirmation).faulted(faults),
        reason: reason.valued(typed.reason).faulted(faults),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame.shown(status, &what, &page))
}

fn differences(site: &Site, seen: &RulebookProposalSeen, lang: Lang) -> Vec<(String, Vec<Change>)> {
    let in_force = seen.in_force.in_force(site.desk.now());
    let (Some(draft), Ok(in_force), None) = (&seen.draft, in_force, &seen.decided) else {
        return Vec::new();
    };
    let added = seen.proposal.added.iter().filter_map(|(id, _)| draft.edition(id).ok());
    let each = added.map(|edition| {
        let between = words::between_editions(&in_force.id, &edition.id, lang);
        (between, changes(in_force, edition, lang))
    });
    each.collect()
}

/// The last edition that it adds.
fn newest(proposal: &RulebookProposal) -> Option<&str> {
    proposal.added.last().map(|(edition, _)| edition.as_str())
}

/// What is typed to say that it is meant: the id of the last edition, or of a text that adds none the beginning of its digest.
fn confirmation(proposal: &RulebookProposal) -> String {
    newest(proposal).map_or_else(|| hex(&proposal.digest).chars().take(DIGEST_TYPED).collect(), str::to_owned)
}

async fn lines(site: &Site, seen: &RulebookProposalSeen, lang: Lang) -> Result<Option<Lines>, Problem> {
    if seen.decided.is_some() {
        return Ok(None);
    }
    let before = site.desk.rulebook_text().await.or_told(lang)?.text;
    let [before, after] = [&before, &seen.text].map(|text| String::from_utf8_lossy(text));
    Ok(Some(between(&before, &after)))
}

/// The text that is proposed, to the last byte.
pub(super) async fn text(
    State(site): State<Site>,
    _: May<PublishRulebook>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let seen = site.desk.rulebook_proposal(named(&id, frame.lang)?).await.or_told(frame.lang)?;
    Ok(as_file(seen.text))
}

fn facts(seen: &RulebookProposalSeen, lang: Lang) -> Vec<(&'static str, String)> {
    let (p, proposal, decided) = (words::words(lang), &seen.proposal, seen.decided.as_ref());
    let facts = [
        (p.by, Some(proposal.proposed_by.clone())),
        (p.at, Some(minute(proposal.proposed_at, lang))),
        (p.digest, Some(hex(&proposal.digest))),
        (p.decided_by, decided.map(|decided| decided.by.clone())),
        (p.decided_at, decided.map(|decided| minute(decided.at, lang))),
        (p.reason, decided.and_then(|decided| decided.reason.clone())),
        (p.reference, Some(proposal.id.to_string())),
    ];
    facts.into_iter().filter_map(|(what, said)| Some((what, said?))).collect()
}

/// Somebody agrees, and it is published.
pub(super) async fn agree(
    State(site): State<Site>,
    May(by, _): May<PublishRulebook>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (proposal, key) = (named(&id, lang)?, filled.key());
    let key = key.ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let typed: String = filled.text("confirmation").chars().map(rulebook::half_width).collect();
    let seen = site.desk.rulebook_proposal(proposal).await.or_told(lang)?.proposal;
    if confirmation(&seen) != typed {
        let faults = Faults::one("confirmation", words::words(lang).not_confirmed);
        let typed = Typed { faults, confirmation: &typed, reason: "" };
        return shown(&site, &frame, proposal, &typed, None).await;
    }
    let ask = AgreeToRulebook { by: person(&by, lang)?, proposal };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.agree_to_rulebook(ask, key).await.or_told(lang) }).await {
        Ok(_) => Ok(to(&format!("/rulebook/proposals/{proposal}?done=agreed"))),
        Err(problem) => {
            let typed = Typed { faults: refused(problem)?, confirmation: &typed, reason: "" };
            shown(&site, &frame, proposal, &typed, None).await
        }
    }
}

/// It is declined, or taken back.
pub(super) async fn decline(
    State(site): State<Site>,
    May(by, _): May<PublishRulebook>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let (proposal, key) = (named(&id, lang)?, filled.key());
    let key = key.ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let reason = filled.exact("reason").replace("\r\n", "\n");
    let ask = DeclineRulebook { by: person(&by, lang)?, proposal, reason: reason.clone() };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.decline_rulebook(ask, key).await.or_told(lang) }).await {
        Ok(_) => Ok(to(&format!("/rulebook/proposals/{proposal}?done=declined"))),
        Err(problem) => {
            let typed = Typed { faults: refused(problem)?, confirmation: "", reason: &reason };
            shown(&site, &frame, proposal, &typed, None).await
        }
    }
}

/// What stands in the way, to be told at the form; anything else that went wrong is a page of its own.
fn refused(problem: Problem) -> Result<Faults<'static>, Problem> {
    match problem.kind() {
        Kind::Invalid | Kind::Refused | Kind::KeyUsed => {
            Ok(Faults::of(&problem, |path| if path == "reason" { "reason" } else { "" }))
        }
        _ => Err(problem),
    }
}
