//! What happens to a filing (备案), as pure state: what may be done now, by whom, what it costs, and what to tell
//! people when it may not.
//!
//! The crate reads no file, asks no clock, draws no random number and does not panic.

pub mod codes;
mod refusal;
pub mod verification;

pub use refusal::{Refusal, Refused};
