//! The registry (备案库): subjects, websites, their domains and accesses, and the life of their numbers.
//!
//! Whatever happens to a number is a row of [`filing::registry::SUBJECT`] or [`filing::registry::WEBSITE`], made by `turning.rs` and
//! written with its step by `writing.rs`; nothing else changes a state. `by_order.rs` does what filed orders ask for,
//! and `import/` takes in what was filed before.

mod advice;
mod by_order;
mod cancel;
mod correct;
mod domain_term;
mod drop_access;
mod drops;
mod elsewhere;
mod ends;
mod filed;
mod import;
mod known_better;
mod mended;
mod mine;
mod notice;
mod number;
mod numbered;
mod of_order;
mod receipt;
mod revived;
mod serving;
mod turning;
mod untrue;
mod untrue_told;
mod writing;

pub use cancel::CancelNumber;
pub use correct::{CorrectFault, CorrectNumber, Corrected, Unlike};
pub use domain_term::{DomainTermFault, DomainTermRecorded, RecordDomainTerm};
pub use drop_access::DropAccess;
pub use drops::Dropped;
pub use elsewhere::{ElsewhereFault, ElsewhereRecorded, RecordElsewhere};
pub use ends::{Ended, NumberFault};
pub use import::{
    AccessBefore, Claim, Claimed, FiledBefore, FilingCameTo, MOST_WEBSITES_FILED, Trouble, WebsiteBefore,
    WhatTrouble,
};
pub use mended::{Mended, RecordMended};
pub use mine::{MOST_SUBJECTS, OwnSubject, Threat};
pub use notice::{ENDED, Notices};
pub use number::{AccessTold, DomainTermTold, EndingTold, Happened, Number, NumberInShort, RiskTold};
pub use of_order::NumberOfOrder;
pub use receipt::{Entered, Receipt, ReceiptNumber};
pub use serving::Served;
pub use store::SubjectId;
pub use untrue::{LONGEST_UNTRUE, MOST_DAYS_TO_MEND, RecordUntrue, UntrueFault, UntrueRecorded};
pub use untrue_told::{HowEnded, UntrueEnded, UntrueTold};

pub(crate) use by_order::Registering;
pub(crate) use elsewhere::nowhere_since;
pub(crate) use filed::filed;
pub(crate) use number::told_to_staff;
pub(crate) use numbered::{Numbered, all_of};
pub(crate) use of_order::of_order;
pub(crate) use serving::last_with;
pub(crate) use turning::Turning;
