//! The ledger (台账) of a desk: its entries take their places in a signed tree, the newest checkpoint is kept outside the
//! database, and everything can be exported, proven and verified.

mod accept;
mod checkpoints;
mod decided;
mod en;
mod export;
mod keeper;
mod outside;
mod proofs;
mod read;
mod sequencer;
mod standing;
mod stored;
mod verify;
mod verify_export;
mod zh;

pub use accept::{AcceptError, Accepted};
pub use checkpoints::LedgerSize;
pub use export::ExportLedgerError;
pub use keeper::{Keeper, Kept};
pub use outside::{Outside, OutsideError};
pub use proofs::{Consistency, Inclusion, ProveError};
pub use read::{EntryNamed, EntryRead, EntrySays, IdSaid, LedgerPage, MOST_ENTRIES};
pub use sequencer::{Sequenced, Sequencer};
pub use standing::Conflict;
pub use verify::{LedgerReport, Mistake, VerifyLedger};
pub use verify_export::{ExportReport, Rulebooks, Undecided, verify_export};

use jiff::{SignedDuration, Timestamp};

/// A moment later, for a worker that has nothing to do now.
fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
