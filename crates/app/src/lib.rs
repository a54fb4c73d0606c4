//! What the desk does: one use case a file. No SQL, no clock, no network; the one file is the checkpoint
//! that is kept outside the database.
//!
//! A [`Desk`] is an open database with its keys and its rulebook in memory. Each use case is a method on it, defined in the
//! file of its name. What changes something is a deed (`deed.rs`): it prepares ids and randomness, and then, in one
//! transaction, reads, asks the pure crates, and writes what changed together with its entry of the ledger.

pub mod access;
pub mod access_log;
mod accounts;
mod actor;
mod by_text;
mod chance;
mod clock;
pub mod codes;
mod deed;
mod desk;
mod examine;
mod failure;
pub mod gate;
mod ground;
mod hex;
mod idempotency;
pub mod instances;
pub mod jobs;
pub mod keys;
pub mod ledger;
mod ledger_entry;
mod marks;
mod operator;
pub mod orders;
pub mod personal;
mod phc;
pub mod registry;
mod repeatable;
pub mod retention;
pub mod rulebooks;
mod run_workers;
mod set_up;
mod turns;
pub mod two_people;
pub mod verification;
pub mod watch;
pub mod why_not;
mod worker;

pub use accounts::{OpenAccount, OpenAccountError};
pub use actor::{Actor, Asker};
pub use chance::Chance;
pub use clock::{Clock, MOST_SKEW};
pub use deed::Told;
pub use desk::{Desk, Surroundings};
pub use examine::{Examination, Examined, examine};
pub use failure::{Damage, DeskError, Failure, Trouble};
pub use ground::Published;
pub use hex::hex;
pub use idempotency::{BadIdempotencyKey, IdempotencyKey};
pub use instances::{Gone, InstanceChange, InstanceError, RecordError, Recorded, changed_on};
pub use operator::{BadOperator, Operator};
pub use phc::{BadPhc, Phc};
pub use run_workers::Workers;
pub use set_up::{SetUp, SetUpError};
pub use worker::Worker;
