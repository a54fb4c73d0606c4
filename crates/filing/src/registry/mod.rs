//! The life of a filing number (备案号), as pure state (SPEC 7).
//!
//! [`SUBJECT`] and [`WEBSITE`] are all that can happen to the number of a subject and of a website, [`Reason`] why accesses end and
//! numbers are cancelled. [`losses`] is what somebody is told before he ends one; [`Duty`] what keeps one alive, and [`risks`] what
//! threatens it; [`serving`] whether a website may be served now.

mod duty;
mod en;
mod loss;
mod risk;
mod serving;
mod state;
mod zh;

pub use duty::Duty;
pub use loss::{Ending, Loss, losses};
pub use risk::{ENDING_DAYS, Hosted, Risk, Watched, risks};
pub use serving::{Domain, NotServed, Serving, serving};
pub use state::{
    Event, Ground, Illegal, Machine, Reason, SUBJECT, State, Step, WEBSITE, Who, legal, page, step_of, steps,
};
