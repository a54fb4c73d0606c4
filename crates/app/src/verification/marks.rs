//! Keyed hashes of what customers type to prove a product: rows are found and requests told apart by them.

use super::Proof;
use crate::ground::Ground;
use hmac::{Hmac, KeyInit, Mac};
use rulebook::folded;
use sha2::Sha256;

/// Under which names of hosts are found.
const NAMES: &str = "kebei v1 names of hosts";
/// Under which proofs are told apart: a password must not be tried against what is kept of a request.
const PROOFS: &str = "kebei v1 proofs";

/// A keyed hash of `parts`, for one use. The key comes from that of the ledger, which every desk has and which stays the same
/// when keys are rotated: names of hosts are not kept, and could not be hashed anew.
fn mark(ground: &Ground, label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let key = mac(ground.signer.seed().as_slice(), &[label.as_bytes()]);
    mac(&key, parts)
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length; without one nothing would ever be found.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

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
