//! `/why-not`: why a customer cannot go on, for support: one box, the very words that the customer sees, and all that they rest on. What
//! is looked up stands in the address, so that it can be handed on; what may be a service code does not, and is sent instead.

mod seen;
mod words;

use super::{
    field::{Faults, Field},
    filled::Filled,
    frame::Frame,
    told::to,
};
use crate::{
    caller::{LookUp, May},
    moment::moment,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::{
    access::Principal,
    why_not::{WhyNot, WhyNotAsked},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::codes::{Reader, ServiceCode};
use rulebook::{Lang, half_width};
use seen::{CodeView, EntryView, InstanceView, NumberView, OrderView};
use serde::Deserialize;
use url::form_urlencoded;
use words::Words;

/// Symbols that may be missing from a code, or be too many, so that it is still taken for one.
const NEARLY: usize = 3;
/// Symbols of a group of a code.
const GROUP: usize = 5;

/// What is looked up.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    at: String,
}

#[derive(Template)]
#[template(path = "why_not/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    q: Field<'p>,
    at: Field<'p>,
    /// That nothing was found, and what was understood.
    unknown: Option<String>,
    found: Option<Found>,
}

/// What was found.
struct Found {
    /// As what it was understood.
    title: String,
    copies: Vec<Copy>,
    instance: Option<InstanceView>,
    codes: Vec<CodeView>,
    more_codes: bool,
    instances: Vec<(String, String, &'static str)>,
    more_instances: bool,
    number: Option<NumberView>,
    order: Option<OrderView>,
    entries: Vec<EntryView>,
    more_entries: bool,
}

/// A text for the customer, in the language of the page and in the other one.
struct Copy {
    /// Under which it is copied.
    id: &'static str,
    /// For whom it is.
    name: &'static str,
    texts: [Text; 2],
}

/// A text in one language.
struct Text {
    tag: &'static str,
    says: String,
}

impl Copy {
    fn of(id: &'static str, name: &'static str, lang: Lang, says: impl Fn(Lang) -> String) -> Self {
        let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
        Self { id, name, texts: [lang, other].map(|lang| Text { tag: lang.bcp47(), says: says(lang) }) }
    }
}

/// The box, and what was found.
pub(crate) async fn page(
    State(site): State<Site>,
    May(by, _): May<LookUp>,
    frame: Frame,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    if wanted.q.trim().is_empty() {
        return Ok(shown(&frame, StatusCode::OK, &Faults::NONE, &wanted, None, None));
    }
    looked_up(&site, &frame, by, wanted).await
}

/// Looks up what was typed. What cannot be a code is looked up at its own address.
pub(crate) async fn look(
    State(site): State<Site>,
    May(by, _): May<LookUp>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let text = |name| filled.text(name).to_owned();
    let wanted = Wanted { q: text("q"), at: text("at") };
    if wanted.q.is_empty() {
        let faults = Faults::one("q", words::words(frame.lang).nothing);
        return Ok(shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, &faults, &wanted, None, None));
    }
    if may_be_code(&wanted.q) {
        looked_up(&site, &frame, by, wanted).await
    } else {
        Ok(to(&wanted.address()))
    }
}

impl Wanted {
    /// Where that is looked up.
    fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.q);
        if !self.at.is_empty() {
            query.append_pair("at", &self.at);
        }
        format!("/why-not?{}", query.finish())
    }
}

/// Whether somebody may have meant a code, well typed or not: by the number of its symbols and by their groups.
fn may_be_code(typed: &str) -> bool {
    let narrow: String = typed.chars().map(half_width).collect();
    let groups: Vec<_> = narrow.split(|found: char| found == '-' || found.is_whitespace()).collect();
    let groups: Vec<_> = groups.into_iter().filter(|group| !group.is_empty()).collect();
    let symbols = groups.iter().map(|group| group.chars().count()).sum::<usize>();
    let plain = groups.iter().all(|group| group.chars().all(|found| found.is_ascii_alphanumeric()));
    let in_groups = groups.len() == 1 || groups.iter().filter(|group| group.len() == GROUP).count() > 1;
    let nearly = plain && in_groups && symbols.abs_diff(ServiceCode::SYMBOLS) <= NEARLY;
    nearly || ServiceCode::parse(typed).is_ok()
}

async fn looked_up(site: &Site, frame: &Frame, by: Principal, wanted: Wanted) -> Result<Response, Problem> {
    let lang = frame.lang;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let day: String = wanted.at.chars().map(half_width).collect();
    let day = Some(day.trim()).filter(|day| !day.is_empty());
    let at = match moment(day, "at", Kind::Invalid, lang) {
        Ok(at) => at,
        Err(problem) => {
            let faults = Faults::of(&problem, |_| "at");
            return Ok(shown(frame, wrong, &faults, &wanted, None, None));
        }
    };
    let ask = WhyNotAsked { by, what: wanted.q.clone(), at, edition: None };
    let found = site.desk.why_not(ask).await.or_told(lang)?;
    // A code is not shown again.
    let secret = match &found {
        WhyNot::Code(..) => true,
        WhyNot::Unknown(_) => may_be_code(&wanted.q),
        _ => false,
    };
    let wanted = if secret { Wanted { q: String::new(), ..wanted } } else { wanted };
    if let WhyNot::Unknown(unknown) = &found {
        let said = Some(unknown.message(lang));
        return Ok(shown(frame, StatusCode::NOT_FOUND, &Faults::NONE, &wanted, said, None));
    }
    let found = Found::of(&found, site, lang);
    Ok(shown(frame, StatusCode::OK, &Faults::NONE, &wanted, None, Some(found)))
}

