//! `/review`: orders as staff sees them, from the queue of the reviewers to the answer of the bureau. Everything is done with forms, so
//! that a keyboard is enough.
//!
//! `queue` is the list, `one` an order with what its reviewer needs beside it: `sheet` what was filled in, field by field with its mark,
//! `evidence` what the desk knows. `decide` and `preview` are what a reviewer does, `bureau` what an operator does.

mod ages;
mod bureau;
mod decide;
mod en;
mod evidence;
mod marks;
mod one;
mod pictures;
mod preview;
mod queue;
mod sheet;
mod summary;
mod words;
mod zh;

use super::{field::Faults, told::to};
use crate::{
    problem::{Fault as _, Kind, OrTold, Problem},
    site::Site,
};
use app::{
    Operator,
    access::Principal,
    orders::{OrderFault, OrderId},
};
use axum::{
    Router,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use filing::orders::State as Stands;
use rulebook::Lang;

/// The pages of staff about orders.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/review", get(queue::queue))
        .route("/review/export", get(queue::export))
        .route("/review/next", post(decide::next))
        .route("/review/{id}", get(one::one).post(decide::decide))
        .route("/review/{id}/take", post(decide::take))
        .route("/review/{id}/release", post(decide::release))
        .route("/review/{id}/return", get(preview::page).post(preview::decide))
        .route("/review/{id}/pictures/{picture}", get(pictures::picture))
        .route("/review/{id}/summary", get(summary::summary))
        .route("/review/{id}/send", post(bureau::send))
        .route("/review/{id}/sms", post(bureau::confirm_sms))
        .route("/review/{id}/file", get(bureau::ask_to_file).post(bureau::file))
        .route("/review/{id}/reject", get(bureau::ask_to_reject).post(bureau::reject))
}

/// The order whose id stands in the path. What is no id names no order.
fn named(id: &str, lang: Lang) -> Result<OrderId, Problem> {
    id.parse().map_err(|_| OrderFault::Unknown.problem(lang))
}

/// How a state looks to staff: what waits for them stands out.
const fn mood(state: Stands) -> &'static str {
    match state {
        Stands::Submitted => "open",
        Stands::Approved | Stands::Filed => "good",
        Stands::Returned | Stands::Rejected => "bad",
        Stands::Draft | Stands::AtBureau | Stands::Withdrawn => "calm",
    }
}

/// To the next order of the reviewer, or to the queue where nothing waits for him; either says what became of `was`.
async fn onward(site: &Site, reviewer: &Operator, was: OrderId, lang: Lang) -> Result<Response, Problem> {
    let next = site.desk.claim_next_order(reviewer, None).await.or_told(lang)?;
    Ok(to(&match next {
        Some(next) => format!("/review/{next}?was={was}"),
        None => format!("/review?was={was}"),
    }))
}

/// What became of the order before, for the top of the page that follows.
struct Was {
    id: String,
    kind: &'static str,
    state: &'static str,
    mood: &'static str,
}

impl Was {
    /// Of the order that an address names; nothing where it names none.
    async fn of(site: &Site, by: &Principal, id: Option<&str>, lang: Lang) -> Option<Self> {
        let id = id?.parse().ok()?;
        let seen = site.desk.order_for(by, id, None).await.ok()?;
        let (kind, state) = (seen.order.kind, seen.order.state);
        Some(Self { id: id.to_string(), kind: kind.label(lang), state: state.label(lang), mood: mood(state) })
    }
}

/// What stands in the way of something, to be told at the form; anything else that went wrong is a page of its own.
fn refused<'p>(problem: Problem, changed: &str) -> Result<Faults<'p>, Problem> {
    match problem.kind().status() {
        _ if problem.is(Kind::Changed) => Ok(Faults::one("", changed)),
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => Ok(Faults::of(&problem, |_| "")),
        _ => Err(problem),
    }
}
