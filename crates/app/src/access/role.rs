//! Roles (角色): what kind of work somebody does at the desk. None includes another.

use serde::{Serialize, Serializer};
use std::fmt;

/// A role. Somebody may have several; what each may do stands in [`RIGHTS`](super::RIGHTS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A site owner, for the one account that he signs in for.
    Customer,
    /// Answers why something is not possible.
    Support,
    /// Looks at filing orders before the bureau does (初审).
    Reviewer,
    /// Keeps rules, inventory, users and codes.
    Operator,
    /// Reads the ledger and the access log.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Customer, Self::Support, Self::Reviewer, Self::Operator, Self::Auditor];

    /// As options, the database and the API say it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Support => "support",
            Self::Reviewer => "reviewer",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Whether `role` is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Those that are among them, in their order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | role.bit()))
    }
}

/// As a list of their words.
impl Serialize for Roles {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Role::word))
    }
}
