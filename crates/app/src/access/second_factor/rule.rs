//! Who must have a second factor.

use crate::access::Principal;

/// Who must have a second factor. Whoever must and has none may do nothing but set one up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondFactorRule {
    /// Nobody: everybody may.
    #[default]
    Nobody,
    /// The provider's own people. Systems call with keys, which are secrets enough.
    Staff,
}

impl SecondFactorRule {
    /// Whether it asks one of somebody who is that.
    pub(crate) const fn asks(self, is_customer: bool, is_system: bool) -> bool {
        matches!(self, Self::Staff) && !is_customer && !is_system
    }

    /// Whether it asks one of whoever was recognised.
    pub const fn asks_of(self, principal: &Principal) -> bool {
        self.asks(principal.account().is_some(), principal.system)
    }
}
