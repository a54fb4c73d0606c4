//! The hashes of the tree (RFC 9162, section 2.1.1).

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::fmt;

/// A SHA-256 hash of the tree. Shown as base64, as checkpoints have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; Self::LEN]);

impl Hash {
    pub(crate) const LEN: usize = 32;

    /// The root of the tree without leaves: the hash of nothing.
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The hash of an encoded entry: of the byte 0 and the entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

/// The hash of a node over its two children: of the byte 1 and both.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// How large a tree is and what its root is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many entries it has.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}