fn shown(
    frame: &Frame,
    status: StatusCode,
    faults: &Faults<'_>,
    wanted: &Wanted,
    unknown: Option<String>,
    found: Option<Found>,
) -> Response {
    let w = words::words(frame.lang);
    let field =
        |name, label, hint, value: &str| Field::new(name, label).hinted(hint).valued(value).faulted(faults);
    let title = found.as_ref().map_or_else(|| w.title.to_owned(), |found| found.title.clone());
    let page = Page {
        f: frame,
        w,
        faults,
        q: field("q", w.q, w.q_hint, &wanted.q),
        at: field("at", w.at, w.at_hint, &wanted.at),
        unknown,
        found,
    };
    frame.shown(status, &title, &page)
}

impl Found {
    fn of(found: &WhyNot, site: &Site, lang: Lang) -> Self {
        let (w, now) = (words::words(lang), site.desk.now());
        let nothing = |title, copies| Self {
            title,
            copies,
            instance: None,
            codes: Vec::new(),
            more_codes: false,
            instances: Vec::new(),
            more_instances: false,
            number: None,
            order: None,
            entries: Vec::new(),
            more_entries: false,
        };
        match found {
            WhyNot::Instance(seen) => Self {
                instance: Some(InstanceView::of(seen, lang)),
                codes: seen.codes.iter().map(|code| CodeView::of(code, lang)).collect(),
                more_codes: seen.more_codes,
                entries: seen.entries.entries.iter().map(|entry| EntryView::of(entry, lang)).collect(),
                more_entries: seen.entries.more,
                ..nothing(
                    words::instance(seen.id(), lang),
                    vec![Copy::of("copy", w.for_customer, lang, |lang| seen.copy(lang))],
                )
            },
            WhyNot::Code(code, instance, entries) => {
                let copy = |id, name, reader| Copy::of(id, name, lang, |lang| code.copy(reader, lang));
                let owner = copy("copy", w.for_owner, Reader::Owner);
                let grantee = || copy("copy-grantee", w.for_grantee, Reader::Grantee);
                let copies = std::iter::once(owner).chain(code.granted_to.is_some().then(grantee)).collect();
                Self {
                    instance: instance.as_ref().map(|seen| InstanceView::of(seen, lang)),
                    codes: vec![CodeView::of(code, lang)],
                    entries: entries.entries.iter().map(|entry| EntryView::of(entry, lang)).collect(),
                    more_entries: entries.more,
                    ..nothing(words::code(&code.ending, lang), copies)
                }
            }
            WhyNot::Account(seen) => Self {
                instances: seen.instances.iter().map(|decided| seen::in_short(decided, lang)).collect(),
                more_instances: seen.more_instances,
                codes: seen.codes.iter().map(|code| CodeView::of(code, lang)).collect(),
                more_codes: seen.more_codes,
                ..nothing(
                    words::account(&seen.name, lang),
                    vec![Copy::of("copy", w.for_customer, lang, |lang| seen.copy(lang))],
                )
            },
            WhyNot::Number(seen) => Self {
                number: Some(NumberView::of(seen, lang)),
                ..nothing(
                    words::number(&seen.number.short.number, lang),
                    vec![Copy::of("copy", w.for_customer, lang, |lang| seen.copy(lang))],
                )
            },
            WhyNot::Domain(domain, seen) => Self {
                number: seen.as_ref().map(|seen| NumberView::of(seen, lang)),
                ..nothing(
                    words::domain(&domain.domain, lang),
                    vec![Copy::of("copy", w.for_customer, lang, |lang| domain.copy(seen.as_deref(), lang))],
                )
            },
            WhyNot::Order(seen) => Self {
                order: Some(OrderView::of(seen, lang)),
                ..nothing(
                    words::order(&seen.order.id.to_string(), lang),
                    vec![Copy::of("copy", w.for_customer, lang, |lang| seen.copy(now, lang))],
                )
            },
            WhyNot::Unknown(_) => nothing(w.title.to_owned(), Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_may_be_a_code_never_stands_in_an_address() {
        for (typed, code) in [
            ("7ZQ4M-2X9K1-C8V5T-3B6NZ", true),
            ("7zq4m 2x9k1 c8v5t 3b6nz", true),
            ("７ＺＱ４Ｍ－２Ｘ９Ｋ１－Ｃ８Ｖ５Ｔ－３Ｂ６ＮＺ", true),
            ("7ZQ4M-2X9K1-C8V5T-3B6N", true),
            ("7ZQ4M2X9K1C8V5T3B6NZAB", true),
            ("7ZQ4 M2X9 K1C8 V5T3 B6NZ", true),
            ("7ZQ4M-2X9K1-C8V5T", false),
            ("i-bp1a2b3c4d5e6f7g8h9j", false),
            ("demo-swas-term-short", false),
            ("i-7", false),
            ("acc-7", false),
            ("www.example.cn", false),
            ("浙ICP备12345678号-1", false),
            ("01931f0e-0000-7000-8000-000000000001", false),
        ] {
            assert_eq!(may_be_code(typed), code, "{typed}");
        }
    }
}
