//! When sessions and keys were last used, noted behind the answers.

use super::{Principal, Through, tries::micros};
use crate::{
    Desk, Worker,
    failure::{DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::{StoreError, Tx, Unit, api_keys, sessions};

/// A use is noted when the one noted before is so old: a minute is all that anybody wants to know, and no read becomes a
/// write by it.
pub const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Uses that wait to be noted at most: users of one process within some seconds. What is more is noted at its next use.
const MOST_WAITING: usize = 10_000;
/// Uses noted in one transaction, so that it is short.
const AT_ONCE: usize = 200;
/// Between two looks.
const PERIOD: SignedDuration = SignedDuration::from_secs(5);

/// Uses that wait to be noted.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<HashMap<Through, Timestamp>>);

impl Desk {
    /// Remembers that somebody was here, to be noted later, where that was last noted at `noted`.
    pub(super) fn used(&self, principal: &Principal, noted: Option<i64>, now: Timestamp) {
        let due = noted.is_none_or(|noted| now.as_microsecond().saturating_sub(noted) >= micros(NOTED_EVERY));
        // On a desk that is read-only nothing is written, and nothing is to pile up.
        if !due || self.conflict().is_some() {
            return;
        }
        let mut waiting = self.waiting_uses().0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST_WAITING {
            waiting.entry(principal.through()).or_insert(now);
        }
    }

    /// Notes what waits; how many sessions and keys were noted. Some seconds of it may be lost with a process.
    pub async fn note_uses(&self) -> Result<u64, DeskError> {
        let mut noted = 0;
        loop {
            let uses: Vec<(Through, Timestamp)> = {
                let mut waiting = self.waiting_uses().0.lock().unwrap_or_else(PoisonError::into_inner);
                let some: Vec<Through> = waiting.keys().take(AT_ONCE).copied().collect();
                some.iter().filter_map(|through| waiting.remove_entry(through)).collect()
            };
            if uses.is_empty() {
                return Ok(noted);
            }
            noted += self.write(|_| Ok(Note(uses.clone()))).await?;
        }
    }
}

struct Note(Vec<(Through, Timestamp)>);

impl Unit for Note {
    type Output = u64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, Self::Error> {
        let mut noted = 0;
        for (through, at) in &self.0 {
            let at = at.as_microsecond();
            // Another process may have noted it meanwhile.
            let since = at.saturating_sub(micros(NOTED_EVERY));
            noted += match through {
                Through::Session(id) => sessions::note_use(tx, *id, at, since).await?,
                Through::Key(id) => api_keys::note_use(tx, *id, at, since).await?,
            };
        }
        Ok(noted)
    }
}

/// The worker that notes last uses.
#[derive(Debug)]
pub struct LastUses {
    desk: Desk,
}

impl LastUses {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self { desk }
    }
}

impl Worker for LastUses {
    fn name(&self) -> &'static str {
        "access.last_uses"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        let next = Some(now.saturating_add(PERIOD).unwrap_or(now));
        if self.desk.conflict().is_some() {
            return next;
        }
        match self.desk.note_uses().await {
            Ok(_) | Err(DeskError::ReadOnly(_) | DeskError::Store(StoreError::ReadOnly)) => {}
            Err(error) => tracing::warn!(event = "access.uses_not_noted", %error),
        }
        next
    }
}
