//! The watch of filing numbers: what threatens each unless somebody acts, and that its owner is warned in time.
//!
//! `look.rs` goes through the websites in rounds, asks outside (`outside.rs`) between two transactions, and `note.rs` writes what was
//! seen and what threatens now; `bare.rs` does so for subjects without websites. `keep.rs` keeps it, with a warning in the outbox
//! (`warning.rs`) where one is due, for rounds and for deeds that change what threatens. `risks.rs` is the one place that
//! computes risks, for rounds and for whoever looks at a number. The watch changes no state of a number: that an access ends whose
//! instance is no more is a job of its own (`registry/drops.rs`).

mod at_risk;
mod bare;
mod keep;
mod look;
mod note;
mod outside;
mod risks;
mod warning;
mod worker;

pub use at_risk::{AtRisk, MOST_AT_RISK};
pub use look::Round;
pub use outside::{Asking, Outside, Reading};
pub use store::number_risks::Behind;
pub use warning::{AT_RISK, Warnings};
pub use worker::Watch;

pub(crate) use keep::{Keeping, Telling, risk_of};
pub(crate) use risks::{Hosting, Streaks, day, hosting, mend_by, of_subject, of_website, today};
