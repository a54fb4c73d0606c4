//! Product verification (产品验证): proving that a product is the customer's, inside an order; and the logins of hosts by
//! which some products are proved.
//!
//! A host's password is compared between two transactions: what to compare with is read, compared, and read again by the
//! transaction that decides.

mod check;
mod limits;
mod login;
mod marks;
mod panel;
mod proof;
mod question;
mod read;
mod verify;

pub use check::CheckVerification;
pub use login::{HostPassword, LoginFault, LoginRecorded, RecordLogin};
pub use panel::{HostPanel, PanelAnswer, PanelAsk, PanelFuture, PanelUnavailable};
pub use proof::Proof;
pub(crate) use question::{NOT_VERIFIED, VERIFIED};
pub use question::{Passed, Verifying};
pub use read::Verification;
pub use verify::{VerifyFault, VerifyProduct};
