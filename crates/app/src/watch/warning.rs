//! The events in the outbox that warn of what threatens a number. Until messages are sent to their owners, each is a line of the log.

use crate::{
    Desk,
    jobs::{Claimed, Handler, JobFailure},
};
use serde::{Deserialize, Serialize};

/// The kind of the events.
pub const AT_RISK: &str = "number.at-risk";

/// A warning as the outbox carries it: ids, words and days, no domain.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Warning {
    /// The number.
    pub(super) number: String,
    /// The account, by its id in inventories.
    pub(super) account: Option<String>,
    /// The word of the risk.
    pub(super) risk: String,
    /// Its day.
    pub(super) day: String,
    /// How much it weighs.
    pub(super) weight: String,
    /// What happens next unless somebody acts, by its word.
    pub(super) next: String,
    /// From which day on, where that is known.
    pub(super) on: Option<String>,
}

/// Notes warnings in the log.
#[derive(Clone, Copy, Debug)]
pub struct Warnings;

impl Handler for Warnings {
    fn kind(&self) -> &'static str {
        AT_RISK
    }

    async fn handle(&self, _: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        let read = serde_json::from_slice(&job.payload);
        let Warning { number, account, risk, day, weight, next, on } =
            read.map_err(|error| JobFailure::Never { why: format!("it cannot be read: {error}") })?;
        tracing::info!(event = "numbers.at_risk", number, account, risk, day, weight, next, on);
        Ok(())
    }
}
