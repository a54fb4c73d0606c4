//! How the database stands to the checkpoint that is kept outside it.

use super::stored::{self, NotRead};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use ledger::{CheckpointError, SignedCheckpoint, TreeHead, VerifyingKey};
use store::{Tx, Unit};

/// Why a database is not the one that its checkpoint outside tells of. Nothing is written to it and nothing is signed, until
/// an operator accepts it or the right one is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// It has fewer entries.
    #[error(
        "its ledger has {database} entries, but had {outside} by the checkpoint outside it: an older copy was restored, or \
         entries were taken away"
    )]
    Older {
        /// Entries in the database.
        database: u64,
        /// Entries by the checkpoint outside.
        outside: u64,
    },
    /// It has as many entries or more, but others.
    #[error(
        "its ledger of {database} entries is not that of the checkpoint outside it, which has {outside}: it was rewritten, or \
         is another copy"
    )]
    Rewritten {
        /// Entries in the database.
        database: u64,
        /// Entries by the checkpoint outside.
        outside: u64,
    },
    /// The checkpoint outside is not signed by the key of this database.
    #[error("the checkpoint outside it is none of this ledger: {0}")]
    Foreign(CheckpointError),
    /// The tree in the database and its own newest checkpoint do not belong together, whatever is outside.
    #[error("its ledger does not add up: {0}")]
    Unsound(String),
}

/// What was found outside and in the database.
pub(crate) struct Standing {
    /// The note outside, if there is one.
    pub(crate) note: Option<String>,
    /// What it says, if it is of this ledger.
    pub(crate) outside: Option<TreeHead>,
    /// The newest checkpoint in the database.
    pub(crate) newest: Option<SignedCheckpoint>,
    pub(crate) conflict: Option<Conflict>,
}

impl Desk {
    /// Compares the database with the checkpoint outside, and makes the desk read-only or writable by what is found. `None`
    /// where none is kept outside.
    pub(crate) async fn compare_with_outside(&self) -> Result<Option<Standing>, DeskError> {
        let Some(outside) = self.outside() else { return Ok(None) };
        // First what is outside: a checkpoint that another process writes meanwhile is in the database before.
        let note = outside.read().await?;
        let key = self.ledger_key();
        let opened = note.as_deref().map(|note| key.open(note)).transpose();
        let foreign = opened.as_ref().err().map(|error| Conflict::Foreign(*error));
        let outside = opened.ok().flatten().map(|signed| signed.checkpoint().head);
        let (newest, conflict) = self.store().read(Compare { key, outside }).await.map_err(Failed::told)?;
        let conflict = conflict.or(foreign);
        self.set_conflict(conflict.clone());
        Ok(Some(Standing { note, outside, newest, conflict }))
    }
}

struct Compare {
    key: VerifyingKey,
    outside: Option<TreeHead>,
}

impl Unit for Compare {
    type Output = (Option<SignedCheckpoint>, Option<Conflict>);
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let stored = match stored::read(tx, &self.key).await {
            Ok(stored) => stored,
            Err(NotRead::Unsound(fault)) => return Ok((None, Some(Conflict::Unsound(fault)))),
            Err(NotRead::Store(error)) => return Err(error.into()),
        };
        let head = stored.frontier.head();
        let conflict = match self.outside {
            Some(outside) => against(tx, outside, head).await?,
            None => None,
        };
        Ok((stored.newest, conflict))
    }
}

/// Whether the tree `head` of the database goes on from `outside`, and what is wrong if not.
pub(crate) async fn against(
    tx: &mut Tx<'_>,
    outside: TreeHead,
    head: TreeHead,
) -> Result<Option<Conflict>, store::StoreError> {
    let (database, known) = (head.size, outside.size);
    if database < known {
        return Ok(Some(Conflict::Older { database, outside: known }));
    }
    let follows = stored::follows(tx, outside, head).await?;
    Ok((!follows).then_some(Conflict::Rewritten { database, outside: known }))
}
