//! Gives waiting entries their places in the tree, and signs a checkpoint. Any number of processes may do it at once.

use super::{
    later, standing,
    stored::{self, StoredTree},
};
use crate::{
    Desk, Worker,
    failure::{Damage, DeskError, Failed},
};
use jiff::Timestamp;
use ledger::{EntryRef, Frontier, SignedCheckpoint, TreeHead, VerifyingKey, leaf_hash};
use std::sync::Arc;
use store::{
    Tx, Unit,
    checkpoints::{self, CheckpointRow},
    entries::{self, EntryRow, Placing},
    tree::{self, NodeRow},
};

/// Entries placed at once: some megabytes at most, and a transaction of milliseconds.
const BATCH: i64 = 512;
/// Writes sent together.
const TOGETHER: usize = 256;
/// Seconds until it is looked again whether entries wait.
const PERIOD: i64 = 1;
/// Seconds until a step that failed is tried again.
const AFTER_FAILURE: i64 = 10;

/// What a step of the sequencer came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequenced {
    /// No entry waited.
    Nothing,
    /// So many entries have places now, and a checkpoint is signed.
    Placed {
        /// How many.
        entries: u64,
        /// Whether more may be waiting.
        more: bool,
    },
    /// Another process was faster, and nothing was written.
    Overtaken,
}

/// The worker that gives entries their places.
#[derive(Clone, Debug)]
pub struct Sequencer(Desk);

impl Sequencer {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self(desk)
    }
}

impl Worker for Sequencer {
    fn name(&self) -> &'static str {
        "ledger.sequencer"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        match self.0.sequence_ledger(now).await {
            Ok(Sequenced::Placed { more: true, .. }) => Some(now),
            Ok(_) => Some(later(now, PERIOD)),
            Err(error) => {
                tracing::error!(event = "ledger.not_sequenced", %error);
                Some(later(now, AFTER_FAILURE))
            }
        }
    }
}

impl Desk {
    /// Gives places to a batch of entries that wait, in the order of their times, and signs a checkpoint. Refused while the
    /// database is not what its checkpoint outside tells of: two histories are never signed by a desk that knows better.
    pub async fn sequence_ledger(&self, now: Timestamp) -> Result<Sequenced, DeskError> {
        let outside = self.compare_with_outside().await?.and_then(|standing| standing.outside);
        if let Some(conflict) = self.conflict() {
            return Err(DeskError::ReadOnly(conflict));
        }
        let batch = self.read_batch(outside).await?;
        if batch.waiting.is_empty() {
            return Ok(Sequenced::Nothing);
        }
        let placed = Arc::new(self.place(batch, now)?);
        let entries = placed.places.len();
        match self.write(|_| Ok(Place(Arc::clone(&placed)))).await {
            Ok(()) => {
                let more = i64::try_from(entries).is_ok_and(|entries| entries == BATCH);
                Ok(Sequenced::Placed { entries: entries as u64, more })
            }
            Err(NotPlaced::Overtaken) => Ok(Sequenced::Overtaken),
            Err(NotPlaced::Desk(error)) => Err(error),
        }
    }

    async fn read_batch(&self, outside: Option<TreeHead>) -> Result<Batch, DeskError> {
        self.read::<_, DeskError>(|_| Ok(ReadBatch { key: self.ledger_key(), outside })).await
    }

    /// Grows the tree in memory by what waits. The signing key is the same in every generation of the desk.
    fn place(&self, batch: Batch, now: Timestamp) -> Result<Placed, DeskError> {
        let Batch { stored: StoredTree { mut frontier, .. }, waiting } = batch;
        let old = signed(frontier.size());
        let (mut places, mut nodes) = (Vec::with_capacity(waiting.len()), Vec::new());
        for entry in &waiting {
            let damage = |fault: String| Damage::Entry { id: entry.id, fault };
            EntryRef::decode(&entry.bytes).map_err(|error| damage(error.to_string()))?;
            places.push(Placing { id: entry.id, place: signed(frontier.size()) });
            frontier.append(leaf_hash(&entry.bytes), |node, hash| nodes.push(NodeRow::new(node, hash)));
        }
        let checkpoint = self.sign(&frontier)?;
        let size = signed(frontier.size());
        let checkpoint = CheckpointRow { size, note: checkpoint.note().to_owned(), at: now.as_microsecond() };
        Ok(Placed { old, places, nodes, checkpoint })
    }

    fn sign(&self, frontier: &Frontier) -> Result<SignedCheckpoint, DeskError> {
        let signed = self.ground().signer.sign(frontier.head(), &[]);
        signed.map_err(|error| Damage::Ledger { fault: error.to_string() }.into())
    }
}

/// A number of entries as columns have it; none reaches the end of `i64`.
fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The tree, and what waits to be put into it.
struct Batch {
    stored: StoredTree,
    waiting: Vec<EntryRow>,
}

/// Reads a batch. It is a unit of its own, that only reads: a serialisable transaction that looks for what is waiting would
/// collide with everyone who adds an entry.
struct ReadBatch {
    key: VerifyingKey,
    outside: Option<TreeHead>,
}

impl Unit for ReadBatch {
    type Output = Batch;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Batch, Self::Error> {
        let stored = stored::read(tx, &self.key).await?;
        if let Some(outside) = self.outside {
            // Once more, on the very state that is signed.
            let conflict = standing::against(tx, outside, stored.frontier.head()).await?;
            if let Some(conflict) = conflict {
                return Err(DeskError::ReadOnly(conflict).into());
            }
        }
        Ok(Batch { stored, waiting: entries::waiting(tx, BATCH).await? })
    }
}

/// What is written for a batch.
struct Placed {
    old: i64,
    places: Vec<Placing>,
    nodes: Vec<NodeRow>,
    checkpoint: CheckpointRow,
}

/// Why it is not written.
#[derive(Debug)]
enum NotPlaced {
    Overtaken,
    Desk(DeskError),
}

impl From<DeskError> for NotPlaced {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

/// Writes a batch, if the tree still has the size from which it was grown.
struct Place(Arc<Placed>);

impl Unit for Place {
    type Output = ();
    type Error = Failed<NotPlaced>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        let Placed { old, places, nodes, checkpoint } = &*self.0;
        if !tree::advance(tx, *old, checkpoint.size).await? {
            return Err(Failed::Because(NotPlaced::Overtaken));
        }
        for some in places.chunks(TOGETHER) {
            let writes: Vec<_> = some.iter().map(entries::placing).collect();
            if tx.together(&writes).await?.iter().any(|changed| *changed != 1) {
                return Err(Failed::Because(NotPlaced::Overtaken));
            }
        }
        for some in nodes.chunks(TOGETHER) {
            let writes: Vec<_> = some.iter().map(tree::adding).collect();
            tx.together(&writes).await?;
        }
        tx.together(&[checkpoints::adding(checkpoint)]).await?;
        Ok(())
    }
}
