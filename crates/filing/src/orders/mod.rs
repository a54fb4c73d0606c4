//! Filing orders (备案订单): one request to file, change or cancel.
//!
//! [`KINDS`] is what each kind needs, [`STEPS`] all that can happen to an order, [`Form`] what is filled in, [`FIELDS`] what its
//! fields are called and hold. [`waiting`] says what an order waits for; [`Remark`], [`Opened`] and [`difference`] carry it between
//! customer and reviewer; [`contradict`] which orders cannot be under way at once.

mod behind;
mod beside;
mod deadline;
mod difference;
pub(crate) mod en;
mod fields;
mod form;
mod in_words;
mod kind;
mod limits;
mod mask;
mod reasons;
mod remark;
mod returned;
mod state;
mod tidy;
mod values;
pub(crate) mod zh;

pub use behind::{Behind, Thing};
pub use beside::contradict;
pub use deadline::{
    Awaited, BUREAU_DAYS, Course, DRAFT_DAYS, DRAFT_NOTICES, RETURNED_DAYS, RETURNED_NOTICES, REVIEW_DAYS,
    SMS_HOURS, SMS_NOTICE_HOURS, Until, Waiting, waiting,
};
pub use difference::{Change, difference};
pub use fields::{FIELDS, Field, Holds, Owner, Personal, Place, Topic, field, field_in};
pub use form::{
    Cancellation, Certificate, FiledNumber, Form, Material, Person, PreApproval, Subject, Website,
};
pub use in_words::InWords;
pub use kind::{KINDS, Kind, Needs, Part, Target};
pub use limits::{MOST_ADDRESSES, MOST_DOMAINS, MOST_WEBSITES_KEPT, Overfull};
pub use mask::Mask;
pub use reasons::{REASONS, Reason};
pub use remark::{Remark, RemarkFault, RemarkWrong, Says, remarks};
pub use returned::Opened;
pub use state::{
    Illegal, Move, OnProducts, OnRegistry, STEPS, State, Step, Who, legal, page, step_of, steps,
};
pub use values::Value;
