//! The queue of the reviewers: what waits for review, nearest deadline first.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::{course, moment},
};
use filing::orders::{Kind, State, Waiting};
use jiff::Timestamp;
use store::{OrderId, Tx, Unit, orders};
use uuid::Uuid;

/// How many orders a page of the queue has at most.
pub const MOST_QUEUED: u32 = 200;

/// An order in the queue. Nothing of what is filled in is told before somebody claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its id.
    pub id: OrderId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// How often it was submitted.
    pub round: i64,
    /// Since when it waits.
    pub since: Timestamp,
    /// What it waits for, and by when as far as the working days are known today.
    pub waiting: Vec<Waiting>,
    /// The deadline by which it is queued, as it was known when the order came to stand here.
    pub due_at: Option<Timestamp>,
    /// Who has claimed it, and until when.
    pub claimed: Option<(String, Timestamp)>,
}

impl Desk {
    /// The orders in a state behind the deadline and order `after`, nearest deadline first and those of which none is known last,
    /// no more than `most` and [`MOST_QUEUED`].
    pub async fn order_queue(
        &self,
        state: State,
        after: Option<(Option<Timestamp>, OrderId)>,
        most: u32,
    ) -> Result<Vec<Queued>, DeskError> {
        let after = place(after);
        let most = most.min(MOST_QUEUED).into();
        self.read(|_| Ok(List { state, kind: None, after, most })).await
    }
}

/// Behind what the queue is read: its beginning, or a deadline and an order.
pub(super) fn place(after: Option<(Option<Timestamp>, OrderId)>) -> (Option<i64>, OrderId) {
    let first = (Some(i64::MIN), OrderId::new(Uuid::nil()));
    after.map_or(first, |(due, id)| (due.map(Timestamp::as_microsecond), id))
}

/// A part of the queue.
pub(super) struct List {
    pub(super) state: State,
    /// Of which kind alone.
    pub(super) kind: Option<Kind>,
    pub(super) after: (Option<i64>, OrderId),
    pub(super) most: i64,
}

impl Unit for List {
    type Output = Vec<Queued>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Queued>, Self::Error> {
        Ok(self.rows(tx).await?.into_iter().map(queued).collect())
    }
}

impl List {
    /// The orders as they are stored.
    pub(super) async fn rows(&self, tx: &mut Tx<'_>) -> Result<Vec<orders::Order>, DeskError> {
        let (due, id) = self.after;
        let (mut found, after) = match due {
            None => (Vec::new(), id),
            Some(due) => {
                let dated = orders::in_state(tx, (self.state, self.kind), (due, id), self.most).await?;
                (dated, OrderId::new(Uuid::nil()))
            }
        };
        let room = self.most.saturating_sub(i64::try_from(found.len()).unwrap_or(i64::MAX));
        if room > 0 {
            found.extend(orders::undated_in_state(tx, (self.state, self.kind), after, room).await?);
        }
        Ok(found)
    }
}

/// An order of the queue.
pub(super) fn queued(order: orders::Order) -> Queued {
    Queued {
        id: order.id,
        kind: order.kind,
        state: order.state,
        round: order.round,
        since: moment(order.since_at),
        waiting: course::of(&order),
        due_at: order.due_at.map(moment),
        claimed: order.claimed.map(|(by, until)| (by, moment(until))),
    }
}
