//! `/review/{id}`: one order as staff sees it: on the left what was filled in, on the right what the desk knows, below what can be done.

use super::{
    Was,
    evidence::{Evidence, pictures},
    mood, named,
    sheet::{Making, Sheet},
    words::{self, Words},
};
use crate::{
    answer::minute,
    api::orders::shapes::FaultBody,
    caller::{May, ReadOrders},
    console::{Frame, field::Faults, filled::Filled},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{
    access::{Principal, Right},
    orders::{
        OrderId,
        review::{Can, Looked},
    },
    personal::{Purpose, SeenOrder},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use filing::orders::{Move, State as Stands, Who};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;

/// For what personal data is read in clear, and what was done before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub(super) purpose: Option<String>,
    was: Option<String>,
    told: Option<String>,
}

/// An order, with as much as whoever looks may know.
pub(super) struct Read {
    pub(super) seen: SeenOrder,
    /// What those know who act on orders.
    pub(super) looked: Option<Looked>,
    pub(super) faults: Vec<FaultBody>,
    pub(super) purpose: Option<Purpose>,
}

impl Read {
    /// The order, in clear where it is said for what; that is recorded.
    pub(super) async fn of(
        site: &Site,
        frame: &Frame,
        by: &Principal,
        id: OrderId,
        purpose: Option<&str>,
    ) -> Result<Self, Problem> {
        let purpose = purpose.and_then(Purpose::from_word);
        let acts = frame.may(Right::ReviewOrders) || frame.may(Right::FileOrders);
        let looked = if acts { Some(site.desk.look_at_order(id).await.or_told(frame.lang)?) } else { None };
        let seen = site.desk.order_for(by, id, purpose).await.or_told(frame.lang)?;
        let finds = looked.as_ref().map(|looked| FaultBody::for_staff(&looked.finds, frame.lang));
        Ok(Self { seen, looked, faults: finds.unwrap_or_default(), purpose })
    }

    /// What was filled in, as it was marked.
    pub(super) fn sheet(&self, marks: bool, typed: Option<&Filled>, lang: Lang) -> Sheet {
        let order = &self.seen.order;
        let Some(form) = &order.form else { return Sheet { sections: Vec::new() } };
        let making = Making {
            kind: order.kind,
            form,
            behind: &order.behind,
            looked: self.looked.as_ref(),
            faults: &self.faults,
            typed,
            marks,
            w: words::words(lang),
            lang,
        };
        making.sheet()
    }

    /// What whoever looks can do with it as a reviewer.
    pub(super) fn can(&self, frame: &Frame, by: &Principal) -> Vec<Can> {
        let looked = self.looked.as_ref().filter(|_| frame.may(Right::ReviewOrders));
        looked.map_or_else(Vec::new, |looked| looked.can(by.name()))
    }
}

#[derive(Template)]
#[template(path = "review/one.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    was: Option<Was>,
    /// What was done with this one.
    told: Option<&'static str>,
    id: String,
    version: i64,
    kind: &'static str,
    state: &'static str,
    mood: &'static str,
    account: String,
    again: Option<String>,
    lines: Vec<String>,
    deeds: Deeds,
    sheet: Sheet,
    evidence: Evidence,
    knows: bool,
    is_erased: bool,
    /// For what it is read in clear; empty while it is masked.
    purpose: &'static str,
    purpose_label: &'static str,
    /// For what whoever looks may read it in clear, and what is usual where the order stands.
    purposes: Vec<(&'static str, &'static str)>,
    usual: &'static str,
    stages: Vec<(String, &'static str)>,
}

impl Page<'_> {
    fn is_usual(&self, purpose: &str) -> bool {
        self.usual == purpose
    }
}

/// What can be done with the order, or why it cannot.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page that is there or not")]
struct Deeds {
    /// It can be taken.
    takes: bool,
    /// Its fields can be marked.
    marks: bool,
    /// It can pass, as far as its state says.
    approves: bool,
    sends: bool,
    confirms: bool,
    decides: bool,
    /// Why something is not possible.
    why_not: Vec<String>,
    /// Until when it is one's own.
    until: Option<String>,
}

/// The page.
pub(super) async fn one(
    State(site): State<Site>,
    May(by, _): May<ReadOrders>,
    frame: Frame,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let read = Read::of(&site, &frame, &by, named(&id, frame.lang)?, asked.purpose.as_deref()).await?;
    let was = Was::of(&site, &by, asked.was.as_deref(), frame.lang).await;
    Ok(Showing { site: &site, frame: &frame, by: &by, read: &read }.page(
        (was, told(asked.told.as_deref(), frame.lang)),
        &Faults::NONE,
        None,
    ))
}

/// What an address says was done.
fn told(word: Option<&str>, lang: Lang) -> Option<&'static str> {
    let w = words::words(lang);
    match word? {
        "saved" => Some(w.saved),
        "sms" => Some(w.sms_done),
        _ => None,
    }
}

