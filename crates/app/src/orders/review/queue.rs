//! The queue of the reviewers: what waits for review, nearest deadline first.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::moment,
};
use filing::orders::{Kind, State};
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
    /// When it should have been looked at.
    pub due_at: Option<Timestamp>,
    /// Who has claimed it, and until when.
    pub claimed: Option<(String, Timestamp)>,
}

impl Desk {
    /// The orders in a state behind the deadline and order `after`, nearest deadline first, no more than `most` and
    /// [`MOST_QUEUED`].
    pub async fn order_queue(
        &self,
        state: State,
        after: Option<(Timestamp, OrderId)>,
        most: u32,
    ) -> Result<Vec<Queued>, DeskError> {
        let nil = OrderId::new(Uuid::nil());
        let after = after.map_or((i64::MIN, nil), |(due, id)| (due.as_microsecond(), id));
        let most = most.min(MOST_QUEUED).into();
        self.read(|_| Ok(List { state, after, most })).await
    }
}

struct List {
    state: State,
    after: (i64, OrderId),
    most: i64,
}

impl Unit for List {
    type Output = Vec<Queued>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Queued>, Self::Error> {
        let found = orders::in_state(tx, self.state, self.after, self.most).await?;
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
        due_at: order.due_at.map(moment),
        claimed: order.claimed.map(|(by, until)| (by, moment(until))),
    }
}
