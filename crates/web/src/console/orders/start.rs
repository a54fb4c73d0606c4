//! `/orders/new`: what is to be done, and an order is opened for it; from the page of a filing number, about that number.

use super::{
    to_order,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnOrders},
    console::{Frame, field::Faults, filled::Filled, told::to},
    idempotency::soon,
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::{Asker, orders::OpenOrder, registry::NumberFault};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use filing::{
    orders::{Kind, Target},
    registry::Machine,
};
use rulebook::Lang;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "orders/start.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    kinds: Vec<(&'static str, &'static str, &'static str)>,
    /// What is chosen already, where a link says so.
    chosen: &'static str,
    /// The filing number from which the order is begun.
    number: Option<&'p str>,
}

/// What a link says is to be done, and about which filing number.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    kind: Option<String>,
    number: Option<String>,
}

/// A filing number of the account's, from which an order is begun.
struct About {
    number: String,
    machine: Machine,
}

impl About {
    /// The number as it was typed; `None` where none was.
    async fn typed(site: &Site, asker: &Asker, typed: &str, lang: Lang) -> Result<Option<Self>, Problem> {
        if typed.is_empty() {
            return Ok(None);
        }
        let found = site.desk.own_number(asker, typed).await.or_told(lang)?;
        let found = found.ok_or_else(|| NumberFault::Unknown.problem(lang))?;
        Ok(Some(Self { number: found.short.number, machine: found.short.machine }))
    }

    /// Whether orders of that kind can start from it: from a website also those about its subject, but the one that ends all of its websites.
    fn suits(&self, kind: Kind) -> bool {
        match kind.needs().target {
            Target::Nothing => false,
            Target::Subject => kind != Kind::CancelSubject || self.machine == Machine::Subject,
            Target::Website => self.machine == Machine::Website,
        }
    }
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Query(Wanted { kind, number }): Query<Wanted>,
) -> Result<Response, Problem> {
    let chosen = kind.as_deref().and_then(Kind::from_word);
    let number = number.unwrap_or_default();
    let from = About::typed(&site, &asker, number.trim(), frame.lang).await?;
    Ok(shown(&frame, StatusCode::OK, &Faults::NONE, chosen, from.as_ref()))
}

fn shown(
    frame: &Frame,
    status: StatusCode,
    faults: &Faults<'_>,
    chosen: Option<Kind>,
    from: Option<&About>,
) -> Response {
    let chosen = chosen.map(Kind::word).unwrap_or_default();
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let kinds = Kind::ALL.into_iter().filter(|kind| from.is_none_or(|from| from.suits(*kind)));
    let kinds = kinds.map(|kind| (kind.word(), kind.label(lang), words::about(kind, lang))).collect();
    let number = from.map(|from| from.number.as_str());
    frame.shown(status, w.what, &Page { f: frame, w, faults, kinds, chosen, number })
}

/// An order is opened.
pub(super) async fn start(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let from = About::typed(&site, &asker, filled.text("number"), lang).await?;
    let kind = Kind::from_word(filled.text("kind"));
    let faulty =
        |faults: &Faults<'_>| shown(&frame, StatusCode::UNPROCESSABLE_ENTITY, faults, kind, from.as_ref());
    let suits = |kind: &Kind| from.as_ref().is_none_or(|from| from.suits(*kind));
    let Some(kind) = kind.filter(suits) else {
        return Ok(faulty(&Faults::one("kind", w.what_missing)));
    };
    let key = filled.key();
    let ask = OpenOrder { asker, kind, from: from.as_ref().map(|from| from.number.clone()) };
    let desk = site.desk.clone();
    match soon(lang, true, async move { desk.open_order(ask, key).await.or_told(lang) }).await {
        Ok(told) if from.is_some() => Ok(to(&format!("/orders/{}?begun=yes", told.answer.order))),
        Ok(told) => Ok(to_order(told.answer.order)),
        Err(problem) if problem.kind().status().is_server_error() => Err(problem),
        Err(problem) => Ok(faulty(&Faults::of(&problem, |_| "kind"))),
    }
}