/// A page that is made.
pub(super) struct Showing<'a> {
    pub(super) site: &'a Site,
    pub(super) frame: &'a Frame,
    pub(super) by: &'a Principal,
    pub(super) read: &'a Read,
}

impl Showing<'_> {
    /// The page again, with what is wrong with what was sent.
    pub(super) fn again(&self, faults: &Faults<'_>, typed: Option<&Filled>) -> Response {
        self.page((None, None), faults, typed)
    }

    fn page(
        &self,
        (was, told): (Option<Was>, Option<&'static str>),
        faults: &Faults<'_>,
        typed: Option<&Filled>,
    ) -> Response {
        let (frame, lang, w) = (self.frame, self.frame.lang, words::words(self.frame.lang));
        let Read { seen: SeenOrder { account, order, .. }, looked, purpose, .. } = self.read;
        let now = self.site.desk.now();
        let deeds = self.deeds(now);
        let outcome = order.kind.outcome(order.state, order.stages.last().map(|stage| stage.by), lang);
        let waits = order.waiting.iter().map(|waiting| waiting.message(now, lang));
        let evidence = looked.as_ref().map(|looked| Evidence::of(looked, &self.read.faults, w, lang));
        let evidence = evidence.unwrap_or_else(Evidence::none);
        let may_read = frame.may(Right::ReadPersonalData) && order.form.is_some();
        let purposes = Purpose::ALL.iter().map(|purpose| (purpose.word(), purpose.label(lang)));
        let page = Page {
            f: frame,
            w,
            faults,
            was,
            told,
            id: order.id.to_string(),
            version: order.version,
            kind: order.kind.label(lang),
            state: order.state.label(lang),
            mood: mood(order.state),
            account: account.clone(),
            again: (order.round > 1).then(|| words::nth_time(order.round, lang)),
            lines: outcome.map(str::to_owned).into_iter().chain(waits).collect(),
            sheet: self.read.sheet(deeds.marks, typed, lang),
            evidence: Evidence { pictures: pictures(order, *purpose, lang), ..evidence },
            knows: looked.is_some(),
            is_erased: order.form.is_none(),
            purpose: purpose.map_or("", Purpose::word),
            purpose_label: purpose.map_or("", |purpose| purpose.label(lang)),
            usual: if order.state == Stands::Submitted { Purpose::Review } else { Purpose::Bureau }.word(),
            purposes: if may_read { purposes.collect() } else { Vec::new() },
            stages: order.stages.iter().rev().map(|stage| (minute(stage.at), stage.by.label(lang))).collect(),
            deeds,
        };
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        frame.shown(status, &format!("{} · {}", page.kind, page.state), &page)
    }

    fn deeds(&self, now: Timestamp) -> Deeds {
        let (frame, w, read) = (self.frame, words::words(self.frame.lang), self.read);
        let order = &read.seen.order;
        let can = read.can(frame, self.by);
        let (reviews, files) = (frame.may(Right::ReviewOrders), frame.may(Right::FileOrders));
        let may = |who: Who, by: Move| order.moves(who).any(|may| may == by);
        let mut deeds = Deeds {
            takes: can.contains(&Can::Claim),
            marks: can.contains(&Can::Remark) && order.form.is_some(),
            approves: may(Who::Reviewer, Move::Approve),
            sends: files && may(Who::Operator, Move::Send),
            confirms: files && may(Who::Operator, Move::ConfirmSms) && order.sms_at.is_none(),
            decides: files && may(Who::Operator, Move::File),
            ..Deeds::default()
        };
        let claimed = read.looked.as_ref().and_then(|looked| looked.claimed.as_ref());
        match claimed.filter(|(_, until)| *until > now) {
            Some((by, until)) if by == self.by.name() => {
                deeds.until = Some(words::yours(&minute(*until), frame.lang));
            }
            Some((by, until)) => deeds.why_not.push(words::another(by, &minute(*until), frame.lang)),
            None => {}
        }
        let (for_review, for_bureau) =
            (order.state == Stands::Submitted, matches!(order.state, Stands::Approved | Stands::AtBureau));
        if for_review && !reviews {
            deeds.why_not.push(w.for_reviewers.to_owned());
        }
        if for_bureau && !files {
            deeds.why_not.push(w.for_operators.to_owned());
        }
        if !for_review && !for_bureau {
            deeds.why_not.push(words::not_here(order.state.label(frame.lang), frame.lang));
        }
        if deeds.marks && deeds.approves && read.faults.iter().any(FaultBody::stops) {
            deeds.why_not.push(w.faults_stop.to_owned());
        }
        deeds
    }
}

/// The purpose as an address carries it on: nothing, or `?purpose=review`.
pub(super) fn carried(purpose: Option<Purpose>) -> String {
    purpose.map_or_else(String::new, |purpose| format!("?purpose={}", purpose.word()))
}
