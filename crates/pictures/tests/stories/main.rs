//! What people send, and what becomes of it.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a story that cannot be told has failed")]

mod copies;
mod faults;
mod formats;
mod limits;
mod made;
mod metadata;
mod orientation;
mod sizes;
