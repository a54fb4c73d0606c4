//! What the ledger says about an instance and its codes, newest first.
//!
//! Entries are bytes to the database. An index of what they speak of is made behind the sequencer, by [`MentionIndex`]: writing
//! it with the entry would cost whoever issues codes one more row for the instance and one for each code. What the worker has
//! not reached yet is read as it is.

use super::{Look, WhyNotError};
use crate::{
    Desk, Worker,
    failure::{Damage, DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use ledger::{EntryRef, IdRef};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    CodeId, EntryId, Tx, Unit,
    entries::{self, EntryRow, PlacedRow},
    entry_mentions::{self, Mention, Speaking, Subject},
};

/// How many entries are told, the newest.
const MOST_TOLD: usize = 50;
/// How many entries that are not in the index are read: many times what gathers while the worker sleeps.
const MOST_UNINDEXED: i64 = 2000;
/// Entries put into the index at once: on SQLite all other writing waits meanwhile, for about a millisecond.
const BATCH: i64 = 128;
/// Writes sent together.
const TOGETHER: usize = 256;
/// How long the worker sleeps when there is nothing to do, or when something failed.
const PERIOD: SignedDuration = SignedDuration::from_secs(5);
/// What entries speak of that is looked for, as they name it.
const NAMES: [&str; 2] = ["instance", "code"];

/// One entry of the ledger, as support sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySeen {
    /// Its id.
    pub id: EntryId,
    /// Its place in the tree, from 0; `None` as long as it waits for one.
    pub place: Option<u64>,
    /// When it was.
    pub at: Timestamp,
    /// What kind of entry.
    pub kind: String,
    /// Who did it: the kind of actor and his name.
    pub actor: (&'static str, String),
    /// The edition that was asked.
    pub edition: Option<String>,
    /// What was decided on and how: JSON with a version.
    pub decided: Option<Vec<u8>>,
}

/// The newest entries about something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntriesSeen {
    /// The entries, newest first.
    pub entries: Vec<EntrySeen>,
    /// Whether there are or may be more.
    pub more: bool,
}

/// The digest by which the index knows something.
fn subject(name: &str, id: &[u8]) -> Subject {
    let digest = Sha256::new().chain_update(name).chain_update([0]).chain_update(id).finalize();
    digest.first_chunk().copied().unwrap_or_default()
}

/// All that an entry speaks of.
fn subjects(entry: &EntryRef<'_>) -> BTreeSet<Subject> {
    let bytes = |id| match id {
        IdRef::Text(text) => str::as_bytes(text),
        IdRef::Bytes(bytes) => bytes,
    };
    let known = entry.ids.iter().filter(|(name, _)| NAMES.contains(name));
    known.map(|(name, id)| subject(name, bytes(id))).collect()
}

fn decoded(row: &EntryRow) -> Result<EntryRef<'_>, Damage> {
    EntryRef::decode(&row.bytes).map_err(|error| Damage::Entry { id: row.id, fault: error.to_string() })
}

impl Look {
    /// The newest entries up to the time asked about that speak of the instance or of one of the codes.
    pub(super) async fn entries(
        &self,
        tx: &mut Tx<'_>,
        instance: Option<&str>,
        codes: &[CodeId],
    ) -> Result<EntriesSeen, Failed<WhyNotError>> {
        let of_instance = instance.map(|name| subject("instance", name.as_bytes()));
        let of_codes = codes.iter().map(|id| subject("code", id.as_bytes()));
        let wanted: BTreeSet<Subject> = of_instance.into_iter().chain(of_codes).collect();
        let (at, most) = (self.until().as_microsecond(), i64::try_from(MOST_TOLD + 1).unwrap_or(i64::MAX));
        let asked: Vec<_> = wanted.iter().map(|subject| Speaking::of(*subject, at, most)).collect();
        let mut found = entry_mentions::speaking(tx, &asked).await?;
        let behind = unindexed(tx).await?;
        let more_behind = behind.len() >= usize::try_from(MOST_UNINDEXED).unwrap_or(usize::MAX);
        for row in behind {
            if row.entry.at <= at && !subjects(&decoded(&row.entry)?).is_disjoint(&wanted) {
                found.push(row);
            }
        }
        let found: BTreeMap<_, _> =
            found.into_iter().map(|row| ((row.entry.at, row.entry.id), row)).collect();
        let more = more_behind || found.len() > MOST_TOLD;
        let newest = found.into_values().rev().take(MOST_TOLD);
        Ok(EntriesSeen { entries: newest.map(|row| seen(&row)).collect::<Result<_, _>>()?, more })
    }
}

