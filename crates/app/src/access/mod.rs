//! Who may do what at the desk.

mod principal;
mod right;
mod role;

pub use principal::Principal;
pub use right::{RIGHTS, Right};
pub use role::{Role, Roles};
