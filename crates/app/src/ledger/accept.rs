//! An operator accepts a database that is not the one its checkpoint outside tells of.

use super::standing::{Conflict, Standing};
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
use store::{EntryId, Tx, Unit, entries};

/// The ledger's kind of an entry that says that an older or another database was accepted.
const ACCEPTED: &str = "ledger.accepted-older";
/// How many bytes of the digest tell superseded notes of one size apart.
const TELLING: usize = 4;

/// A database that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The entry of the ledger that says so.
    pub entry: EntryId,
    /// What was accepted.
    pub conflict: Conflict,
    /// Where the superseded checkpoint is kept: the proof of what was lost.
    pub kept: PathBuf,
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
    /// Goes on with the database as it is: writes into the ledger what was superseded, keeps the superseded checkpoint beside
    /// the file, and makes the desk writable. `operator` is who answers for it, by id. Every file outside that tells of
    /// the lost state, on other machines for instance, is accepted by itself.
    pub async fn accept_older_database(&self, operator: &Operator) -> Result<Accepted, AcceptError> {
        let standing = self.compare_with_outside().await?;
        let outside = self.outside().ok_or(AcceptError::Nothing)?;
        let Some(Standing { note: Some(note), outside: head, newest, conflict: Some(conflict) }) = standing
        else {
            return Err(AcceptError::Nothing);
        };
        if let Conflict::Unsound(fault) = conflict {
            return Err(AcceptError::Unsound(fault));
        }
        let (now, operator) = (self.now(), operator.clone());
        let entry = self.chance().draw().id(now);
        let digest: [u8; 32] = Sha256::digest(&note).into();
        // The entry first: whatever happens then, the desk stays read-only until it is known who accepted what.
        self.write_even_read_only::<_, DeskError>(|ground| {
            Ok(Accept { ground, entry, now, operator: operator.clone(), head, digest })
        })
        .await?;
        let size = head.map_or_else(|| "unknown".to_owned(), |head| head.size.to_string());
        let suffix =
            format!("superseded-{size}-{}", hex(digest.first_chunk::<TELLING>().map_or(&[], |part| part)));
        let kept = outside.path().with_added_extension(&suffix);
        let newest = newest.map(|newest| newest.note().to_owned());
        if !outside.supersede(note, suffix, newest).await.map_err(DeskError::from)? {
            return Err(AcceptError::Changed);
        }
        self.compare_with_outside().await?;
        tracing::warn!(event = "ledger.accepted_older", %conflict, kept = %kept.display());
        Ok(Accepted { entry, conflict, kept })
    }
}

/// Writes the entry that says so.
struct Accept {
    ground: Arc<Ground>,
    entry: EntryId,
    now: Timestamp,
    operator: Operator,
    /// What the superseded checkpoint says; `None` when it is none of this ledger.
    head: Option<TreeHead>,
    digest: [u8; 32],
}

impl Unit for Accept {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        let desk = self.ground.check(tx).await?;
        let at = following(self.now, [desk.changed_at])?.as_microsecond();
        let mut accepted = entry(at, &Actor::Staff(self.operator.clone()), ACCEPTED);
        if let Some(TreeHead { size, root }) = self.head {
            accepted.ids.push(theirs("size", &size.to_string()));
            accepted.ids.push(theirs("root", &root.to_string()));
        }
        accepted.ids.push(("note".into(), Id::bytes(self.digest)));
        tx.together(&[entries::adding(&row(self.entry, &accepted)?)]).await?;
        Ok(())
    }
}
