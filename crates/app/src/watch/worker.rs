//! The workers that watch numbers, and drop accesses whose instances are no more.

use super::outside::Outside;
use crate::{Desk, Worker, failure::DeskError};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::StoreError;
use tokio::sync::Mutex;

/// When it looks again after the database failed.
const LATER: SignedDuration = SignedDuration::from_mins(5);
/// Between two looks for what is to be dropped: it is days that count.
const DROPS: SignedDuration = SignedDuration::from_hours(1);

/// Watches numbers, in rounds; and drops accesses once their days are over.
pub struct Watch {
    desk: Desk,
    outside: Arc<dyn Outside>,
    /// When to look next for what is to be dropped.
    drops_at: Mutex<Timestamp>,
}

impl Watch {
    /// Of that desk, which looks outside so.
    pub fn new(desk: Desk, outside: Arc<dyn Outside>) -> Self {
        Self { desk, outside, drops_at: Mutex::new(Timestamp::MIN) }
    }

    async fn piece(&self, now: Timestamp) -> Result<Option<Timestamp>, DeskError> {
        let mut drops_at = self.drops_at.lock().await;
        if *drops_at <= now {
            self.desk.drop_ended_accesses().await?;
            *drops_at = now.saturating_add(DROPS).unwrap_or(Timestamp::MAX);
        }
        Ok(self.desk.watch_numbers(&*self.outside).await?.next)
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
        match self.piece(now).await {
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
