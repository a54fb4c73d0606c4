//! Positions in the ledger, by which what is known at the gate is tied to it.

use gate::Position;
use store::{StoreError, Tx, entries, tree};

/// Whether what is known up to a position can be followed from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It can: the ledger was there, and what changed since is noted.
    Reached,
    /// What changed since is not kept any longer.
    TooOld,
    /// The ledger was never there: it is an older copy of that one, or another.
    Elsewhere,
}

/// A place as columns have it.
pub(super) fn signed(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn unsigned(place: i64) -> u64 {
    u64::try_from(place).unwrap_or_default()
}

/// How far the ledger has come.
pub(super) async fn newest(tx: &mut Tx<'_>) -> Result<Position, StoreError> {
    let size = tree::size(tx).await?;
    behind(tx, size).await
}

/// The position behind so many entries, all of which are there.
pub(super) async fn behind(tx: &mut Tx<'_>, size: i64) -> Result<Position, StoreError> {
    let last = entries::placed(tx, size.saturating_sub(1), size).await?;
    let last = last.first().map_or(0, |row| row.entry.id.uuid().as_u128());
    Ok(Position { size: unsigned(size), last })
}

/// Whether that can be followed, where what changed before `since` may be forgotten; in microseconds since 1970.
pub(super) async fn reach(tx: &mut Tx<'_>, from: Position, since: i64) -> Result<Reach, StoreError> {
    let size = signed(from.size);
    if size > tree::size(tx).await? || behind(tx, size).await? != from {
        return Ok(Reach::Elsewhere);
    }
    // The first that is to be followed; where nothing came, nothing was forgotten.
    let next = entries::placed(tx, size, size.saturating_add(1)).await?;
    let is_forgotten = next.first().is_some_and(|row| row.entry.at < since);
    Ok(if is_forgotten { Reach::TooOld } else { Reach::Reached })
}
