//! Product verification (产品验证): proving, inside an order, that the product is the customer's.
//!
//! [`Asked`] is what is known, [`verify`] tests it in the order of SPEC 5, and [`Failed`] tells the one cause to whoever
//! reads it: each [`Reader`] learns what he may.

mod asked;
mod cause;
mod en;
mod failed;
mod verify;
mod zh;

pub use asked::{Asked, Behind, Host, Proof, Typed};
pub use cause::{Cause, CauseWord};
pub use failed::{Failed, Reader, Remedy, Told};
pub use verify::{Verified, may_use, verify};
