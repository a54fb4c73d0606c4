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
        let first = (Some(i64::MIN), OrderId::new(Uuid::nil()));
        let after = after.map_or(first, |(due, id)| (due.map(Timestamp::as_microsecond), id));
        let most = most.min(MOST_QUEUED).into();
        self.read(|_| Ok(List { state, after, most })).await
    }
}

struct List {
    state: State,
    after: (Option<i64>, OrderId),
    most: i64,
}

impl Unit for List {
    type Output = Vec<Queued>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Queued>, Self::Error> {
        let (due, id) = self.after;
        let (mut found, after) = match due {
            None => (Vec::new(), id),
            Some(due) => {
                let dated = orders::in_state(tx, self.state, (due, id), self.most).await?;
                (dated, OrderId::new(Uuid::nil()))
            }
        };
        let room = self.most.saturating_sub(i64::try_from(found.len()).unwrap_or(i64::MAX));
        if room > 0 {
            found.extend(orders::undated_in_state(tx, self.state, after, room).await?);
        }
        Ok(found.into_iter().map(queued).collect())
    }
}

fn queued(order: orders::Order) -> Queued {
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
