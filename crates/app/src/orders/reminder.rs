//! The events in the outbox that remind of an order. Until messages are sent to their owners, each is a line of the log.

use super::REMINDER;
use crate::{
    Desk,
    jobs::{Claimed, Handler, JobFailure},
};
use serde::{Deserialize, Serialize};

/// A reminder as the outbox carries it: ids and words, nothing of what is filled in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reminder {
    /// The id of the order.
    pub(super) order: String,
    /// What is waited for, by its word.
    pub(super) awaited: String,
    /// Until when, RFC 3339.
    pub(super) until: Option<String>,
}

/// Notes reminders in the log.
#[derive(Clone, Copy, Debug)]
pub struct Reminders;

impl Handler for Reminders {
    fn kind(&self) -> &'static str {
        REMINDER
    }

    async fn handle(&self, _: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        let read = serde_json::from_slice(&job.payload);
        let Reminder { order, awaited, until } =
            read.map_err(|error| JobFailure::Never { why: format!("it cannot be read: {error}") })?;
        tracing::info!(event = "orders.reminder", order, awaited, until);
        Ok(())
    }
}
