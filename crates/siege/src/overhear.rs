//! Overhears what the desk logs of commits that were cut off: the client is told only what asking again came to.

use crate::line::{Line, Pen};
use std::fmt::Debug;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// How the desk names such a commit.
const CUT_OFF: &str = "desk.outcome_unknown";

/// Says a line for each commit that was cut off.
pub(crate) struct Overhearing(pub(crate) Pen);

impl Subscriber for Overhearing {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut found = Found(false);
        event.record(&mut found);
        if found.0 {
            self.0.write(&Line::CutOff);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Found(bool);

impl Visit for Found {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0 |= field.name() == "event" && value == CUT_OFF;
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
