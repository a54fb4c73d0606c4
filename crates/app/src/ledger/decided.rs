//! Deciding again what an entry of the ledger says was decided.

use crate::{
    codes::{
        Arrived, BIND_REFUSED, BOUND, Binding, IMPORT_REFUSED, IMPORTED, ISSUED, Question, REFUSED, REPEATED,
        UnlikeDecided,
    },
    ground::Published,
    verification::{NOT_VERIFIED, VERIFIED, Verifying},
};
use ledger::EntryRef;

/// Whether entries of that kind are decisions that can be found again.
pub(crate) fn is_decision(kind: &str) -> bool {
    matches!(
        kind,
        ISSUED
            | REFUSED
            | BOUND
            | BIND_REFUSED
            | IMPORTED
            | REPEATED
            | IMPORT_REFUSED
            | VERIFIED
            | NOT_VERIFIED
    )
}

/// Decides an entry again from its own facts: the same answer to the last byte, under the kind of that answer.
pub(crate) fn again(entry: &EntryRef<'_>, rulebook: &Published) -> Result<(), UnlikeDecided> {
    match entry.kind {
        IMPORTED | REPEATED | IMPORT_REFUSED => Arrived::verified(entry, rulebook).map(drop),
        VERIFIED | NOT_VERIFIED => Verifying::verified(entry, rulebook).map(drop),
        BOUND | BIND_REFUSED => Binding::verified(entry, rulebook).map(drop),
        _ => Question::verified(entry, rulebook).map(drop),
    }
}
