//! Filing numbers (备案号): what happened to each, what keeps it, and how it ends.

pub(super) mod cancel;
pub(super) mod correct;
pub(super) mod drop_access;
pub(super) mod mine;
pub(super) mod one;
pub(super) mod shapes;

/// Where numbers are listed, and each is found below.
const ADDRESS: &str = "/api/v1/numbers";
