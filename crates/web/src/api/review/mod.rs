//! What reviewers do with orders (初审).

pub(super) mod approve;
pub(super) mod claim;
pub(super) mod give_back;
pub(super) mod one;
pub(super) mod queue;
pub(super) mod say;
pub(super) mod unclaim;
pub(super) mod unsay;
pub(super) mod usual;

pub(crate) use queue::{Cursor, QueuedBody};
