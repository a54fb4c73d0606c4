//! The white list and the ranges of addresses, for operators. Whoever asks the gate itself finds it under `/gate/v1`.

pub(crate) mod add_range;
pub(crate) mod add_window;
pub(crate) mod end_window;
pub(crate) mod ranges;
pub(crate) mod remove_range;
pub(crate) mod shapes;
pub(crate) mod windows;
