//! What happens to a filing (备案), as pure state: what may be done now, by whom, what it costs, and what to tell
//! people when it may not.
//!
//! The crate reads no file, asks no clock, draws no random number and does not panic.

pub mod checks;
pub mod codes;
pub mod orders;
mod refusal;
pub mod registry;
pub mod tables;
pub mod verification;
pub mod working_days;

pub use refusal::{Refusal, Refused};
