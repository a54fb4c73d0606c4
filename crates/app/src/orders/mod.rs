//! Filing orders (备案订单): filled in part by part, submitted, looked at, handed to the bureau, filed.
//!
//! What is filled in is sealed under the key of its subject (`filled.rs`); every move goes through `moving.rs`, as the table of
//! [`filing::orders::STEPS`] allows it. `submit.rs` is the first use case; `withdraw.rs` a smaller one.

mod addresses;
pub mod attachments;
mod behind;
mod beside;
pub mod bureau;
mod carried;
mod changes;
mod check;
mod correct;
mod course;
mod deadlines;
mod effects;
mod filed_once;
mod filled;
mod force;
mod held;
mod knowing;
mod marks;
mod mine;
mod moving;
mod open;
mod products;
mod read;
mod receipt;
mod reminder;
pub mod review;
mod save;
mod submit;
mod target;
mod website_names;
mod withdraw;

pub use beside::Beside;
pub use correct::CorrectOrder;
pub use deadlines::{Deadlines, REMINDER, Woken};
pub use held::OrderFault;
pub use mine::MOST_LISTED;
pub use moving::Moved;
pub use open::{MOST_DRAFTS, OpenOrder};
pub use products::ProductFault;
pub use read::{Order, Stage};
pub use receipt::{Submission, Submitted};
pub use reminder::Reminders;
pub use save::{MOST_FILLED_BYTES, SaveFault, SavePart, Saved};
pub use store::OrderId;
pub use submit::{Faults, SubmitFault, SubmitOrder};
pub use withdraw::WithdrawOrder;

pub(crate) use beside::naming;
pub(crate) use effects::Happens;
pub(crate) use force::Forcing;
pub(crate) use marks::of as mark_of;
pub(crate) use open::{Fresh, fresh};
pub(crate) use products::{effects, restored};
pub(crate) use read::{as_submitted, course_of, moment};

use serde::Serializer;

/// The id of an order, as part of what was asked.
fn id<S: Serializer>(id: &OrderId, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}
