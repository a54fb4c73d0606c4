//! The watch of numbers under siege: some websites, each with something else wrong about it, and an inspector of what was told of them.

mod inspector;
mod scene;
mod sky;

pub use inspector::{Standing, inspect};
pub use scene::{CASES, set};
pub(crate) use sky::Sky;
