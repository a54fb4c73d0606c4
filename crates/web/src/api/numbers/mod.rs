//! Filing numbers (备案号): what happened to each, what keeps it, and how it ends.

pub(super) mod at_risk;
pub(super) mod cancel;
pub(super) mod correct;
pub(super) mod domain;
pub(super) mod drop_access;
pub(super) mod elsewhere;
pub(super) mod mended;
pub(super) mod mine;
pub(super) mod one;
pub(crate) mod receipt;
pub(in crate::api) mod shapes;
pub(super) mod untrue;

/// Where numbers are listed, and each is found below.
const ADDRESS: &str = "/api/v1/numbers";
