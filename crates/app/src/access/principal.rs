//! Who stands before the desk, and what he may do there.

use super::{Right, Roles};
use crate::{Actor, Asker, BadOperator, Operator};
use std::collections::BTreeSet;

/// Somebody who was recognised: a person by his session, a person or another system by a key.
#[derive(Clone, Debug)]
pub struct Principal {
    pub(crate) name: String,
    pub(crate) system: bool,
    pub(crate) roles: Roles,
    pub(crate) account: Option<Asker>,
    pub(crate) scopes: Option<BTreeSet<Right>>,
}

impl Principal {
    /// The name with which he signs in, or by which the system is known.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// His roles.
    pub const fn roles(&self) -> Roles {
        self.roles
    }

    /// The account for which a customer acts.
    pub const fn account(&self) -> Option<&Asker> {
        self.account.as_ref()
    }

    /// Whether he may do that: by one of his roles, and within the scopes of the key that he used.
    pub fn may(&self, right: Right) -> bool {
        right.roles().iter().any(|role| self.roles.has(*role))
            && self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&right))
    }

    /// As the ledger names him when he does something: a customer as his account.
    pub fn actor(&self) -> Result<Actor, BadOperator> {
        match &self.account {
            Some(account) => Ok(Actor::Account(account.clone())),
            None if self.system => Ok(Actor::Partner(self.name.clone())),
            None => Operator::parse(&self.name).map(Actor::Staff),
        }
    }
}
