//! The ledger (台账), for auditors: its key, its newest checkpoint, and proofs against it.

pub(super) mod checkpoint;
pub(super) mod consistency;
pub(super) mod inclusion;
pub(super) mod key;

/// How keys and checkpoints are served: they are texts of a fixed form (C2SP).
const TEXT: &str = "text/plain; charset=utf-8";

/// Where the proof of an entry is found.
pub(super) fn proof_address(entry: &str) -> String {
    format!("/api/v1/ledger/entries/{entry}/proof")
}
