//! The events in the outbox that tell an owner that an access of his ended or a number of his was cancelled: he is told what happened,
//! why, where it is recorded, and under what the receipt of it is found, in the transaction in which it happens. Until messages are sent to owners, each is a line of the log.

use super::turning::{Turn, Turning};
use crate::{
    Desk,
    failure::DeskError,
    jobs::{Claimed, Handler, JobFailure},
};
use filing::registry::Event;
use serde::{Deserialize, Serialize};
use store::{JobId, jobs::NewJob};

/// The kind of these events.
pub const ENDED: &str = "numbers.ended";

/// What happened, as the outbox carries it: numbers, which stand on home pages, ids and words.
#[derive(Debug, Serialize, Deserialize)]
struct Notice {
    /// The numbers to which it happened.
    numbers: Vec<String>,
    /// What happened to the first of them; the others went with it.
    event: String,
    /// Why.
    reason: Option<String>,
    /// The order by which it happened.
    order: Option<String>,
    /// The entry of the ledger that says it.
    entry: String,
    /// The receipts, one to a number in the order of `numbers`: below the number, by the reference that they have.
    #[serde(default)]
    receipts: Vec<String>,
}

/// What owners are told of the turns that end something; `None` where nothing ended. `at` is in microseconds since 1970.
pub(super) fn of(
    turning: &Turning<'_>,
    turns: &[(String, Turn)],
    at: i64,
) -> Result<Option<NewJob>, DeskError> {
    let ends = |turn: &Turn| matches!(turn.event, Event::EndAccess | Event::DropAccess | Event::Cancel);
    let ended: Vec<_> = turns.iter().filter(|(_, turn)| ends(turn)).collect();
    let Some((_, first)) = ended.last() else { return Ok(None) };
    let receipt = |(number, _): &&(String, Turn)| format!("{number}/receipts/{}", turning.entry);
    let notice = Notice {
        receipts: ended.iter().map(receipt).collect(),
        numbers: ended.iter().map(|(number, _)| number.clone()).collect(),
        event: first.event.word().to_owned(),
        reason: first.reason.map(|reason| reason.word().to_owned()),
        order: turning.order.map(|order| order.to_string()),
        entry: turning.entry.to_string(),
    };
    Ok(Some(NewJob {
        // One to an entry, which has an id that nothing else has.
        id: JobId::new(turning.entry.uuid()),
        kind: ENDED.to_owned(),
        payload: serde_json::to_vec(&notice).map_err(|error| DeskError::unwritable(&error))?,
        dedupe: Some(format!("{ENDED} {}", turning.entry)),
        due_at: at,
        made_at: at,
    }))
}

/// Notes in the log what owners are to be told.
#[derive(Clone, Copy, Debug)]
pub struct Notices;

impl Handler for Notices {
    fn kind(&self) -> &'static str {
        ENDED
    }

    async fn handle(&self, _: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        let read = serde_json::from_slice(&job.payload);
        let Notice { numbers, event, reason, order, entry, receipts } =
            read.map_err(|error| JobFailure::Never { why: format!("it cannot be read: {error}") })?;
        let (numbers, receipts) = (numbers.join(" "), receipts.join(" "));
        tracing::info!(event = "numbers.ended", numbers, what = event, reason, order, entry, receipts);
        Ok(())
    }
}
