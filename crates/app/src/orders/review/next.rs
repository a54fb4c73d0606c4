//! On to the next order: what a reviewer has claimed already, or the first that nobody looks at.

use super::{MOST_QUEUED, ReviewFault};
use crate::{
    Desk, Operator,
    failure::{DeskError, Failure},
};
use filing::orders::State;
use store::OrderId;

impl Desk {
    /// Claims the next order for a reviewer, and says which; `None` where nothing waits that is not looked at by others. What he has
    /// claimed already comes first, so that whoever asks twice is given no second one. Behind `after`, where he puts that one off, what
    /// stands in front of it is left alone.
    pub async fn claim_next_order(
        &self,
        reviewer: &Operator,
        after: Option<OrderId>,
    ) -> Result<Option<OrderId>, Failure<ReviewFault>> {
        let queue = self.order_queue(State::Submitted, None, MOST_QUEUED).await.map_err(of_desk)?;
        let now = self.now();
        let held_by = |claimed: &Option<(String, _)>| {
            claimed.as_ref().filter(|(_, until)| *until > now).map(|(by, _)| by.clone())
        };
        let behind = after.and_then(|after| queue.iter().position(|queued| queued.id == after));
        let ahead: Vec<_> = match behind {
            Some(at) => queue.iter().skip(at.saturating_add(1)).collect(),
            None => queue.iter().collect(),
        };
        let his =
            ahead.iter().filter(|queued| held_by(&queued.claimed).as_deref() == Some(reviewer.as_str()));
        let free = ahead.iter().filter(|queued| held_by(&queued.claimed).is_none());
        for queued in his.chain(free) {
            match self.claim_order(reviewer, queued.id).await {
                Ok(_) => return Ok(Some(queued.id)),
                // Somebody was quicker, or it moved on meanwhile.
                Err(Failure::Because(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(None)
    }
}

fn of_desk(error: DeskError) -> Failure<ReviewFault> {
    error.into()
}
