//! What a ledger that is not as it was signed is said to be, in English.

use super::{Conflict, Mistake, Undecided};

pub(super) fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Missing { place } => format!("Entry {place} is missing."),
        Mistake::Changed { place } => {
            format!("Entry {place} was changed: it is not the one that took this place.")
        }
        Mistake::Moved { place, belongs } => format!("Entry {place} is the one that belongs at {belongs}."),
        Mistake::Unreadable { place, fault } => format!("Entry {place} cannot be read: {fault}."),
        Mistake::OtherTime { place } => format!("Entry {place} is stored under another time than its own."),
        Mistake::Node { level, index } => {
            format!("Node {index} of level {level} of the tree is not what its entries give.")
        }
        Mistake::Beyond { entries, nodes } => {
            format!("{entries} entries and {nodes} nodes stand beyond the end of the tree.")
        }
        Mistake::Checkpoint { size, fault } => {
            format!("The checkpoint of {size} entries is none of this ledger: {fault}.")
        }
        Mistake::OtherRoot { size } => format!("The first {size} entries are not those of their checkpoint."),
        Mistake::NoCheckpoint { size } => format!("There is no checkpoint of all {size} entries."),
        Mistake::Outside(conflict) => match conflict {
            Conflict::Older { database, outside } => format!(
                "The checkpoint outside has {outside} entries, the database {database}: it is an older copy, or entries were taken away."
            ),
            Conflict::Rewritten { database, outside } => format!(
                "The ledger of {database} entries is not that of the checkpoint outside, which has {outside}: it was rewritten, or is \
                 another copy."
            ),
            Conflict::Foreign(fault) => format!("The checkpoint outside is none of this ledger: {fault}."),
            Conflict::Missing { file, since } => format!(
                "The checkpoint outside is missing: {} is not there, although one is kept since {}.",
                file.display(),
                rulebook::calendar::rfc3339(*since)
            ),
            Conflict::Unsound(fault) => format!("The ledger does not add up: {fault}."),
        },
        Mistake::Undecided { place, fault } => undecided(*place, fault),
    }
}

pub(super) fn undecided(place: u64, fault: &Undecided) -> String {
    format!("Entry {place} is not decided as it says: {fault}.")
}
