//! `/gate`: whether a name may be served here now, why, as of when, and what to do where it may not. What is asked stands in the address,
//! so that it can be handed on.

mod words;

use super::typed::{address, host};
use crate::{
    caller::{AskGate, May},
    console::{
        field::{Faults, Field},
        frame::Frame,
        shown::minute,
    },
    gate::{loading as being_loaded, reason},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{
    access::Right,
    gate::{Standing, WhenStale, Why, WindowLine},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::{checks::domain_shown, registry::NotServed};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use words::Words;

/// What is asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
}

#[derive(Template)]
#[template(path = "gate/ask/page.html")]
struct Page<'p> {
    w: &'static Words,
    f: &'p Frame,
    faults: Faults<'p>,
    field: Field<'p>,
    keeps: bool,
    answer: Option<Told>,
}

/// An answer in words.
struct Told {
    name: String,
    mark: &'static str,
    mood: &'static str,
    why: String,
    /// Beside what it is told: how that is called, what it is, and the page of it.
    facts: Vec<(&'static str, String, Option<String>)>,
    /// What to do, and where.
    to_do: Vec<(String, Option<(&'static str, String)>)>,
    /// What the white list has of the domain: how it stands, until when, why, and its page.
    windows: Vec<[String; 4]>,
}

/// The question, and its answer.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<AskGate>,
    frame: Frame,
    Query(Wanted { q }): Query<Wanted>,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let typed = q.as_deref().unwrap_or_default().trim();
    let name = host(typed);
    let faults = match &q {
        Some(_) if name.is_empty() => Faults::one("q", w.nothing),
        _ => Faults::NONE,
    };
    let standing = site.desk.gate_standing();
    let (status, answer) = match (q.is_some() && faults.is_empty(), standing) {
        (false, _) if faults.is_empty() => (StatusCode::OK, None),
        (false, _) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        (true, None) => (StatusCode::SERVICE_UNAVAILABLE, Some(loading(name, frame.lang))),
        (true, Some(standing)) => {
            let asked = Asked { site: &site, frame: &frame, standing: &standing, now: site.desk.now() };
            (StatusCode::OK, Some(asked.told(name).await?))
        }
    };
    let field = Field::new("q", w.name).hinted(w.name_hint).valued(typed).faulted(&faults);
    let keeps = frame.may(Right::ManageGate);
    let title =
        answer.as_ref().map_or_else(|| w.title.to_owned(), |told| format!("{} {}", told.name, told.mark));
    Ok(frame.shown(status, &title, &Page { w, f: &frame, faults, field, keeps, answer }))
}

/// Nothing is known yet.
fn loading(name: String, lang: Lang) -> Told {
    let (mark, mood, why) = (words::words(lang).unknown, "open", being_loaded(lang).to_owned());
    Told { name, mark, mood, why, facts: Vec::new(), to_do: Vec::new(), windows: Vec::new() }
}

struct Asked<'p> {
    site: &'p Site,
    frame: &'p Frame,
    standing: &'p Standing,
    now: Timestamp,
}

impl Asked<'_> {
    async fn told(&self, name: String) -> Result<Told, Problem> {
        let (lang, w) = (self.frame.lang, words::words(self.frame.lang));
        let answer = self.standing.answer(&name, self.now);
        let known = self.site.desk.may_serve(&name).await.or_told(lang)?;
        let because = super::why(answer, &known);
        let (mark, mood) = match because {
            Why::Stale(WhenStale::Open) => (w.served, "open"),
            _ if answer.serve => (w.served, "good"),
            _ => (w.not_served, "bad"),
        };
        let is_address = address(&name).is_some();
        let why = match because {
            Why::NoDomain if is_address => w.in_no_range.to_owned(),
            why => reason(why, lang),
        };
        let mut facts = Vec::new();
        if let Some(domain) = &known.domain {
            facts.push((w.registrable, words::both_forms(&domain_shown(domain), domain, lang), None));
        } else if is_address {
            facts.push((w.judged_by, w.by_ranges.to_owned(), None));
        }
        if let Why::WhiteListed { until, .. } = because {
            facts.push((w.until, until.map_or_else(|| w.no_end.to_owned(), |at| minute(at, lang)), None));
        }
        let mut to_do = Vec::new();
        if self.frame.may(Right::ReadNumbers) {
            to_do.extend(known.cancelled.map(|then| (then.message(lang), None)));
            facts.extend(known.number.map(|number| {
                let page = format!("/numbers/{}", byte_serialize(number.as_bytes()).collect::<String>());
                (w.number, number, Some(page))
            }));
            facts.extend(known.changed_at.map(|at| (w.changed, minute(at, lang), None)));
        }
        facts.push((w.as_of, words::as_of(self.standing.as_of(), self.now, lang), None));
        facts.push((w.position, words::position(self.standing.position().size, lang), None));
        to_do.extend(self.to_do(&name, because, is_address));
        let windows = self.windows(&name).await?;
        Ok(Told { name, mark, mood, why, facts, to_do, windows })
    }

    /// What to do about that answer.
    fn to_do(
        &self,
        name: &str,
        why: Why<'_>,
        is_address: bool,
    ) -> Vec<(String, Option<(&'static str, String)>)> {
        let (lang, w) = (self.frame.lang, words::words(self.frame.lang));
        let advice = |not: NotServed| (not.suggestion(lang).to_owned(), None);
        let named: String = byte_serialize(name.as_bytes()).collect();
        let keeps = self.frame.may(Right::ManageGate);
        let window = keeps.then(|| {
            (w.or_white_list.to_owned(), Some((w.white_list_it, format!("/gate/windows/new?names={named}"))))
        });
        let not = match why {
            Why::Filed | Why::WhiteListed { .. } | Why::AddressRange { .. } => return Vec::new(),
            Why::Stale(_) => {
                return vec![(w.when_stale.to_owned(), Some((w.see_status, "/status".to_owned())))];
            }
            Why::NoDomain if is_address => {
                let range =
                    (w.put_range.to_owned(), Some((w.put_it, format!("/gate/ranges/new?range={named}"))));
                return keeps.then_some(range).into_iter().collect();
            }
            Why::NoDomain => return vec![advice(NotServed::NoDomain)],
            Why::Listed => {
                let list = self.frame.may(Right::ProposeAndAgree);
                let link = list.then(|| (w.see_blacklist, "/blacklist".to_owned()));
                return vec![(w.when_listed.to_owned(), link)];
            }
            Why::NotHostedHere => NotServed::NotHostedHere,
            Why::Cancelled => NotServed::Cancelled,
            Why::NotFiled => NotServed::NotFiled,
        };
        std::iter::once(advice(not)).chain(window).collect()
    }

    /// What the white list has of it, for whoever keeps that.
    async fn windows(&self, name: &str) -> Result<Vec<[String; 4]>, Problem> {
        let lang = self.frame.lang;
        if !self.frame.may(Right::ManageGate) {
            return Ok(Vec::new());
        }
        let found = self.site.desk.gate_windows_of(name).await.or_told(lang)?;
        let told = |listed| {
            let line = WindowLine { listed, ended: None };
            let (stands, _) = super::windows::stands(line.stands(self.now), lang);
            let listed = line.listed;
            let time = super::windows::time(listed.from, listed.until, lang);
            [stands.to_owned(), time, listed.reason, format!("/gate/windows/{}", listed.id)]
        };
        Ok(found.into_iter().map(told).collect())
    }
}
