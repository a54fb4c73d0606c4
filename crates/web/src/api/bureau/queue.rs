//! `GET /api/v1/bureau/orders`: what is to be handed to the bureau, or what it has, a page at a time.

use crate::{
    api::{
        page::{Page, Paged},
        review::{Cursor, QueuedBody},
    },
    body::Query,
    caller::{FileOrders, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use axum::extract::State;
use filing::orders::State as OrderStands;
use rulebook::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<String>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Those that are to be handed over (`approved`), or those that the bureau has (`at-bureau`).
    #[param(default = "approved", example = "at-bureau")]
    state: Option<String>,
}

/// Where orders stand that operators see to.
const STATES: [OrderStands; 2] = [OrderStands::Approved, OrderStands::AtBureau];

impl Which {
    fn after(&self, lang: Lang) -> Result<Option<Cursor>, Problem> {
        let read = self.cursor.as_deref().map(str::parse).transpose();
        read.map_err(|()| Problem::new(Kind::Unreadable, lang).saying(Say::BadCursor.to_text(lang)))
    }

    fn state(&self, lang: Lang) -> Result<OrderStands, Problem> {
        let Some(word) = self.state.as_deref() else { return Ok(OrderStands::Approved) };
        STATES.into_iter().find(|state| state.word() == word).ok_or_else(|| {
            let words = STATES.map(OrderStands::word);
            let [message, suggestion] =
                [Say::NoSuchWord, Say::OneOf { words: &words }].map(|say| say.to_text(lang));
            Problem::new(Kind::Unreadable, lang).with("state", "no-such-word", message, suggestion)
        })
    }
}

/// Orders for the bureau
///
/// Those that passed the review and are to be handed over, or those that the bureau has: nearest deadline first.
#[utoipa::path(
    get,
    path = "/api/v1/bureau/orders",
    tag = "bureau",
    params(Which),
    responses(
        (status = 200, description = "A page of orders", body = Page<QueuedBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["file-orders"])),
)]
pub(crate) async fn list_orders_for_bureau(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<FileOrders>,
    Query(which): Query<Which>,
) -> Result<Page<QueuedBody>, Problem> {
    let (after, state) = (which.after(lang)?.map(|Cursor(due, id)| (due, id)), which.state(lang)?);
    let paged = Paged::new(which.limit, lang);
    let mut found = site.desk.order_queue(state, after, paged.most() + 1).await.or_told(lang)?;
    let more = found.len() > paged.most() as usize;
    found.truncate(paged.most() as usize);
    let now = site.desk.now();
    let orders: Vec<_> = found.into_iter().map(|queued| QueuedBody::of(queued, now, lang)).collect();
    let next = orders.last().filter(|_| more).map(QueuedBody::cursor);
    Ok(paged.going_on(orders, next, "/api/v1/bureau/orders", &[("state", state.word().to_owned())]))
}
