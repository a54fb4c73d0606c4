//! `GET /api/v1/review/orders`: what waits for review, a page at a time.

use crate::{
    answer::time,
    api::{
        orders::{
            shapes::{ClaimBody, WaitingBody},
            words::{OrderKind, OrderState},
        },
        page::{Page, PageAsked},
    },
    body::Query,
    caller::{May, ReviewOrders},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::orders::{OrderId, review::Queued};
use axum::extract::State;
use filing::orders::State as OrderStands;
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// An order that waits. What is filled in is told of one alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueuedBody {
    /// Its id.
    id: String,
    /// What it asks for.
    #[schema(value_type = OrderKind)]
    kind: &'static str,
    /// Where it stands.
    #[schema(value_type = OrderState)]
    state: &'static str,
    /// How often it was submitted.
    round: i64,
    /// Since when it waits.
    #[schema(format = DateTime)]
    since: String,
    /// When its term ends; null where none is known, and `waiting` says why.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// What it waits for.
    waiting: Vec<WaitingBody>,
    /// Who has claimed it; null where nobody has now.
    claimed: Option<ClaimBody>,
    #[serde(skip)]
    cursor: Cursor,
}

impl QueuedBody {
    /// That order, at `now`.
    pub(crate) fn of(queued: Queued, now: Timestamp, lang: Lang) -> Self {
        let due_at = queued.waiting.iter().find_map(|waiting| waiting.until.end());
        Self {
            id: queued.id.to_string(),
            kind: queued.kind.word(),
            state: queued.state.word(),
            round: queued.round,
            since: time(queued.since),
            due_at: due_at.map(time),
            waiting: queued.waiting.iter().map(|waiting| WaitingBody::of(waiting, now, lang)).collect(),
            claimed: queued.claimed.filter(|(_, until)| *until > now).map(ClaimBody::of),
            cursor: Cursor(queued.due_at, queued.id),
        }
    }

    /// Behind which the next page begins.
    pub(crate) fn cursor(&self) -> String {
        self.cursor.to_string()
    }
}

/// A place in the queue: a deadline and an order, `1604192400000000.01929b3e-…`, or `-.01929b3e-…` where none is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor(pub(crate) Option<Timestamp>, pub(crate) OrderId);

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (due, id) = text.split_once('.').ok_or(())?;
        let at = |due: &str| Timestamp::from_microsecond(due.parse().ok()?).ok();
        let due = if due == "-" { None } else { Some(at(due).ok_or(())?) };
        Ok(Self(due, id.parse().map_err(|_| ())?))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(due, id) = self;
        match due {
            Some(due) => write!(f, "{}.{id}", due.as_microsecond()),
            None => write!(f, "-.{id}"),
        }
    }
}

/// What waits for review
///
/// Nearest deadline first. An order that somebody has claimed is in it, with his name.
#[utoipa::path(
    get,
    path = "/api/v1/review/orders",
    tag = "review",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of orders", body = Page<QueuedBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["review-orders"])),
)]
pub(crate) async fn list_orders_to_review(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ReviewOrders>,
    Query(page): Query<PageAsked>,
) -> Result<Page<QueuedBody>, Problem> {
    let (after, paged) = (page.after(lang)?.map(|Cursor(due, id)| (due, id)), page.paged(lang));
    let found = site.desk.order_queue(OrderStands::Submitted, after, paged.most() + 1).await.or_told(lang)?;
    let now = site.desk.now();
    let orders = found.into_iter().map(|queued| QueuedBody::of(queued, now, lang)).collect();
    Ok(paged.of(orders, "/api/v1/review/orders", QueuedBody::cursor))
}
