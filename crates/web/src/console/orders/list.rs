//! `/orders`: all orders of an account, newest first.

use super::words::{self, Words};
use crate::{
    caller::{Customer, OwnOrders},
    console::{
        Frame,
        export::{Export, Table, Wanted as Exported},
        shown::minute,
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::orders::{MOST_LISTED, Order};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::orders::State as Stands;
use rulebook::Lang;
use serde::Deserialize;

/// How many orders a page has.
const ON_A_PAGE: u32 = 50;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct Page {
    w: &'static Words,
    export: Export,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

struct Row {
    id: String,
    kind: &'static str,
    state: &'static str,
    mood: &'static str,
    next_step: String,
    changed: String,
}

/// How a state looks.
pub(super) const fn mood(state: Stands) -> &'static str {
    match state {
        Stands::Filed => "good",
        Stands::Returned | Stands::Rejected => "bad",
        Stands::Draft => "open",
        Stands::Submitted | Stands::Approved | Stands::AtBureau | Stands::Withdrawn => "calm",
    }
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Query(Wanted { cursor }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let is_first = cursor.is_none();
    let before = cursor.and_then(|cursor| cursor.parse().ok());
    let mut found = site.desk.my_orders(&asker, before, ON_A_PAGE + 1).await.or_told(lang)?;
    let more = found.len() > ON_A_PAGE as usize;
    found.truncate(ON_A_PAGE as usize);
    let next = found.last().filter(|_| more).map(|order| order.id.to_string());
    let now = site.desk.now();
    let rows = found.iter().map(|order| Row::of(order, now, lang)).collect();
    let export = Export::of("/orders/export", lang);
    Ok(frame.page(w.orders, &Page { w, export, rows, is_first, next }))
}

/// The list as a file.
pub(super) async fn export(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let now = site.desk.now();
    let mut table = Table::new("orders", &[w.reference, w.order, w.state, w.next_step, w.changed]);
    let mut before = None;
    while !table.is_cut() {
        let found = site.desk.my_orders(&asker, before, MOST_LISTED).await.or_told(lang)?;
        let Some(last) = found.last() else { break };
        before = Some(last.id);
        for order in &found {
            let Row { id, kind, state, next_step, changed, .. } = Row::of(order, now, lang);
            table.row([id, kind.to_owned(), state.to_owned(), next_step, changed]);
        }
    }
    table.answer(&wanted, &site, lang).await
}

impl Row {
    fn of(order: &Order, now: jiff::Timestamp, lang: Lang) -> Self {
        let waits = order.waiting.first().map(|waiting| waiting.message(now, lang));
        let outcome = order.kind.outcome(order.state, order.stages.last().map(|stage| stage.by), lang);
        Self {
            id: order.id.to_string(),
            kind: order.kind.label(lang),
            state: words::state(order.kind, order.state, lang),
            mood: mood(order.state),
            next_step: waits.or(outcome.map(str::to_owned)).unwrap_or_default(),
            changed: minute(order.changed_at, lang),
        }
    }
}
