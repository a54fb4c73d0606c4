//! `/gate`: may this name be served here now (放行)? The page that asks, and what operators decide by themselves: the white list and the
//! addresses of the provider's own.

mod ask;
mod ranges;
mod typed;
mod windows;

use super::{ledger, shown::minute};
use crate::site::Site;
use app::{
    gate::{Answer, Why},
    registry::Served,
};
use axum::{Router, routing::get};
use filing::registry::{NotServed, Serving};
use jiff::Timestamp;
use rulebook::Lang;

/// The pages of the gate.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/gate", get(ask::page))
        .route("/gate/windows", get(windows::list::page))
        .route("/gate/windows/new", get(windows::add::page).post(windows::add::add))
        .route("/gate/windows/{id}", get(windows::one::page).post(windows::one::end))
        .route("/gate/ranges", get(ranges::list::page))
        .route("/gate/ranges/new", get(ranges::add::page).post(ranges::add::add))
        .route("/gate/ranges/remove", get(ranges::remove::page).post(ranges::remove::remove))
}

/// Why a name is served, or not, as people are told. Of a domain of which nothing else is known the gate does not know that it is on the
/// blacklist, and says that it is not filed: whoever would white-list it is told at once.
fn why<'a>(answer: Answer<'a>, known: &Served) -> Why<'a> {
    let is_listed = known.serving == Serving::MayNot(NotServed::Listed);
    if is_listed && !answer.serve { Why::Listed } else { answer.why }
}

/// Who did something, and when.
fn who_when(named: &str, at: Timestamp, lang: Lang) -> String {
    let (who, when) = (by(named, lang), minute(at, lang));
    match lang {
        Lang::Zh => format!("{who}，{when}"),
        Lang::En => format!("{who}, {when}"),
    }
}

/// Who did it, as the rows of the gate name him.
fn by(named: &str, lang: Lang) -> String {
    let (kind, name) = named.split_once(':').unwrap_or((named, ""));
    ledger::actor(kind, name, lang)
}
