//! Proofs made from stored nodes (RFC 9162, sections 2.1.3.1 and 2.1.4.1).
//!
//! A proof reads a number of nodes that grows with the logarithm of the tree. Where reading takes a query or an `await`, ask
//! for the list of nodes first, fetch them together, and make the proof from what was fetched.

use crate::{
    frontier::{MAX_SIZE, Node, complete_nodes, fold},
    hash::Hash,
    proof::{ConsistencyProof, InclusionProof},
};
use std::convert::Infallible;

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The entry is not in the tree, the older tree is larger than the newer, or the tree is larger than [`MAX_SIZE`].
    #[error("no such proof in a tree of {size} entries")]
    OutOfRange {
        /// Size of the tree.
        size: u64,
    },
    /// A node could not be read.
    #[error(transparent)]
    Read(#[from] E),
}

impl InclusionProof {
    /// The proof that the entry `index` is in the tree of `size` entries; `read` gives the hashes of stored nodes.
    pub fn prove<E>(
        index: u64,
        size: u64,
        mut read: impl FnMut(Node) -> Result<Hash, E>,
    ) -> Result<Self, ProveError<E>> {
        if index >= size || size > MAX_SIZE {
            return Err(ProveError::OutOfRange { size });
        }
        let (mut start, mut length, mut path) = (0, size, Vec::new());
        while length > 1 {
            let left = largest_power_below(length);
            if index - start < left {
                path.push(subtree(start + left, length - left, &mut read)?);
                length = left;
            } else {
                path.push(subtree(start, left, &mut read)?);
                start += left;
                length -= left;
            }
        }
        path.reverse();
        Ok(Self(path))
    }
}

impl ConsistencyProof {
    /// The proof that the tree of `new` entries begins with the tree of `old` entries; `read` gives the hashes of stored nodes.
    pub fn prove<E>(
        old: u64,
        new: u64,
        mut read: impl FnMut(Node) -> Result<Hash, E>,
    ) -> Result<Self, ProveError<E>> {
        if old > new || new > MAX_SIZE {
            return Err(ProveError::OutOfRange { size: new });
        }
        let (mut start, mut length, mut path) = (0, new, Vec::new());
        if old == 0 {
            return Ok(Self(path));
        }
        while start + length != old {
            let left = largest_power_below(length);
            if old - start <= left {
                path.push(subtree(start + left, length - left, &mut read)?);
                length = left;
            } else {
                path.push(subtree(start, left, &mut read)?);
                start += left;
                length -= left;
            }
        }
        if start > 0 {
            path.push(subtree(start, length, &mut read)?);
        }
        path.reverse();
        Ok(Self(path))
    }
}

/// The nodes that [`InclusionProof::prove`] will read.
pub fn inclusion_nodes(index: u64, size: u64) -> Result<Vec<Node>, ProveError<Infallible>> {
    let mut nodes = Vec::new();
    InclusionProof::prove(index, size, |node| Ok(note(&mut nodes, node)))?;
    Ok(nodes)
}

/// The nodes that [`ConsistencyProof::prove`] will read.
pub fn consistency_nodes(old: u64, new: u64) -> Result<Vec<Node>, ProveError<Infallible>> {
    let mut nodes = Vec::new();
    ConsistencyProof::prove(old, new, |node| Ok(note(&mut nodes, node)))?;
    Ok(nodes)
}

/// Notes that `node` is needed; which hash stands for it does not matter.
fn note(nodes: &mut Vec<Node>, node: Node) -> Hash {
    nodes.push(node);
    Hash([0; Hash::LEN])
}

/// The root of the subtree over `length` ≥ 1 entries from `start`, as it is split on the way to a proof.
fn subtree<E>(start: u64, length: u64, read: &mut impl FnMut(Node) -> Result<Hash, E>) -> Result<Hash, E> {
    let peaks = complete_nodes(start, length).map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(fold(peaks.into_iter()).unwrap_or_else(Hash::of_nothing))
}

/// The largest power of two below `length` ≥ 2.
const fn largest_power_below(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}
