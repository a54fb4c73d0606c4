//! One entry of the ledger, as use cases write it.

use crate::{
    Actor,
    failure::{Damage, DeskError},
};
use ledger::{Entry, EntryRef, Id, IdRef};
use std::borrow::Cow;
use store::{CodeId, EntryId, entries::EntryRow};
use uuid::Uuid;

/// An entry without edition, rulebook and facts, to be completed.
pub(crate) fn entry(at: i64, actor: &Actor, kind: &'static str) -> Entry {
    Entry {
        at,
        actor: actor.named(),
        kind: Cow::Borrowed(kind),
        ids: Vec::new(),
        edition: None,
        rulebook: None,
        decided: None,
        commitments: Vec::new(),
    }
}

/// The row of an entry.
pub(crate) fn row(id: EntryId, entry: &Entry) -> Result<EntryRow, DeskError> {
    Ok(EntryRow { id, at: entry.at, bytes: entry.encode()? })
}

/// An id of ours, named.
pub(crate) fn ours(name: &'static str, id: Uuid) -> (Cow<'static, str>, Id) {
    (Cow::Borrowed(name), Id::bytes(id.as_bytes().as_slice()))
}

/// An id as others write it, named.
pub(crate) fn theirs(name: &'static str, id: &str) -> (Cow<'static, str>, Id) {
    (Cow::Borrowed(name), Id::text(id))
}

/// The codes that an entry names.
pub(crate) fn code_ids<'e>(entry: &'e EntryRef<'_>) -> impl Iterator<Item = CodeId> + 'e {
    entry.ids.named("code").filter_map(|id| match id {
        IdRef::Bytes(bytes) => Uuid::from_slice(bytes).ok().map(CodeId::new),
        IdRef::Text(_) => None,
    })
}

/// The id of ours that an entry gives by that name; `stands` is the entry itself, for what is wrong with it.
pub(crate) fn id_in(entry: &EntryRef<'_>, name: &str, stands: EntryId) -> Result<Uuid, DeskError> {
    let found = entry.ids.named(name).find_map(|id| match id {
        IdRef::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
        IdRef::Text(_) => None,
    });
    let damage = || Damage::Entry { id: stands, fault: format!("it names no {name}") };
    Ok(found.ok_or_else(damage)?)
}
