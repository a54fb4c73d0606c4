//! The tree as the database has it.

use crate::failure::{Damage, DeskError, Failed};
use ledger::{
    ConsistencyProof, Frontier, Hash, Node, ProveError, SignedCheckpoint, TreeHead, VerifyingKey,
    consistency_nodes,
};
use std::collections::HashMap;
use store::{StoreError, Tx, checkpoints, tree};

/// The right edge of the tree and its newest checkpoint, which agree.
pub(crate) struct StoredTree {
    pub(crate) frontier: Frontier,
    pub(crate) newest: Option<SignedCheckpoint>,
}

/// Why the tree is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRead {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored does not belong together.
    #[error("{0}")]
    Unsound(String),
}

impl From<NotRead> for DeskError {
    fn from(error: NotRead) -> Self {
        match error {
            NotRead::Store(error) => error.into(),
            NotRead::Unsound(fault) => Damage::Ledger { fault }.into(),
        }
    }
}

impl<E> From<NotRead> for Failed<E> {
    fn from(error: NotRead) -> Self {
        Self::Desk(error.into())
    }
}

/// Reads the tree's right edge and its newest checkpoint, and holds them against each other.
pub(crate) async fn read(tx: &mut Tx<'_>, key: &VerifyingKey) -> Result<StoredTree, NotRead> {
    let size = u64::try_from(tree::size(tx).await?).unwrap_or_default();
    let frontier = frontier(tx, size).await?;
    let newest = match checkpoints::newest(tx).await? {
        Some(row) => Some(opened(key, &row.note, row.size)?),
        None => None,
    };
    let signed = newest.as_ref().map_or(Frontier::new().head(), |newest| newest.checkpoint().head);
    if signed != frontier.head() {
        let fault = format!("its tree of {size} entries is not that of its newest checkpoint");
        return Err(NotRead::Unsound(fault));
    }
    Ok(StoredTree { frontier, newest })
}

/// The checkpoint that a row keeps.
pub(crate) fn opened(key: &VerifyingKey, note: &str, size: i64) -> Result<SignedCheckpoint, NotRead> {
    let unsound = |fault: &str| NotRead::Unsound(format!("checkpoint {size}: {fault}"));
    let signed = key.open(note).map_err(|error| unsound(&error.to_string()))?;
    if i64::try_from(signed.checkpoint().head.size).ok() == Some(size) {
        Ok(signed)
    } else {
        Err(unsound("it is stored under another size"))
    }
}

/// The right edge of the tree when it had `size` entries.
pub(crate) async fn frontier(tx: &mut Tx<'_>, size: u64) -> Result<Frontier, NotRead> {
    let peaks: Vec<Node> = Frontier::nodes(size).collect();
    let found = nodes(tx, &peaks).await?;
    let peaks = peaks.iter().map(|node| hash(&found, *node)).collect::<Result<_, _>>()?;
    Frontier::restore(size, peaks).map_err(|error| NotRead::Unsound(error.to_string()))
}

/// Whether the tree `now` has grown out of `known`, by the stored nodes.
pub(crate) async fn follows(tx: &mut Tx<'_>, known: TreeHead, now: TreeHead) -> Result<bool, StoreError> {
    match consistency(tx, known.size, now.size).await {
        Ok(proof) => Ok(now.follows(known, &proof).is_ok()),
        Err(NotRead::Unsound(_)) => Ok(false),
        Err(NotRead::Store(error)) => Err(error),
    }
}

/// The proof that the tree of `new` entries begins with that of `old`.
pub(crate) async fn consistency(tx: &mut Tx<'_>, old: u64, new: u64) -> Result<ConsistencyProof, NotRead> {
    let unsound = |error: &dyn std::fmt::Display| NotRead::Unsound(error.to_string());
    let wanted = consistency_nodes(old, new).map_err(|error| unsound(&error))?;
    let found = nodes(tx, &wanted).await?;
    ConsistencyProof::prove(old, new, |node| hash(&found, node)).map_err(|error| match error {
        ProveError::Read(error) => error,
        error @ ProveError::OutOfRange { .. } => unsound(&error),
    })
}

pub(crate) async fn nodes(tx: &mut Tx<'_>, wanted: &[Node]) -> Result<HashMap<Node, Hash>, StoreError> {
    Ok(tree::nodes(tx, wanted).await?.into_iter().collect())
}

pub(crate) fn hash(found: &HashMap<Node, Hash>, node: Node) -> Result<Hash, NotRead> {
    let Node { level, index } = node;
    let missing = || NotRead::Unsound(format!("node {index} of level {level} is missing"));
    found.get(&node).copied().ok_or_else(missing)
}
