//! Jobs: what the desk does by itself, each at least once, by handlers of their kinds.
//!
//! A use case adds a job in the unit of its change (`store::jobs::adding`), so that there is no change without its job and no
//! job without its change. The [`Queue`] claims what is due and hands it to the [`Handler`] of its kind.

mod back_off;
mod handler;
mod operate;
mod queue;

pub use back_off::MOST_TRIES;
pub use handler::{Handler, JobFailure};
pub use queue::Queue;
pub use store::jobs::Claimed;