/// The entries that are not in the index, and those that have no place yet.
async fn unindexed(tx: &mut Tx<'_>) -> Result<Vec<PlacedRow>, DeskError> {
    let upto = entry_mentions::upto(tx).await?;
    let mut found = entries::placed(tx, upto, upto.saturating_add(MOST_UNINDEXED)).await?;
    let waiting = entries::waiting(tx, MOST_UNINDEXED).await?;
    found.extend(waiting.into_iter().map(|entry| PlacedRow { entry, place: None }));
    Ok(found)
}

fn seen(row: &PlacedRow) -> Result<EntrySeen, Damage> {
    let entry = decoded(&row.entry)?;
    let actor = match entry.actor.id {
        IdRef::Text(name) => name.to_owned(),
        IdRef::Bytes(bytes) => crate::hex(bytes),
    };
    Ok(EntrySeen {
        id: row.entry.id,
        place: row.place.and_then(|place| u64::try_from(place).ok()),
        at: Timestamp::from_microsecond(entry.at).unwrap_or(Timestamp::MAX),
        kind: entry.kind.to_owned(),
        actor: (entry.actor.kind.word(), actor),
        edition: entry.edition.map(str::to_owned),
        decided: entry.decided.map(<[u8]>::to_vec),
    })
}

/// The worker that keeps the index of what entries speak of.
#[derive(Clone, Debug)]
pub struct MentionIndex(Desk);

impl MentionIndex {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self(desk)
    }
}

impl Worker for MentionIndex {
    fn name(&self) -> &'static str {
        "ledger.mentions"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        match self.0.index_mentions().await {
            Ok(indexed) if indexed == BATCH.unsigned_abs() => Some(now),
            Ok(_) => now.checked_add(PERIOD).ok(),
            Err(error) => {
                tracing::error!(event = "ledger.mentions_not_indexed", %error);
                now.checked_add(PERIOD).ok()
            }
        }
    }
}

impl Desk {
    /// Puts the next entries that have places into the index of what they speak of; how many. Any number of processes may do it
    /// at once.
    pub async fn index_mentions(&self) -> Result<u64, DeskError> {
        let (upto, rows) = self.read::<_, DeskError>(|_| Ok(ReadPlaced)).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut mentions = BTreeSet::new();
        for row in &rows {
            let place = row.place.unwrap_or_default();
            mentions.extend(subjects(&decoded(&row.entry)?).into_iter().map(|of| Mention::new(of, place)));
        }
        let indexed = rows.len() as u64;
        let to = upto.saturating_add(i64::try_from(indexed).unwrap_or(i64::MAX));
        let mentions: Vec<_> = mentions.into_iter().collect();
        self.write::<_, DeskError>(|_| Ok(Index { from: upto, to, mentions: mentions.clone() })).await?;
        Ok(indexed)
    }
}

/// Reads the next entries. It is a unit of its own that only reads, as the sequencer's is.
struct ReadPlaced;

impl Unit for ReadPlaced {
    type Output = (i64, Vec<PlacedRow>);
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let upto = entry_mentions::upto(tx).await?;
        Ok((upto, entries::placed(tx, upto, upto.saturating_add(BATCH)).await?))
    }
}

struct Index {
    from: i64,
    to: i64,
    mentions: Vec<Mention>,
}

impl Unit for Index {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        // Where another process was faster, it wrote the same.
        if entry_mentions::advance(tx, self.from, self.to).await? {
            for some in self.mentions.chunks(TOGETHER) {
                let writes: Vec<_> = some.iter().map(Mention::adding).collect();
                tx.together(&writes).await?;
            }
        }
        Ok(())
    }
}
