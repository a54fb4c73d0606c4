//! What reading takes its way through an input in, and the counting of the records that come of it.

use crate::fault::{BadRecord, Fault, Place};
use std::sync::Arc;

/// A step through an input.
pub(crate) enum Step {
    /// Nothing to tell.
    On,
    /// A record was read, or what is wrong with it.
    Record(Spot, Vec<Fault>),
    /// A fault behind which nothing can be read.
    Last(Spot, Fault),
    /// The input ended.
    End,
}

/// Where a record stands, before it is counted.
pub(crate) struct Spot {
    pub(crate) line: u64,
    pub(crate) sheet: Option<Arc<str>>,
}

impl Spot {
    pub(crate) const fn line(line: u64) -> Self {
        Self { line, sheet: None }
    }
}

/// Numbers the records of an input, and knows when it has ended.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    records: u64,
    ended: bool,
}

impl Counted {
    /// Takes steps until there is something to tell.
    pub(crate) fn next(&mut self, mut step: impl FnMut() -> Step) -> Option<Result<Place, BadRecord>> {
        while !self.ended {
            let (spot, faults) = match step() {
                Step::On => continue,
                Step::Record(spot, faults) => (spot, faults),
                Step::Last(spot, fault) => {
                    self.ended = true;
                    (spot, vec![fault])
                }
                Step::End => {
                    self.ended = true;
                    break;
                }
            };
            self.records += 1;
            let place = Place { line: spot.line, record: self.records, sheet: spot.sheet };
            return Some(if faults.is_empty() { Ok(place) } else { Err(BadRecord { place, faults }) });
        }
        None
    }
}
