//! What may back an ICP filing (ICP备案) at one provider, and if not, exactly why and what to do.
//!
//! A [`Rulebook`] is dated data. [`Rulebook::in_force`] gives the [`Edition`] of a day, [`decide`] holds the
//! [`Facts`] of one instance against it, and the [`Decision`] carries every reason at once, each with its remedy and
//! a sentence in Chinese and English.
//!
//! The crate reads no file, asks no clock and does not panic.

pub mod calendar;
mod change;
mod decide;
mod decision;
mod diff;
mod dry_run;
mod edition;
mod en;
mod en_change;
mod en_fault;
mod en_page;
mod facts;
mod fault;
mod guidance;
mod load;
mod money;
mod page;
mod record;
mod region;
mod report;
pub mod sql;
mod text;
mod verification;
mod zh;
mod zh_change;
mod zh_fault;
mod zh_page;

pub use change::{Change, Known};
pub use decide::{Case, Moment, Purchaser, decide};
pub use decision::{Code, CodeSet, Decision, Finding, Products, QuotaState, Remedy, Value, Verdict};
pub use diff::{Difference, Handling, PolicyChange, diff};
pub use dry_run::{DryRun, Effect, Shift, Stand, Tally};
pub use edition::{
    CodeMade, CodeUse, Condition, Document, DocumentId, Edition, Months, NoEdition, OnAbandon, Policy,
    ProductId, Quota, RestoreOnCancel, Row, Rulebook, Scope, Stated, VerifiedBy,
};
pub use facts::{Billing, Fact, FactSet, Facts};
pub use fault::{Expected, Fault, FaultKind, Faults, Shown};
pub use guidance::{Situation, guidance};
pub use load::{ALIYUN, MAX_BYTES, lint};
pub use money::{AmountError, Fen};
pub use page::{of_every_row, page};
pub use region::{Locality, Regions};
pub use report::{Record, Report};
pub use text::{Lang, Text, folded, half_width};
pub use verification::Failure;
