//! Reading the ledger as people do: its newest checkpoint with a page of entries, or one entry by its id or its place. What is damaged
//! is told with the rest: whoever looks for it must see what is still there.

use super::stored;
use crate::{Desk, failure::DeskError, hex};
use jiff::Timestamp;
use ledger::{EntryRef, IdRef, SignedCheckpoint, VerifyingKey};
use store::{
    EntryId, Tx, Unit, checkpoints,
    entries::{self, PlacedRow},
    tree,
};
use uuid::Uuid;

/// How many entries a page has at most.
pub const MOST_ENTRIES: u32 = 100;

/// The newest checkpoint, and some entries before it.
#[derive(Clone, Debug)]
pub struct LedgerPage {
    /// The newest checkpoint and when it was signed; `None` before the first one, or where the one that is stored is not of this ledger.
    pub checkpoint: Option<(SignedCheckpoint, Timestamp)>,
    /// How many entries have their places.
    pub size: u64,
    /// How many wait for theirs.
    pub waiting: u64,
    /// Entries with places, newest first.
    pub entries: Vec<EntryRead>,
    /// The place before which the next page ends; `None` where that was all.
    pub next: Option<u64>,
}

/// An entry as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRead {
    /// Its id.
    pub id: EntryId,
    /// Its place in the tree, from 0; `None` as long as it waits for one.
    pub place: Option<u64>,
    /// When it was.
    pub at: Timestamp,
    /// What it says; `None` where its bytes are no entry.
    pub says: Option<EntrySays>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySays {
    /// What kind of entry, such as `code.issued`.
    pub kind: String,
    /// Who did it: the kind of actor and his name.
    pub actor: (&'static str, String),
    /// What it was done to.
    pub ids: Vec<IdSaid>,
    /// The edition decided by.
    pub edition: Option<String>,
    /// SHA-256 of the rulebook decided by, in hex.
    pub rulebook: Option<String>,
    /// What was decided on and how: JSON with a version.
    pub decided: Option<Vec<u8>>,
    /// The names of the personal data that it commits to, of which it has nothing else.
    pub commitments: Vec<String>,
}

/// An id in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdSaid {
    /// What it is of, such as `instance`.
    pub name: String,
    /// The id.
    pub id: String,
    /// Whether it is one of ours, which says nothing to people, and not as others write it.
    pub is_ours: bool,
}

/// How an entry is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryNamed {
    /// By its id.
    Id(EntryId),
    /// By its place, from 0.
    Place(u64),
}

impl EntryNamed {
    /// What somebody typed: an id, or a place. `None` where it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let by_place = || text.parse().ok().map(Self::Place);
        text.parse().ok().map(Self::Id).or_else(by_place)
    }
}

impl Desk {
    /// The newest checkpoint with the entries before the place `before`, newest first, no more than `most` and [`MOST_ENTRIES`].
    pub async fn ledger_page(&self, before: Option<u64>, most: u32) -> Result<LedgerPage, DeskError> {
        let most = most.min(MOST_ENTRIES).into();
        self.store().read(ReadPage { key: self.ledger_key(), before, most }).await
    }

    /// One entry; `None` where there is none so named.
    pub async fn ledger_entry(&self, named: EntryNamed) -> Result<Option<EntryRead>, DeskError> {
        self.store().read(ReadOne(named)).await
    }
}

struct ReadPage {
    key: VerifyingKey,
    before: Option<u64>,
    most: u64,
}

impl Unit for ReadPage {
    type Output = LedgerPage;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<LedgerPage, DeskError> {
        let counted = |number: i64| u64::try_from(number).unwrap_or_default();
        let size = counted(tree::size(tx).await?);
        let newest = checkpoints::newest(tx).await?;
        let checkpoint = newest.and_then(|row| {
            let signed = stored::opened(&self.key, &row.note, row.size).ok()?;
            Some((signed, moment(row.at)))
        });
        let waiting = counted(entries::count_waiting(tx).await?);
        let to = self.before.map_or(size, |before| before.min(size));
        let from = to.saturating_sub(self.most);
        let [first, last] = [from, to].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
        let rows = entries::placed(tx, first, last).await?;
        let entries = rows.iter().rev().map(read).collect();
        Ok(LedgerPage { checkpoint, size, waiting, entries, next: (from > 0).then_some(from) })
    }
}

struct ReadOne(EntryNamed);

impl Unit for ReadOne {
    type Output = Option<EntryRead>;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, DeskError> {
        let row = match self.0 {
            EntryNamed::Id(id) => entries::with_place(tx, id).await?,
            EntryNamed::Place(place) => match i64::try_from(place) {
                Ok(place) => entries::placed(tx, place, place.saturating_add(1)).await?.pop(),
                Err(_) => None,
            },
        };
        Ok(row.as_ref().map(read))
    }
}

fn read(row: &PlacedRow) -> EntryRead {
    EntryRead {
        id: row.entry.id,
        place: row.place.and_then(|place| u64::try_from(place).ok()),
        at: moment(row.entry.at),
        says: EntryRef::decode(&row.entry.bytes).ok().map(|entry| says(&entry)),
    }
}

fn says(entry: &EntryRef<'_>) -> EntrySays {
    EntrySays {
        kind: entry.kind.to_owned(),
        actor: (entry.actor.kind.word(), written(entry.actor.id)),
        ids: entry.ids.iter().map(|(name, id)| id_said(name, id)).collect(),
        edition: entry.edition.map(str::to_owned),
        rulebook: entry.rulebook.map(|digest| hex(digest)),
        decided: entry.decided.map(<[u8]>::to_vec),
        commitments: entry.commitments.iter().map(|(name, _)| name.to_owned()).collect(),
    }
}

fn id_said(name: &str, id: IdRef<'_>) -> IdSaid {
    IdSaid { name: name.to_owned(), id: written(id), is_ours: matches!(id, IdRef::Bytes(_)) }
}

/// An id as people write it.
fn written(id: IdRef<'_>) -> String {
    match id {
        IdRef::Text(text) => text.to_owned(),
        IdRef::Bytes(bytes) => Uuid::from_slice(bytes).map_or_else(|_| hex(bytes), |id| id.to_string()),
    }
}

fn moment(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)
}
