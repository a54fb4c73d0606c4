//! One entry of the ledger, as use cases write it.

use crate::{Asker, failure::Damage};
use ledger::{Actor, ActorKind, Entry, Id};
use std::borrow::Cow;
use store::{EntryId, entries::EntryRow};
use uuid::Uuid;

/// An entry without edition, rulebook and facts, to be completed.
pub(crate) fn entry(at: i64, actor: Actor, kind: &'static str) -> Entry {
    Entry {
        at,
        actor,
        kind: Cow::Borrowed(kind),
        ids: Vec::new(),
        edition: None,
        rulebook: None,
        decided: None,
        commitments: Vec::new(),
    }
}

/// The row of an entry.
pub(crate) fn row(id: EntryId, entry: &Entry) -> Result<EntryRow, Damage> {
    Ok(EntryRow { id, at: entry.at, bytes: entry.encode()? })
}

impl Asker {
    pub(crate) fn actor(&self) -> Actor {
        Actor { kind: ActorKind::Account, id: Id::text(&self.name) }
    }
}

/// Kebei itself.
pub(crate) fn kebei() -> Actor {
    Actor { kind: ActorKind::System, id: Id::text("kebei") }
}

/// An id of ours, named.
pub(crate) fn ours(name: &'static str, id: Uuid) -> (Cow<'static, str>, Id) {
    (Cow::Borrowed(name), Id::bytes(id.as_bytes().as_slice()))
}

/// An id as others write it, named.
pub(crate) fn theirs(name: &'static str, id: &str) -> (Cow<'static, str>, Id) {
    (Cow::Borrowed(name), Id::text(id))
}
