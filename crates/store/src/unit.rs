//! A use case's transaction as a value.

use crate::{error::StoreError, tx::Tx};
use std::future::Future;

/// How a unit is kept apart from others on PostgreSQL. On SQLite each runs alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// As if it ran alone: for every unit that decides something by what it read.
    Serialisable,
    /// Each statement by itself sees what is committed: for a unit of one statement that decides in its `WHERE` and locks
    /// what it takes, or only reads. It collides with nobody, and reading takes one round trip.
    EachStatement,
}

/// One use case's transaction as a value: queued on SQLite, run again on PostgreSQL when it collided with another.
///
/// It may run more than once: ids, time and random numbers are chosen before it is made. It awaits nothing but its [`Tx`].
/// `Err` rolls everything back, so a refusal that belongs in the ledger is an `Ok`. That the caller goes away does not
/// cancel it.
pub trait Unit: Send + Sync + 'static {
    /// What it answers once it is durable.
    type Output: Send + 'static;
    /// Why it was rolled back.
    type Error: From<StoreError> + Send + 'static;

    /// How it is kept apart from others.
    const ISOLATION: Isolation = Isolation::Serialisable;
    /// Whether it reads a few rows by their keys and nothing else. On SQLite such a unit is read on the thread that asks, because
    /// handing it to another takes longer than reading.
    const IS_BRIEF: bool = false;

    /// Does it.
    fn run(&self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}
