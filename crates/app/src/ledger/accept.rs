//! An operator accepts a database that is not the one its checkpoint outside tells of, or whose checkpoint outside is gone.

use super::{
    Outside,
    standing::{Conflict, Standing},
};
use crate::{
    Actor, Desk, Operator,
    clock::following,
    failure::{DeskError, Failed},
    ground::Ground,
    hex,
    ledger_entry::{entry, row, theirs},
};
use jiff::Timestamp;
use ledger::{Id, TreeHead};
use sha2::{Digest, Sha256};
use std::{path::PathBuf, sync::Arc};
use store::{EntryId, Tx, Unit, entries, outside};

/// The ledger's kind of an entry that says that an older or another database was accepted.
const ACCEPTED: &str = "ledger.accepted-older";
/// The kind of one that says that a database was accepted whose checkpoint outside was missing.
const ACCEPTED_WITHOUT: &str = "ledger.accepted-without-checkpoint";
/// How many bytes of the digest tell superseded notes of one size apart.
const TELLING: usize = 4;

/// A database that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The entry of the ledger that says so.
    pub entry: EntryId,
    /// What was accepted.
    pub conflict: Conflict,
    /// Where the superseded checkpoint is kept: the proof of what was lost. `None` where it was missing.
    pub kept: Option<PathBuf>,
}

/// Why a database is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The database is what the checkpoint outside tells of, or none is kept.
    #[error("there is nothing to accept: the database agrees with its checkpoint outside")]
    Nothing,
    /// The ledger in the database contradicts itself, so that nothing could be signed on top of it.
    #[error("the ledger in the database does not add up and cannot be accepted: {0}")]
    Unsound(String),
    /// The checkpoint outside was changed while this was done.
    #[error("the checkpoint outside was changed meanwhile; look again")]
    Changed,
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Goes on with the database as it is: writes into the ledger what was superseded or missing, keeps a superseded checkpoint
    /// beside the file, and makes the desk writable. `operator` is who answers for it, by id. Every file outside that tells
    /// of the lost state, on other machines for instance, is accepted by itself.
    pub async fn accept_older_database(&self, operator: &Operator) -> Result<Accepted, AcceptError> {
        let (Some(standing), Some(outside)) = (self.compare_with_outside().await?, self.outside()) else {
            return Err(AcceptError::Nothing);
        };
        let Standing { note, outside: head, newest, conflict, .. } = standing;
        let conflict = conflict.ok_or(AcceptError::Nothing)?;
        if let Conflict::Unsound(fault) = conflict {
            return Err(AcceptError::Unsound(fault));
        }
        let now = self.now();
        let entry = self.chance().draw().id(now);
        let superseded = note.map(|note| Superseded { head, digest: Sha256::digest(&note).into(), note });
        // The entry first: whatever happens then, the desk stays read-only until it is known who accepted what.
        self.write_even_read_only::<_, DeskError>(|ground| {
            let (operator, superseded) = (operator.clone(), superseded.as_ref().map(Superseded::named));
            Ok(Accept { ground, entry, now, operator, superseded })
        })
        .await?;
        let newest = newest.map(|newest| newest.note().to_owned());
        let kept = if let Some(superseded) = superseded {
            Some(superseded.set_aside(outside, newest).await?)
        } else {
            if let Some(newest) = newest {
                // Another process that wrote one meanwhile has done the same.
                outside.replace(None, newest).await.map_err(DeskError::from)?;
            }
            None
        };
        self.compare_with_outside().await?;
        tracing::warn!(
            event = "ledger.accepted_older",
            %conflict,
            kept = kept.as_deref().map(|kept| tracing::field::display(kept.display())),
        );
        Ok(Accepted { entry, conflict, kept })
    }
}

/// The checkpoint outside that no longer counts.
struct Superseded {
    note: String,
    /// What it says; `None` when it is none of this ledger.
    head: Option<TreeHead>,
    digest: [u8; 32],
}

impl Superseded {
    /// What the entry says of it.
    const fn named(&self) -> Named {
        Named { head: self.head, digest: self.digest }
    }

    /// Keeps it beside the file, where `newest` takes its place; where it is kept.
    async fn set_aside(self, outside: &Outside, newest: Option<String>) -> Result<PathBuf, AcceptError> {
        let Self { note, head, digest } = self;
        let size = head.map_or_else(|| "unknown".to_owned(), |head| head.size.to_string());
        let suffix =
            format!("superseded-{size}-{}", hex(digest.first_chunk::<TELLING>().map_or(&[], |part| part)));
        let kept = outside.path().with_added_extension(&suffix);
        let done = outside.supersede(note, suffix, newest).await.map_err(DeskError::from)?;
        if done { Ok(kept) } else { Err(AcceptError::Changed) }
    }
}

/// A superseded checkpoint as the entry names it.
struct Named {
    head: Option<TreeHead>,
    digest: [u8; 32],
}

/// Writes the entry that says so.
struct Accept {
    ground: Arc<Ground>,
    entry: EntryId,
    now: Timestamp,
    operator: Operator,
    /// `None` when the checkpoint outside is missing.
    superseded: Option<Named>,
}

impl Unit for Accept {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        let desk = self.ground.check(tx).await?;
        let at = following(self.now, [desk.changed_at])?.as_microsecond();
        let kind = if self.superseded.is_some() { ACCEPTED } else { ACCEPTED_WITHOUT };
        let mut accepted = entry(at, &Actor::Staff(self.operator.clone()), kind);
        match &self.superseded {
            Some(Named { head, digest }) => {
                if let Some(TreeHead { size, root }) = head {
                    accepted.ids.push(theirs("size", &size.to_string()));
                    accepted.ids.push(theirs("root", &root.to_string()));
                }
                accepted.ids.push(("note".into(), Id::bytes(*digest)));
            }
            // Until the file is there again, the desk is as one that never kept any.
            None => {
                tx.together(&[outside::forgetting()]).await?;
            }
        }
        tx.together(&[entries::adding(&row(self.entry, &accepted)?)]).await?;
        Ok(())
    }
}
