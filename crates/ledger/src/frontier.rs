//! Growing the tree with a few hashes in memory.

use crate::hash::{Hash, TreeHead, node_hash};

/// Most entries of a tree. No ledger reaches it; it keeps the arithmetic of proofs away from the end of `u64`.
pub const MAX_SIZE: u64 = 1 << 62;

/// The place of a complete node of the tree: it covers the entries from `index << level` to `(index + 1) << level`. Its hash
/// never changes once those entries are there, so that it can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// 0 for entries, one more for each step towards the root.
    pub level: u8,
    /// Which one of its level, from the left.
    pub index: u64,
}

/// The right edge of the tree: the roots of its complete subtrees, at most 62 hashes, whatever its size. All that is needed
/// to append entries and to know the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Why a stored frontier cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// Larger than [`MAX_SIZE`].
    #[error("a tree of {size} entries is too large")]
    TooLarge {
        /// The size.
        size: u64,
    },
    /// Another number of hashes than a tree of that size has.
    #[error("{found} hashes for a tree of {size} entries, expected {expected}")]
    Peaks {
        /// The size.
        size: u64,
        /// Hashes given.
        found: usize,
        /// Hashes that belong to a tree of that size.
        expected: usize,
    },
}

impl Frontier {
    /// Of the tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Of a tree of `size` entries, from its [`peaks`](Self::peaks). Whether they are the right ones shows in
    /// [`head`](Self::head).
    pub fn restore(size: u64, peaks: Vec<Hash>) -> Result<Self, FrontierError> {
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge { size });
        }
        let expected = size.count_ones() as usize;
        if peaks.len() != expected {
            return Err(FrontierError::Peaks { size, found: peaks.len(), expected });
        }
        Ok(Self { size, peaks })
    }

    /// The stored nodes whose hashes are the peaks of a tree of `size` entries, in order.
    pub fn nodes(size: u64) -> impl Iterator<Item = Node> {
        complete_nodes(0, size)
    }

    /// Appends an entry by its [`leaf_hash`](crate::leaf_hash). `complete` is given the leaf and every node that it completes,
    /// to be stored for proofs; two for each entry on average.
    pub fn append(&mut self, leaf: Hash, mut complete: impl FnMut(Node, Hash)) {
        let mut node = Node { level: 0, index: self.size };
        let mut hash = leaf;
        complete(node, hash);
        while node.index & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            node = Node { level: node.level + 1, index: node.index >> 1 };
            hash = node_hash(left, hash);
            complete(node, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many entries the tree has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its complete subtrees, the largest first: as many as `size` has ones in binary.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Size and root.
    pub fn head(&self) -> TreeHead {
        let root = fold(self.peaks.iter().copied()).unwrap_or_else(Hash::of_nothing);
        TreeHead { size: self.size, root }
    }
}

/// The complete nodes that cover the entries from `start` to `start + length`, from left to right. `start` is a multiple of
/// the smallest power of two that is at least `length`.
pub(crate) fn complete_nodes(start: u64, length: u64) -> impl Iterator<Item = Node> {
    let mut covered = 0;
    (0..64u8).rev().filter(move |level| length >> level & 1 == 1).map(move |level| {
        let index = (start + covered) >> level;
        covered += 1 << level;
        Node { level, index }
    })
}

/// The root over complete subtrees, given from left to right.
pub(crate) fn fold(peaks: impl DoubleEndedIterator<Item = Hash>) -> Option<Hash> {
    peaks.rev().reduce(|right, left| node_hash(left, right))
}
