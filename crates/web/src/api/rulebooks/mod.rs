//! The rulebook (规则集).

pub(super) mod impact;
pub(super) mod in_force;
pub(super) mod publish;

/// How rulebooks are sent and served.
const TOML: &str = "application/toml";
