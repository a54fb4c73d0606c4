//! What is to be known of a row of an import, in English. `zh.rs` says the same in Chinese.

use super::note::ImportNote;

pub(super) fn note(note: &ImportNote) -> String {
    match note {
        ImportNote::Unread { en, .. } => en.clone(),
        ImportNote::BadName => format!(
            "The instance id and the product must have 1 to {} bytes and no control characters.",
            ledger::MAX_ID_LEN
        ),
        ImportNote::BadAccount => {
            format!("The account must have 1 to {} bytes and no control characters.", ledger::MAX_ID_LEN)
        }
        ImportNote::TooLong { bytes } => {
            format!("Too much is said of this instance for the ledger: {bytes} bytes.")
        }
        ImportNote::Repeated { source, line } if source.is_empty() => {
            format!("Line {line} is about the same instance, and counts.")
        }
        ImportNote::Repeated { source, line } => {
            format!("{source}, line {line}, is about the same instance, and counts.")
        }
        ImportNote::UnknownProduct { product } => {
            format!(
                "No edition of the rulebook has the product \"{product}\"; it is imported, but cannot back a filing."
            )
        }
    }
}
