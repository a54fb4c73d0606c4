//! Deciding again what an entry of the ledger says was decided.

use crate::{
    codes::{ISSUED, Question, REFUSED, UnlikeDecided},
    ground::Published,
};
use ledger::EntryRef;

/// Whether entries of that kind are decisions that can be found again.
pub(crate) fn is_decision(kind: &str) -> bool {
    matches!(kind, ISSUED | REFUSED)
}

/// Decides an entry again from its own facts: the same answer to the last byte, under the kind of that answer, and with as
/// many codes as it gives.
pub(crate) fn again(entry: &EntryRef<'_>, rulebook: &Published) -> Result<(), UnlikeDecided> {
    let question = Question::of_entry(entry, rulebook)?;
    let issued = question.judge(|_, answer| answer.is_ok());
    let (kind, codes) = if issued { (ISSUED, question.codes().get()) } else { (REFUSED, 0) };
    let named = entry.ids.named("code").count();
    if entry.kind == kind && u32::try_from(named) == Ok(codes) {
        Ok(())
    } else {
        Err(UnlikeDecided::Otherwise)
    }
}
