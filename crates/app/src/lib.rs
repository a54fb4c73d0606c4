//! What the desk does: one use case a file. No SQL, no clock, no network, no file of its own.
//!
//! A [`Desk`] is an open database with its keys and its rulebook in memory. Each use case is a method on it, defined in the
//! file of its name: it draws ids and randomness, makes a unit, and the unit reads, asks the pure crates, and writes what
//! changed together with its entry of the ledger.

mod accounts;
mod chance;
mod clock;
pub mod codes;
mod desk;
mod examine;
mod failure;
mod ground;
mod idempotency;
mod instances;
pub mod keys;
mod ledger_entry;
mod operator;
pub mod rulebooks;
mod set_up;
mod worker;

pub use accounts::{OpenAccount, OpenAccountError};
pub use chance::Chance;
pub use clock::Clock;
pub use desk::{Desk, Surroundings};
pub use examine::{Examination, Examined, examine};
pub use failure::{Damage, DeskError};
pub use ground::Published;
pub use idempotency::{BadIdempotencyKey, IdempotencyKey};
pub use instances::{RecordError, Recorded};
pub use operator::{BadOperator, Operator};
pub use set_up::{SetUp, SetUpError};
pub use worker::Worker;

/// The account that asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Its id within the desk.
    pub id: store::AccountId,
    /// The id by which inventories name it as buyer.
    pub name: String,
}
