//! The ledger (台账): the append-only record of every decision and change, in a form that anyone can verify with this crate
//! and a public key, without the database.
//!
//! - An [`Entry`] is one decision or change. It has exactly one encoding, which [`EntryRef::decode`] insists on.
//! - The encoded entries are the leaves of a Merkle tree (RFC 6962, RFC 9162). A [`Frontier`] appends to it with a few
//!   hashes in memory; [`InclusionProof`] and [`ConsistencyProof`] are made from stored [`Node`]s and verified from nothing.
//! - A [`Checkpoint`] says how large the tree was and what its root is. Signed by a [`Signer`] it is a C2SP checkpoint, as
//!   other logs publish them; a [`VerifyingKey`] opens it.
//! - An export is the whole ledger, or what came after a checkpoint, in one file: [`ExportWriter`], [`verify_export`].
//!
//! Personal data never enters an entry. Where a decision hangs on it, the entry carries a [`commitment`] whose key is stored
//! with the data and erased with it.
//!
//! ```
//! use ledger::{Actor, ActorKind, Entry, EntryRef, Frontier, Id, Signer, leaf_hash};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let entry = Entry {
//!     at: 1_767_225_600_000_000,
//!     actor: Actor { kind: ActorKind::Account, id: Id::text("alice") },
//!     kind: "code.issued".into(),
//!     ids: vec![("instance".into(), Id::text("i-bp1")), ("code".into(), Id::bytes([7; 16]))],
//!     edition: Some("2020-10-16".into()),
//!     rulebook: None,
//!     decided: None,
//!     commitments: vec![],
//! };
//! let bytes = entry.encode()?;
//! assert_eq!(EntryRef::decode(&bytes)?.to_entry(), entry);
//!
//! let mut tree = Frontier::new();
//! tree.append(leaf_hash(&bytes), |_node, _hash| { /* stored, for proofs */ });
//!
//! let signer = Signer::from_seed("kebei.example/ledger", &[7; 32])?;
//! let signed = signer.sign(tree.head(), &[])?;
//! let opened = signer.verifying_key().open(signed.note())?;
//! assert_eq!(opened.checkpoint().head, tree.head());
//! # Ok(())
//! # }
//! ```

mod cbor;
mod checkpoint;
mod commitment;
mod differences;
mod entry;
mod entry_ref;
mod export;
mod frontier;
mod hash;
mod history;
mod key;
mod note;
mod proof;
mod proving;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use commitment::commitment;
pub use differences::{Difference, difference};
pub use entry::{
    Actor, ActorKind, Entry, EntryFault, Id, MAX_AT, MAX_COMMITMENTS, MAX_EDITION_LEN, MAX_ENTRY_LEN,
    MAX_ID_LEN, MAX_IDS, MAX_KIND_LEN, MAX_NAME_LEN,
};
pub use entry_ref::{ActorRef, Commitments, DecodeError, DecodeFault, EntryRef, IdRef, Ids};
pub use export::{ExportWriter, WriteError};
pub use frontier::{Frontier, FrontierError, MAX_SIZE, Node};
pub use hash::{Hash, TreeHead, leaf_hash, node_hash};
pub use history::HistoryError;
pub use key::{KeyError, SignError, Signer, VerifyingKey};
pub use note::{MAX_NOTE_LEN, MAX_SIGNATURES, NoteError};
pub use proof::{ConsistencyProof, InclusionProof, ProofError};
pub use proving::{ProveError, consistency_nodes, inclusion_nodes};
pub use verify::{ExportError, ExportFault, Verified, verify_export};
