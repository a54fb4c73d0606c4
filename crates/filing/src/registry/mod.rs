//! The life of a filing number (备案号), as pure state.
//!
//! [`SUBJECT`] and [`WEBSITE`] are all that can happen to the number of a subject and of a website, [`Reason`] why accesses end and
//! numbers are cancelled. [`losses`] is what somebody is told before he ends one; [`Duty`] what keeps one alive, and [`risks`] what
//! threatens it; [`serving`] whether a website may be served now. [`sight`] and [`foot`] are what a round of the watch saw outside,
//! [`Streak`] when that counts, and [`WatchRule`] what an operator configures of it.
//! [`Statement`] and [`possible`] are what a receipt says of something that happened; [`Advice`] what is left of the latter for somebody.

mod advice;
mod duty;
mod en;
mod en_receipt;
mod en_risk;
mod foot;
mod loss;
mod receipt;
mod risk;
mod rule;
mod serving;
mod sight;
mod state;
mod zh;
mod zh_receipt;
mod zh_risk;

pub use advice::{Advice, Barred, ShownBy};
pub use duty::Duty;
pub use foot::foot;
pub use loss::{Ending, Loss, losses};
pub use receipt::{Asked, Possible, Statement, possible};
pub use risk::{
    Coming, Domain, ENDING_DAYS, Hosted, Kept, Next, Risk, URGENT_DAYS, WARNED_DAYS, Watched, Weight, risks,
};
pub use rule::WatchRule;
pub use serving::{CancelledThen, NotServed, Serving, serving};
pub use sight::{Answer, Fault, Sight, Streak, sight};
pub use state::{
    Event, Ground, Illegal, Machine, Reason, SUBJECT, State, Step, WEBSITE, Who, legal, page, step_of, steps,
};
