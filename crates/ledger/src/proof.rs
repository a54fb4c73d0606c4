//! Proofs and how they are verified (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

use crate::hash::{Hash, TreeHead, node_hash};

/// More hashes than any proof has: one for each level, and one more for consistency.
const MAX_PROOF_LEN: usize = 64;

/// That an entry is in a tree: the hashes beside its way to the root, from the leaf up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof(pub(crate) Vec<Hash>);

/// That a tree begins with an older tree: the hashes from which both roots follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof(pub(crate) Vec<Hash>);

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not 32 bytes for each hash, or more hashes than any proof has.
    #[error("{found} bytes are no proof")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// An entry beyond the end of the tree, or an older tree that is larger.
    #[error("the tree of {size} entries is too small for what is to be proven")]
    OutOfRange {
        /// Size of the tree.
        size: u64,
    },
    /// Another number of hashes than the proof in question has.
    #[error("the proof has {found} hashes, which is too many or too few")]
    Count {
        /// Hashes found.
        found: usize,
    },
    /// The hashes lead to another root: the proof is for another entry or another tree.
    #[error("the proof leads to another root")]
    OtherRoot,
    /// The hashes lead to the root of the newer tree but not to that of the older: the newer tree has another past.
    #[error("the proof shows another past")]
    OtherPast,
}

macro_rules! bytes_of_proof {
    ($proof:ty) => {
        impl $proof {
            /// Reads the hashes, one after the other.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProofError> {
                let (hashes, rest) = bytes.as_chunks();
                if !rest.is_empty() || hashes.len() > MAX_PROOF_LEN {
                    return Err(ProofError::Length { found: bytes.len() });
                }
                Ok(Self(hashes.iter().copied().map(Hash).collect()))
            }

            /// The hashes, one after the other.
            pub fn to_bytes(&self) -> Vec<u8> {
                self.0.iter().flat_map(|hash| hash.0).collect()
            }

            /// The hashes in order.
            pub fn hashes(&self) -> &[Hash] {
                &self.0
            }
        }
    };
}

bytes_of_proof!(InclusionProof);
bytes_of_proof!(ConsistencyProof);

impl InclusionProof {
    /// Verifies that the entry with the hash `leaf` is the one at `index` in the tree with that head.
    pub fn verify(&self, leaf: Hash, index: u64, head: TreeHead) -> Result<(), ProofError> {
        if index >= head.size {
            return Err(ProofError::OutOfRange { size: head.size });
        }
        let count = ProofError::Count { found: self.0.len() };
        let (mut node, mut last, mut root) = (index, head.size - 1, leaf);
        for hash in &self.0 {
            if last == 0 {
                return Err(count);
            }
            if node & 1 == 1 || node == last {
                root = node_hash(*hash, root);
                skip_to_right_child(&mut node, &mut last);
            } else {
                root = node_hash(root, *hash);
            }
            node >>= 1;
            last >>= 1;
        }
        match last {
            0 if root == head.root => Ok(()),
            0 => Err(ProofError::OtherRoot),
            _ => Err(count),
        }
    }
}

impl ConsistencyProof {
    /// Verifies that the tree `new` begins with the tree `old`.
    ///
    /// [`ProofError::OtherPast`] is certain: a proof that leads to the root of `new` is made of its nodes.
    /// [`ProofError::OtherRoot`] may be a wrong proof or another past.
    pub fn verify(&self, old: TreeHead, new: TreeHead) -> Result<(), ProofError> {
        if old.size > new.size {
            return Err(ProofError::OutOfRange { size: new.size });
        }
        if old.size == 0 || old.size == new.size {
            return self.verify_without_hashes(old, new);
        }
        let count = ProofError::Count { found: self.0.len() };
        let (mut node, mut last) = (old.size - 1, new.size - 1);
        let ones = node.trailing_ones();
        node >>= ones;
        last >>= ones;
        // A complete old tree is itself a node of the new one and is left out of the proof.
        let mut hashes = self.0.iter().copied();
        let first = if old.size.is_power_of_two() { old.root } else { hashes.next().ok_or(count)? };
        let (mut old_root, mut new_root) = (first, first);
        for hash in hashes {
            if last == 0 {
                return Err(count);
            }
            if node & 1 == 1 || node == last {
                old_root = node_hash(hash, old_root);
                new_root = node_hash(hash, new_root);
                skip_to_right_child(&mut node, &mut last);
            } else {
                new_root = node_hash(new_root, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return Err(count);
        }
        match (new_root == new.root, old_root == old.root) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::OtherPast),
            (false, _) => Err(ProofError::OtherRoot),
        }
    }

    fn verify_without_hashes(&self, old: TreeHead, new: TreeHead) -> Result<(), ProofError> {
        let expected = if old.size == 0 { Hash::of_nothing() } else { new.root };
        if !self.0.is_empty() {
            Err(ProofError::Count { found: self.0.len() })
        } else if old.root == expected {
            Ok(())
        } else {
            Err(ProofError::OtherPast)
        }
    }
}

/// On the right edge, goes up to where there is a sibling on the left.
const fn skip_to_right_child(node: &mut u64, last: &mut u64) {
    let levels = if *node == 0 { 0 } else { node.trailing_zeros() };
    *node >>= levels;
    *last >>= levels;
}
