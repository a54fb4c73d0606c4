//! Who does something: named in the ledger, and the owner of an idempotency key.

use crate::Operator;
use ledger::{Actor as Named, ActorKind, Id};
use serde::{Serialize, Serializer};
use std::fmt;
use store::AccountId;

/// A customer's account as it asks for something. Only the desk makes one, so that name and id belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    pub(crate) id: AccountId,
    pub(crate) name: String,
}

impl Asker {
    /// Its id within the desk.
    pub const fn id(&self) -> AccountId {
        self.id
    }

    /// The id by which inventories name it as buyer.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// An asker is known by its name.
impl Serialize for Asker {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(to)
    }
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A customer.
    Account(Asker),
    /// Somebody who works for the provider.
    Staff(Operator),
    /// Another system of the provider, by the name of its API key.
    Partner(String),
    /// Kebei itself.
    Kebei,
}

impl Actor {
    /// As the ledger names him.
    pub(crate) fn named(&self) -> Named {
        let (kind, id) = match self {
            Self::Account(asker) => (ActorKind::Account, asker.name()),
            Self::Staff(operator) => (ActorKind::Staff, operator.as_str()),
            Self::Partner(name) => (ActorKind::Key, name.as_str()),
            Self::Kebei => (ActorKind::System, "kebei"),
        };
        Named { kind, id: Id::text(id) }
    }
}

/// As idempotency keys are told apart: `account:acc-7`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Named { kind, id } = self.named();
        match id {
            Id::Text(name) => write!(f, "{}:{name}", kind.word()),
            Id::Bytes(_) => f.write_str(kind.word()),
        }
    }
}

/// An actor is known as idempotency keys tell him apart.
impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
