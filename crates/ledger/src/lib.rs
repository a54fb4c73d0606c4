//! The ledger (台账): the append-only record of every decision and change, in a form that anyone can verify with this crate
//! and a public key, without the database.

mod cbor;
mod commitment;
mod entry;
mod entry_ref;

pub use commitment::commitment;
pub use entry::{
    Actor, ActorKind, Entry, EntryFault, Id, MAX_AT, MAX_COMMITMENTS, MAX_EDITION_LEN, MAX_ENTRY_LEN,
    MAX_ID_LEN, MAX_IDS, MAX_KIND_LEN, MAX_NAME_LEN,
};
pub use entry_ref::{ActorRef, Commitments, DecodeError, DecodeFault, EntryRef, IdRef, Ids};
