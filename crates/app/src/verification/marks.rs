//! Keyed hashes of what customers type to prove a product: rows are found and requests told apart by them.

use super::Proof;
use crate::{ground::Ground, marks::mark};
use rulebook::folded;

/// Under which names of hosts are found.
const NAMES: &str = "kebei v1 names of hosts";
/// Under which proofs are told apart: a password must not be tried against what is kept of a request.
const PROOFS: &str = "kebei v1 proofs";

/// The keyed hash by which a host is found: the same however its name is spaced, and in any case and width.
pub(super) fn of_name(ground: &Ground, name: &str) -> [u8; 32] {
    mark(ground, NAMES, &[folded(name).as_bytes()])
}

/// The keyed hash by which a proof is known again when the same is asked again, in hex.
pub(super) fn of_proof(ground: &Ground, proof: &Proof) -> String {
    let mark = match proof {
        Proof::Code(text) => mark(ground, PROOFS, &[b"code", text.as_bytes()]),
        Proof::Host { name, password } => {
            mark(ground, PROOFS, &[b"host", name.as_bytes(), password.text().as_bytes()])
        }
    };
    crate::hex(&mark)
}
