//! The tree over the ledger's entries: its complete nodes, and how many entries it has.

use crate::{
    error::{Result, StoreError},
    sql::{Columns, Param, Row, statements},
    tx::{Tx, Write},
};
use ledger::{Hash, Node};

/// A complete node as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRow {
    level: i64,
    index: i64,
    hash: Vec<u8>,
}

impl NodeRow {
    /// The row of `node`.
    pub fn new(node: Node, hash: Hash) -> Self {
        let index = i64::try_from(node.index).unwrap_or(i64::MAX);
        Self { level: node.level.into(), index, hash: hash.0.to_vec() }
    }
}

/// A node that was found.
struct Found(Node, Hash);

impl Row for Found {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (level, index, hash): (i64, i64, Vec<u8>) = (columns.get(0)?, columns.get(1)?, columns.get(2)?);
        let unreadable = |found: String| StoreError::Unreadable { what: "ledger_nodes", found };
        let place = u8::try_from(level).ok().zip(u64::try_from(index).ok());
        let (level, index) = place.ok_or_else(|| unreadable(format!("node {index} of level {level}")))?;
        let bytes = hash.len();
        let hash = hash.try_into().map_err(|_| unreadable(format!("a hash of {bytes} bytes")))?;
        Ok(Self(Node { level, index }, Hash(hash)))
    }
}

/// Nodes that one query of [`nodes`] asks for; the peaks of most trees.
const AT_ONCE: usize = 12;

statements! {
    SIZE = "SELECT size FROM ledger_head";
    ADVANCE = "UPDATE ledger_head SET size = $2 WHERE only_one = 1 AND size = $1";
    ADD = "INSERT INTO ledger_nodes (level, idx, hash) VALUES ($1, $2, $3)";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS nodes FROM ledger_nodes";
    LEVEL = "SELECT level, idx, hash FROM ledger_nodes WHERE level = $1 AND idx >= $2 AND idx < $3 ORDER BY idx";
    NODES = "SELECT level, idx, hash FROM ledger_nodes
             WHERE (level = $1 AND idx = $2) OR (level = $3 AND idx = $4) OR (level = $5 AND idx = $6)
                OR (level = $7 AND idx = $8) OR (level = $9 AND idx = $10) OR (level = $11 AND idx = $12)
                OR (level = $13 AND idx = $14) OR (level = $15 AND idx = $16) OR (level = $17 AND idx = $18)
                OR (level = $19 AND idx = $20) OR (level = $21 AND idx = $22) OR (level = $23 AND idx = $24)";
}

/// How many entries have a place.
pub async fn size(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&SIZE, &[]).await?.map_or(0, |(size,)| size))
}

/// Grows the tree from `old` to `new` entries; `false` when it has not `old` entries, because another process was faster.
pub async fn advance(tx: &mut Tx<'_>, old: i64, new: i64) -> Result<bool> {
    Ok(tx.execute(&ADVANCE, &[&old, &new]).await? == 1)
}

/// Adds a node.
pub fn adding(node: &NodeRow) -> Write<'_> {
    let NodeRow { level, index, hash } = node;
    Write::new(&ADD, vec![level, index, hash])
}

/// How many nodes there are.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT, &[]).await?.map_or(0, |(count,)| count))
}

/// Those of `nodes` that are there, in no order: a proof's or a frontier's, in a round trip or two.
pub async fn nodes(tx: &mut Tx<'_>, nodes: &[Node]) -> Result<Vec<(Node, Hash)>> {
    let mut found = Vec::with_capacity(nodes.len());
    for some in nodes.chunks(AT_ONCE) {
        let rows: Vec<NodeRow> = some.iter().map(|node| NodeRow::new(*node, Hash::of_nothing())).collect();
        let Some(last) = rows.last() else { continue };
        let padded = rows.iter().chain(std::iter::repeat(last)).take(AT_ONCE);
        let parameters: Vec<&dyn Param> =
            padded.flat_map(|NodeRow { level, index, .. }| [level as &dyn Param, index]).collect();
        found.extend(
            tx.all::<Found>(&NODES, &parameters).await?.into_iter().map(|Found(node, hash)| (node, hash)),
        );
    }
    Ok(found)
}

/// The nodes of one level from `from` to before `to`. The caller bounds how many these are.
pub async fn level(tx: &mut Tx<'_>, level: u8, from: u64, to: u64) -> Result<Vec<(Node, Hash)>> {
    let [from, to] = [from, to].map(|index| i64::try_from(index).unwrap_or(i64::MAX));
    let found = tx.all::<Found>(&LEVEL, &[&i64::from(level), &from, &to]).await?;
    Ok(found.into_iter().map(|Found(node, hash)| (node, hash)).collect())
}
