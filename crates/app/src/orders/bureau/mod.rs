//! What passes between the desk and the bureau (管局). Until a gateway speaks with it, an operator hands orders over and records its
//! answers.

mod confirm_sms;
mod file;
mod reject;
mod send;

pub use confirm_sms::ConfirmSms;
pub use file::{FileFault, FileOrder};
pub(super) use reject::{REASON, reason};
pub use reject::{RejectFault, RejectOrder};
pub use send::SendOrder;
