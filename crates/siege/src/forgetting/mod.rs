//! Retention under siege: a desk on which much is over and as much is not, and an inspector who knows both from before.

mod heap;
mod inspector;
mod kept;

pub use heap::{Heap, cancels};
pub use inspector::{Before, Left};
