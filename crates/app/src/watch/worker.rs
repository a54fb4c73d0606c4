//! The workers that watch numbers, and drop accesses whose instances are no more.

use super::outside::Outside;
use crate::{Desk, Worker, failure::DeskError};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::StoreError;

/// When it looks again after the database failed, or whether something is to be dropped.
const LATER: SignedDuration = SignedDuration::from_mins(5);

/// Watches numbers, in rounds; and drops accesses once their days are over.
pub struct Watch {
    desk: Desk,
    outside: Arc<dyn Outside>,
}

impl Watch {
    /// Of that desk, which looks outside so.
    pub fn new(desk: Desk, outside: Arc<dyn Outside>) -> Self {
        Self { desk, outside }
    }

    async fn piece(&self) -> Result<Option<Timestamp>, DeskError> {
        let round = self.desk.watch_numbers(&*self.outside).await?;
        if round.next.is_some() {
            self.desk.drop_ended_accesses().await?;
        }
        Ok(round.next)
    }
}

impl Worker for Watch {
    fn name(&self) -> &'static str {
        "watch"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        let later = now.saturating_add(LATER).unwrap_or(Timestamp::MAX);
        if self.desk.conflict().is_some() {
            return Some(later);
        }
        match self.piece().await {
            Ok(next) => Some(next.unwrap_or(now).min(later)),
            Err(
                DeskError::ReadOnly(_) | DeskError::Store(StoreError::ReadOnly | StoreError::LeaseLost(_)),
            ) => Some(later),
            Err(error) => {
                tracing::warn!(event = "watch.not_done", %error);
                Some(later)
            }
        }
    }
}
