//! Retention: what is kept for a time is forgotten once that is over. There is one table of it ([`RULES`]), and one place
//! that forgets: a run.
//!
//! A run goes through the rules in pieces, a transaction each, and is a recorded operation: whoever comes after one that was cut off goes
//! on with it, and two at once work at the same. So its counts are complete, and it leaves one entry in the ledger, with counts and the
//! rules of its day, and nothing personal. A run that only tells takes the same pieces and leaves the forgetting out.
//!
//! Nothing that still has a use is in the table: the ledger and what it says, orders and their steps, numbers and their history, the
//! blacklist, codes and verifications. What was rejected stays as well, for it can be corrected.

mod documents;
mod en;
mod idle_orders;
mod page;
mod piece;
mod rows;
mod run;
mod runs;
mod table;
mod worker;
mod zh;

pub use page::page;
pub use run::{Ran, RetentionRun};
pub use runs::PastRun;
pub use table::{RULES, Rule, Source, What, in_force, kept};
pub use worker::{EVERY, Retention};

use rulebook::Lang;

impl What {
    /// What it is, and since when its time runs.
    pub const fn words(self, lang: Lang) -> Words {
        match lang {
            Lang::Zh => zh::words(self),
            Lang::En => en::words(self),
        }
    }
}

/// The words of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is forgotten, in a few words.
    pub what: &'static str,
    /// Since when its time runs.
    pub from: &'static str,
    /// What is gone then, and what stays.
    pub effect: &'static str,
}

impl Source {
    /// Who says so.
    pub const fn words(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh::source(self),
            Lang::En => en::source(self),
        }
    }
}
