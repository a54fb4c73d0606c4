//! Exporting the ledger into one file that anyone can verify without the database.

use super::stored::{self, NotRead, StoredTree};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use ledger::{ExportWriter, Frontier, SignedCheckpoint, VerifyingKey, WriteError};
use std::io::Write;
use store::{Tx, Unit, checkpoints, entries};

/// Entries read at once: some hundred kilobytes, and a few megabytes at most.
pub(crate) const PAGE: u64 = 256;

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportLedgerError {
    /// No checkpoint is signed yet.
    #[error("the ledger has no checkpoint yet")]
    Empty,
    /// There is no checkpoint of that size to begin with.
    #[error("the ledger has no checkpoint of {0} entries")]
    NoCheckpoint(u64),
    /// The destination takes no more, or the ledger is damaged.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Writes the ledger up to its newest checkpoint, whole or after the checkpoint of `since` entries; gives the closing
    /// checkpoint. A page is in memory at a time, and `out` may block.
    pub async fn export_ledger<W: Write + Send + 'static>(
        &self,
        out: W,
        since: Option<u64>,
    ) -> Result<SignedCheckpoint, ExportLedgerError> {
        let ends = Ends { key: self.ledger_key(), since };
        let (opening, closing) = self.store().read(ends).await.map_err(Failed::told)?;
        let size = closing.checkpoint().head.size;
        let mut at = since.unwrap_or_default();
        let mut export = blocking(move || match opening {
            Some((opening, tree)) => ExportWriter::since(out, &opening, tree),
            None => ExportWriter::whole(out),
        })
        .await?;
        while at < size {
            let to = size.min(at + PAGE);
            let page: Result<_, DeskError> =
                self.store().read(Page { from: at, to }).await.map_err(Failed::told);
            let page = page?;
            export = blocking(move || {
                page.iter().try_for_each(|entry| export.entry(entry))?;
                Ok(export)
            })
            .await?;
            at = to;
        }
        let last = closing.clone();
        blocking(move || export.finish(&last)).await?;
        Ok(closing)
    }
}

/// Writes where waiting disturbs nobody.
async fn blocking<T: Send + 'static>(
    write: impl FnOnce() -> Result<T, WriteError> + Send + 'static,
) -> Result<T, WriteError> {
    let done = tokio::task::spawn_blocking(write).await;
    done.unwrap_or_else(|error| Err(std::io::Error::other(error).into()))
}

/// Reads the checkpoints between which is exported.
struct Ends {
    key: VerifyingKey,
    since: Option<u64>,
}

impl Unit for Ends {
    type Output = (Option<(SignedCheckpoint, Frontier)>, SignedCheckpoint);
    type Error = Failed<ExportLedgerError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let StoredTree { newest, .. } = stored::read(tx, &self.key).await?;
        let closing = newest.ok_or(Failed::Because(ExportLedgerError::Empty))?;
        let Some(since) = self.since else { return Ok((None, closing)) };
        let size = i64::try_from(since).unwrap_or(i64::MAX);
        let row = checkpoints::of_size(tx, size).await?;
        let row = row.ok_or(Failed::Because(ExportLedgerError::NoCheckpoint(since)))?;
        let opening = stored::opened(&self.key, &row.note, row.size)?;
        Ok((Some((opening, stored::frontier(tx, since).await?)), closing))
    }
}

/// Reads the entries of one page, all of which must be there.
struct Page {
    from: u64,
    to: u64,
}

impl Unit for Page {
    type Output = Vec<Vec<u8>>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let [from, to] = [self.from, self.to].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
        let rows = entries::placed(tx, from, to).await?;
        if rows.len() as u64 == self.to - self.from {
            Ok(rows.into_iter().map(|row| row.entry.bytes).collect())
        } else {
            let fault = format!("entries are missing between {} and {}", self.from, self.to);
            Err(NotRead::Unsound(fault).into())
        }
    }
}
