//! What may back an ICP filing (ICP备案) at one provider, and if not, exactly why and what to do.
//!
//! A [`Rulebook`] is dated data. [`Rulebook::in_force`] gives the [`Edition`] of a day, [`decide`] holds the
//! [`Facts`] of one instance against it, and the [`Decision`] carries every reason at once, each with its remedy and
//! a sentence in Chinese and English.
//!
//! The crate reads no file, asks no clock and does not panic.

pub mod calendar;
mod decide;
mod decision;
mod edition;
mod en;
mod en_fault;
mod facts;
mod fault;
mod load;
mod money;
mod region;
mod report;
mod text;
mod zh;
mod zh_fault;

pub use decide::{Case, Moment, Purchaser, decide, judge};
pub use decision::{Code, Decision, Finding, Products, QuotaState, Remedy, Value, Verdict};
pub use edition::{
    CodeMade, CodeUse, Condition, Document, DocumentId, Edition, Months, NoEdition, OnAbandon, Policy,
    ProductId, Quota, RestoreOnCancel, Row, Rulebook, Scope, Stated, VerifiedBy,
};
pub use facts::{Billing, Fact, FactSet, Facts};
pub use fault::{Expected, Fault, FaultKind, Faults};
pub use load::{ALIYUN, lint};
pub use money::{AmountError, Fen};
pub use region::{Locality, Regions};
pub use report::Report;
pub use text::{Lang, Text, folded, half_width};
