//! `/numbers/{number}`: one number: what threatens it, what keeps it, where it is hosted, what happened to it, and how it could end.

use super::{
    at,
    deeds::{self, Deed},
    list::{Row, mood, weight},
    words::{self, Words},
};
use crate::{
    caller::SeesNumbers,
    console::{
        Frame,
        field::{Faults, Field, Kind, sentences},
        shown::{day, minute},
    },
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::{
    access::Right,
    registry::{Happened, HowEnded, Number, NumberFault, NumberInShort, RiskTold, UntrueTold},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use filing::{
    orders::Kind as Order,
    registry::{Duty, Event, Machine, State as Stands},
};
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

/// What was recorded just now.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "numbers/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    done: Option<&'static str>,
    /// That it was asked for under a number that was corrected.
    asked_as: Option<String>,
    /// What else was recorded under the number that is asked for.
    formerly: Vec<(String, &'p str)>,
    number: &'p str,
    at: String,
    of: &'static str,
    state: &'static str,
    mood: &'static str,
    /// The account, to staff.
    account: Option<&'p str>,
    subject: Option<(String, &'p str)>,
    websites: Vec<Row>,
    risks: Vec<Threat>,
    duties: Vec<&'static str>,
    untrue: Vec<Untrue>,
    hosts: Vec<Host>,
    terms: Vec<String>,
    /// Until when a domain is registered, where whoever looks may say so.
    term: Option<[Field<'p>; 2]>,
    /// Whether it can be said that another provider hosts it, or hosts it no more.
    elsewhere: Option<bool>,
    history: Vec<Step>,
    /// The orders that its owner can begin about it, or what staff may record of it: the name, what it is for, and where.
    acts: Vec<(&'static str, &'static str, String)>,
    endings: Vec<End>,
    is_own: bool,
    /// Where it can be proposed to cancel it by order of an authority.
    propose: Option<String>,
}

/// Something that threatens a number.
struct Threat {
    mood: &'static str,
    weight: &'static str,
    message: String,
    next: String,
}

/// Something that was found untrue.
pub(super) struct Untrue {
    pub(super) what: String,
    pub(super) says: String,
    is_open: bool,
}

/// Where it is hosted, or was.
struct Host {
    what: String,
    when: String,
}

/// Something that happened.
struct Step {
    at: String,
    what: String,
    by: String,
    order: Option<String>,
    receipt: Option<String>,
}

/// How it could end.
struct End {
    what: &'static str,
    losses: Vec<String>,
    /// Where its owner begins the order by which it is done.
    begin: String,
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Path(number): Path<String>,
    Query(Wanted { done }): Query<Wanted>,
) -> Result<Response, Problem> {
    let form = (StatusCode::OK, &Faults::NONE, &Typed::default());
    shown(&site, &frame, &sees, &number, form, done.as_deref()).await
}

/// What was typed in a form on the page, kept where something is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) domain: String,
    pub(super) expires_on: String,
}

pub(super) async fn shown(
    site: &Site,
    frame: &Frame,
    sees: &SeesNumbers,
    number: &str,
    (status, faults, typed): (StatusCode, &Faults<'_>, &Typed),
    done: Option<&str>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let (found, is_own) = match sees {
        SeesNumbers::Own(asker) => (site.desk.own_number(asker, number).await, true),
        SeesNumbers::All(by) => (site.desk.number_for(by, number).await, false),
    };
    let found = found.or_told(lang)?.ok_or_else(|| NumberFault::Unknown.problem(lang))?;
    let (short, says) = (&found.short, is_own || frame.may(Right::EndNumbers));
    let choices: Vec<_> = short.domains.iter().map(|domain| (domain.clone(), domain.clone())).collect();
    let term = [
        Field::new("domain", w.domain).of(Kind::OneOf(&choices)).valued(&*typed.domain).faulted(faults),
        Field::new("expires_on", w.expires_on)
            .hinted(w.expires_on_hint)
            .of(Kind::Short(12))
            .valued(&*typed.expires_on)
            .faulted(faults),
    ];
    let page = Page {
        f: frame,
        w,
        faults,
        done: done.and_then(|done| words::done(done, lang).or_else(|| Deed::done(done, &found, lang))),
        asked_as: found.asked_as.as_deref().map(|was| words::asked_as(was, &short.number, lang)),
        formerly: found.formerly.iter().map(|number| (at(number), &**number)).collect(),
        number: &short.number,
        at: at(&short.number),
        of: short.machine.label(lang),
        state: short.state.label(lang),
        mood: mood(short.state),
        account: (!is_own).then_some(&*found.account),
        subject: found.subject.as_deref().map(|subject| (at(subject), subject)),
        websites: found.websites.iter().map(|short| Row::of(short, lang)).collect(),
        risks: found.risks.iter().map(|told| threat(told, is_own, lang)).collect(),
        duties: Duty::of(short.state).map(|duty| duty.sentence(lang)).collect(),
        untrue: found.untrue.iter().rev().map(|one| untrue(one, lang)).collect(),
        hosts: found.accesses.iter().map(|access| host(access, lang)).collect(),
        terms: found
            .domain_terms
            .iter()
            .map(|term| words::term(&term.domain, &term.expires_on, lang))
            .collect(),
        term: (says && !choices.is_empty()).then_some(term),
        elsewhere: elsewhere(&found).filter(|_| says),
        history: history(&found, is_own, lang),
        endings: found.endings.iter().filter_map(|ending| end(short, ending, lang)).collect(),
        acts: if is_own { orders(short, lang) } else { deeds::possible(&found, frame) },
        is_own,
        propose: (!short.state.is_final() && frame.may(Right::ProposeAndAgree))
            .then(|| at(&short.number).replacen("/numbers/", "/proposals/new/cancel?number=", 1)),
    };
    Ok(frame.shown(status, &words::titled(&short.number, lang), &page))
}

/// What threatens it, and what its owner can do about that.
fn threat(told: &RiskTold, is_own: bool, lang: Lang) -> Threat {
    let (mood, weight) = weight(told.weight, lang);
    let message = told.risk.message(lang);
    Threat {
        mood,
        weight,
        message: if is_own { sentences(&[&message, told.risk.suggestion(lang)]) } else { message },
        next: words::comes(told.next.what.label(lang), told.next.on, lang),
    }
}

pub(super) fn untrue(one: &UntrueTold, lang: Lang) -> Untrue {
    let what = one.what.clone().unwrap_or_else(|| words::words(lang).untrue_hidden.to_owned());
    let ended = one.ended.as_ref().map(|ended| (ended.how.label(lang), day(ended.at)));
    Untrue {
        what,
        says: words::untrue(&day(one.recorded_at), &one.mend_by, ended, lang),
        is_open: one.ended.is_none(),
    }
}

fn host(access: &app::registry::AccessTold, lang: Lang) -> Host {
    let instance = access.instance.as_deref().unwrap_or(words::words(lang).unknown_instance);
    let addresses = access.addresses.join(words::between(lang));
    let what = if addresses.is_empty() { instance.to_owned() } else { format!("{instance} · {addresses}") };
    let ended = access.ended.map(|(at, why)| (day(at), why.label(lang)));
    Host { what, when: words::hosted(&day(access.since), ended, lang) }
}

/// All that happened to it, the latest first; also what was found untrue, and mended.
fn history(number: &Number, is_own: bool, lang: Lang) -> Vec<Step> {
    let w = words::words(lang);
    let happened = number.history.iter().map(|one| (one.at, step(number, one, is_own, lang)));
    let told = |at, what: &str, by: &str| {
        let by = words::by(by, is_own, lang);
        (at, Step { at: minute(at, lang), what: what.to_owned(), by, order: None, receipt: None })
    };
    let found = number.untrue.iter().map(|one| {
        let what = words::because(w.found_untrue, &words::to_mend_by(&one.mend_by, lang), lang);
        told(one.recorded_at, &what, &one.by)
    });
    // That it was cancelled is told with what happened to it.
    let ended = number.untrue.iter().filter_map(|one| one.ended.as_ref());
    let mended = ended.filter(|ended| ended.how == HowEnded::Mended);
    let mended = mended.map(|ended| told(ended.at, w.mended, &ended.by));
    let mut all: Vec<_> = happened.chain(found).chain(mended).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, step)| step).collect()
}

fn step(number: &Number, one: &Happened, is_own: bool, lang: Lang) -> Step {
    let what = match (&one.was, one.reason) {
        (Some(was), _) => words::corrected(one.event.label(lang), was, lang),
        (None, Some(why)) => words::because(one.event.label(lang), why.label(lang), lang),
        (None, None) => one.event.label(lang).to_owned(),
    };
    let by = words::by(&one.actor, is_own, lang);
    let order = one.order.map(|order| order.to_string()).filter(|_| is_own);
    let receipt = Some(format!("{}/receipts/{}", at(&number.short.number), one.entry));
    Step { at: minute(one.at, lang), what, by, order, receipt }
}

/// Whether another provider hosts it now, where that can be said of it.
fn elsewhere(number: &Number) -> Option<bool> {
    let moves = |event| matches!(event, Event::DropAccess | Event::HostElsewhere | Event::LeaveElsewhere);
    let last = number.history.iter().rev().map(|one| one.event).find(|event| moves(*event));
    (number.short.state == Stands::AccessDropped).then_some(last == Some(Event::HostElsewhere))
}

/// What its owner can have done about a number that is filed, beside ending it.
fn orders(short: &NumberInShort, lang: Lang) -> Vec<(&'static str, &'static str, String)> {
    let kinds: &[Order] = match (short.machine, short.state) {
        (_, Stands::Cancelled) => &[],
        (Machine::Subject, _) => &[Order::Change, Order::AddWebsite],
        (Machine::Website, Stands::AccessDropped) => &[Order::Change, Order::AddAccess],
        (Machine::Website, _) => &[Order::Change],
    };
    let told =
        |kind: &Order| (kind.label(lang), words::about(*kind, short.machine, lang), begin(*kind, short));
    kinds.iter().map(told).collect()
}

/// Where an order about a number is begun.
fn begin(kind: Order, short: &NumberInShort) -> String {
    let number: String = byte_serialize(short.number.as_bytes()).collect();
    format!("/orders/new?kind={}&number={number}", kind.word())
}

fn end(short: &NumberInShort, ending: &app::registry::EndingTold, lang: Lang) -> Option<End> {
    let kind = match (short.machine, ending.event) {
        (Machine::Subject, Event::Cancel) => Order::CancelSubject,
        (Machine::Website, Event::Cancel) => Order::CancelWebsite,
        (Machine::Website, Event::DropAccess) => Order::CancelAccess,
        _ => return None,
    };
    let losses = ending.losses.iter().map(|loss| loss.sentence(lang)).collect();
    Some(End { what: kind.label(lang), losses, begin: begin(kind, short) })
}
