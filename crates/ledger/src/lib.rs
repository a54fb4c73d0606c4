//! The ledger (台账): the append-only record of every decision and change, in a form that anyone can verify with this crate
//! and a public key, without the database.

mod cbor;
mod checkpoint;
mod commitment;
mod differences;
mod entry;
mod entry_ref;
mod frontier;
mod hash;
mod history;
mod key;
mod note;
mod proof;
mod proving;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use commitment::commitment;
pub use differences::{Difference, difference};
pub use entry::{
    Actor, ActorKind, Entry, EntryFault, Id, MAX_AT, MAX_COMMITMENTS, MAX_EDITION_LEN, MAX_ENTRY_LEN,
    MAX_ID_LEN, MAX_IDS, MAX_KIND_LEN, MAX_NAME_LEN,
};
pub use entry_ref::{ActorRef, Commitments, DecodeError, DecodeFault, EntryRef, IdRef, Ids};
pub use frontier::{Frontier, FrontierError, MAX_SIZE, Node};
pub use hash::{Hash, TreeHead, leaf_hash, node_hash};
pub use history::HistoryError;
pub use key::{KeyError, SignError, Signer, VerifyingKey};
pub use note::{MAX_NOTE_LEN, MAX_SIGNATURES, NoteError};
pub use proof::{ConsistencyProof, InclusionProof, ProofError};
pub use proving::{ProveError, consistency_nodes, inclusion_nodes};
