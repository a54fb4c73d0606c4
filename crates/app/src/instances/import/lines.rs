//! The rows of an import, those of one outcome, page by page.

use super::{ImportError, ImportNote, find};
use crate::{
    Desk,
    failure::{Damage, Failed},
};
use store::{
    OperationId, Tx, Unit,
    import_rows::{self, ImportRow},
};

/// How many rows a page has at most.
pub const MOST_LINES: u32 = 1000;

/// Which rows of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinesOf {
    /// Instances that the desk did not know.
    New,
    /// Instances of which something changes.
    Changed,
    /// Instances of which nothing changes.
    Same,
    /// Instances that are gone.
    Gone,
    /// Records that are not applied.
    Rejected,
    /// Those that are applied although something is to be known of them.
    Noted,
}

impl LinesOf {
    /// Its word, as rows are stored; `None` for those that are noted.
    pub(super) const fn word(self) -> Option<&'static str> {
        match self {
            Self::New => Some("new"),
            Self::Changed => Some("changed"),
            Self::Same => Some("same"),
            Self::Gone => Some("gone"),
            Self::Rejected => Some("rejected"),
            Self::Noted => None,
        }
    }
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Its number within the import, from 1: where the next page goes on.
    pub number: u64,
    /// Where it stood, as the caller said; empty for one that is gone.
    pub source: String,
    /// On which line there; 0 for one that is gone.
    pub line: u64,
    /// The instance, where it says which.
    pub instance: Option<String>,
    /// What is to be known of it.
    pub note: Option<ImportNote>,
}

impl Desk {
    /// The rows of an import behind the one numbered `after`, no more than `most` and [`MOST_LINES`]. Of an import that was
    /// applied those remain that were rejected or noted, until the next one begins.
    pub async fn import_lines(
        &self,
        id: OperationId,
        of: LinesOf,
        after: u64,
        most: u32,
    ) -> Result<Vec<ImportLine>, ImportError> {
        let (after, most) = (i64::try_from(after).unwrap_or(i64::MAX), most.min(MOST_LINES).into());
        self.read(|_| Ok(Lines { id, of, after, most })).await
    }
}

struct Lines {
    id: OperationId,
    of: LinesOf,
    after: i64,
    most: i64,
}

impl Unit for Lines {
    type Output = Vec<ImportLine>;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<ImportLine>, Self::Error> {
        let Self { id, of, after, most } = *self;
        find(tx, id).await?;
        let rows = match of.word() {
            Some(outcome) => import_rows::of_outcome(tx, id, outcome, after, most).await?,
            None => import_rows::noted(tx, id, after, most).await?,
        };
        Ok(rows.into_iter().map(|row| line(id, row)).collect::<Result<_, _>>()?)
    }
}

fn line(id: OperationId, row: ImportRow) -> Result<ImportLine, Damage> {
    let unsigned = |number: i64| u64::try_from(number).unwrap_or_default();
    let note = row.note.as_deref().map(serde_json::from_str).transpose();
    let note = note.map_err(|error| Damage::Operation { id, fault: error.to_string() })?;
    Ok(ImportLine {
        number: unsigned(row.number),
        source: row.source,
        line: unsigned(row.line),
        instance: row.name,
        note,
    })
}
