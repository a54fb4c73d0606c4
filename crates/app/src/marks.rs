//! Keyed hashes under keys that never change: by them rows are found, and requests told apart, whose values are not kept.

use crate::ground::Ground;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A keyed hash of `parts`, for one use. The key comes from that of the ledger, which every desk has and which stays the same
/// when keys are rotated: what is not kept, or is erased, could not be hashed anew.
pub(crate) fn mark(ground: &Ground, label: &str, parts: &[&[u8]]) -> [u8; 32] {
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
