//! What is personal: sealed under the key of its subject, found by keyed hashes, and erased with the key.
//!
//! Staff sees it masked; in clear only with the right, for a stated purpose, and recorded (`see.rs`). `erase.rs` destroys keys.

mod erase;
mod purpose;
mod see;
mod vault;

pub use erase::{EraseFault, ErasePersonalData, Erased, Whose};
pub use purpose::Purpose;
pub use see::{SeeFault, SeenOrder};
pub(crate) use vault::Vault;
