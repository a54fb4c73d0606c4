//! How the database stands to the checkpoint that is kept outside it.

use super::stored::{self, NotRead};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use ledger::{CheckpointError, SignedCheckpoint, TreeHead, VerifyingKey};
use std::path::{Path, PathBuf};
use store::{Tx, Unit, outside};

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
    /// There is none outside, although one was kept: it was taken away, or is looked for in the wrong place.
    #[error("the checkpoint outside it, `{}`, is missing, although one is kept since {since}", .file.display())]
    Missing {
        /// Where it is looked for.
        file: PathBuf,
        /// Since when one is kept.
        since: Timestamp,
    },
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
    /// Since when one is kept outside, by the database; `None` before the first.
    pub(crate) kept_since: Option<Timestamp>,
    pub(crate) conflict: Option<Conflict>,
}

impl Standing {
    /// That there is no note outside although one was kept there, if that is so.
    pub(crate) fn missing(&self, file: &Path) -> Option<Conflict> {
        let since = self.kept_since.filter(|_| self.note.is_none())?;
        Some(Conflict::Missing { file: file.to_owned(), since })
    }
}

impl Desk {
    /// Compares the database with the checkpoint outside, and makes the desk read-only or writable by what is found. `None`
    /// where none is kept outside.
    pub(crate) async fn compare_with_outside(&self) -> Result<Option<Standing>, DeskError> {
        let standing = self.look_outside().await?;
        if let Some(standing) = &standing {
            self.set_conflict(standing.conflict.clone());
        }
        Ok(standing)
    }

    /// The same, and changes nothing.
    pub(crate) async fn look_outside(&self) -> Result<Option<Standing>, DeskError> {
        let Some(outside) = self.outside() else { return Ok(None) };
        let mut standing = self.standing(outside.read().await?).await?;
        if standing.missing(outside.path()).is_some() {
            // The mark in the database is written after the file: one that another process made between the two looks is there
            // by now, and one that is not was taken away.
            standing = self.standing(outside.read().await?).await?;
        }
        standing.conflict = standing.conflict.take().or_else(|| standing.missing(outside.path()));
        Ok(Some(standing))
    }

    /// How the database stands to `note`. That was read before: a checkpoint that another process writes meanwhile is in the
    /// database first.
    async fn standing(&self, note: Option<String>) -> Result<Standing, DeskError> {
        let key = self.ledger_key();
        let opened = note.as_deref().map(|note| key.open(note)).transpose();
        let foreign = opened.as_ref().err().map(|error| Conflict::Foreign(*error));
        let outside = opened.ok().flatten().map(|signed| signed.checkpoint().head);
        let Compared { newest, kept_since, conflict } =
            self.store().read(Compare { key, outside }).await.map_err(Failed::told)?;
        Ok(Standing { note, outside, newest, kept_since, conflict: conflict.or(foreign) })
    }
}

struct Compare {
    key: VerifyingKey,
    outside: Option<TreeHead>,
}

/// What a [`Compare`] finds in the database.
struct Compared {
    newest: Option<SignedCheckpoint>,
    kept_since: Option<Timestamp>,
    conflict: Option<Conflict>,
}

impl Unit for Compare {
    type Output = Compared;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Compared, Self::Error> {
        let marked = outside::kept_since(tx).await?;
        let kept_since = marked.map(|at| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX));
        let stored = match stored::read(tx, &self.key).await {
            Ok(stored) => stored,
            Err(NotRead::Unsound(fault)) => {
                let conflict = Some(Conflict::Unsound(fault));
                return Ok(Compared { newest: None, kept_since, conflict });
            }
            Err(NotRead::Store(error)) => return Err(error.into()),
        };
        let head = stored.frontier.head();
        let conflict = match self.outside {
            Some(outside) => against(tx, outside, head).await?,
            None => None,
        };
        Ok(Compared { newest: stored.newest, kept_since, conflict })
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
