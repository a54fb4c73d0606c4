//! Named leases: what only one process does at a time, such as giving ledger entries their places.
//!
//! A lease is fenced by what its holder writes: a unit that [`holds`] a lease fails once another has it, however late it is.

use crate::{
    error::{Result, StoreError},
    sql::statements,
    tx::Tx,
};

/// A lease as its holder has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name, such as `ledger.sequencer`.
    pub name: String,
    /// Grows with every holder.
    pub fence: i64,
}

statements! {
    ACQUIRE = "INSERT INTO leases (name, holder, fence, until) VALUES ($1, $2, 1, $4)
               ON CONFLICT (name) DO UPDATE SET holder = $2, fence = leases.fence + 1, until = $4
               WHERE leases.until <= $3 RETURNING fence";
    RENEW = "UPDATE leases SET until = $3 WHERE name = $1 AND fence = $2";
    RELEASE = "UPDATE leases SET until = 0 WHERE name = $1 AND fence = $2";
    // The lock makes whoever acquires the lease wait for the end of this unit: what the unit writes is there before the next
    // holder begins, also for those who only read.
    HOLDS = "SELECT fence FROM leases WHERE name = $1 AND fence = $2",
        postgres: "SELECT fence FROM leases WHERE name = $1 AND fence = $2 FOR SHARE";
    HOLDER = "SELECT holder, until FROM leases WHERE name = $1";
}

/// Takes the lease until `until` where nobody has it at `now`, both in microseconds since 1970. `holder` names the process in
/// messages. `None` when another has it.
pub async fn acquire(
    tx: &mut Tx<'_>,
    name: &str,
    holder: &str,
    now: i64,
    until: i64,
) -> Result<Option<Held>> {
    let acquired = tx.optional::<(i64,)>(&ACQUIRE, &[&name, &holder, &now, &until]).await?;
    Ok(acquired.map(|(fence,)| Held { name: name.to_owned(), fence }))
}

/// Keeps the lease until `until`, in microseconds since 1970, also when it ran out and nobody took it; `false` when another
/// has it.
pub async fn renew(tx: &mut Tx<'_>, held: &Held, until: i64) -> Result<bool> {
    Ok(tx.execute(&RENEW, &[&held.name, &held.fence, &until]).await? == 1)
}

/// Lets go of the lease, so that nobody waits for it to run out; `false` when another has it.
pub async fn release(tx: &mut Tx<'_>, held: &Held) -> Result<bool> {
    Ok(tx.execute(&RELEASE, &[&held.name, &held.fence]).await? == 1)
}

/// Fails the unit when another has the lease: called in every unit of which only the holder may write what it writes.
pub async fn holds(tx: &mut Tx<'_>, held: &Held) -> Result<()> {
    let found = tx.optional::<(i64,)>(&HOLDS, &[&held.name, &held.fence]).await?;
    found.map(drop).ok_or_else(|| StoreError::LeaseLost(format!("lease `{}`", held.name)))
}

/// Who had the lease last, and until when, in microseconds since 1970.
pub async fn holder(tx: &mut Tx<'_>, name: &str) -> Result<Option<(String, i64)>> {
    tx.optional(&HOLDER, &[&name]).await
}
