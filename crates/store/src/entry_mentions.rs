//! Where entries of the ledger speak of an instance or a code: an index that follows the tree, never written with an entry.

use crate::{
    entries::PlacedRow,
    error::Result,
    sql::statements,
    tx::{Query, Tx, Write},
};

/// What an entry speaks of, by a digest that the caller makes.
pub type Subject = [u8; 16];

/// An entry speaks of something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    subject: Vec<u8>,
    place: i64,
}

impl Mention {
    /// The entry at `place` speaks of `subject`.
    pub fn new(subject: Subject, place: i64) -> Self {
        Self { subject: subject.to_vec(), place }
    }

    /// Adds it; nothing where it is there.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD, vec![&self.subject, &self.place])
    }
}

statements! {
    ADD = "INSERT INTO entry_mentions (subject, place) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    UPTO = "SELECT place FROM entry_mentions_upto WHERE only_one = 1";
    ADVANCE = "UPDATE entry_mentions_upto SET place = $2 WHERE only_one = 1 AND place = $1";
    OF = "SELECT e.id, e.at, e.bytes, e.place FROM entry_mentions m JOIN ledger_entries e ON e.place = m.place
          WHERE m.subject = $1 AND e.at <= $2 ORDER BY m.place DESC LIMIT $3";
}

/// The place before which every entry is in the index.
pub async fn upto(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&UPTO, &[]).await?.map_or(0, |(place,)| place))
}

/// Moves that place; `false` when somebody else did.
pub async fn advance(tx: &mut Tx<'_>, from: i64, to: i64) -> Result<bool> {
    Ok(tx.execute(&ADVANCE, &[&from, &to]).await? == 1)
}

/// Asks for the entries up to `at`, in microseconds since 1970, that speak of one subject, newest first.
#[derive(Debug)]
pub struct Speaking {
    subject: Vec<u8>,
    at: i64,
    most: i64,
}

impl Speaking {
    /// Of that one, no more than `most`.
    pub fn of(subject: Subject, at: i64, most: i64) -> Self {
        Self { subject: subject.to_vec(), at, most }
    }

    /// The query.
    pub fn query(&self) -> Query<'_> {
        Query::new(&OF, vec![&self.subject, &self.at, &self.most])
    }
}

/// What each of several queries gives.
pub async fn speaking(tx: &mut Tx<'_>, all: &[Speaking]) -> Result<Vec<PlacedRow>> {
    let queries: Vec<_> = all.iter().map(Speaking::query).collect();
    Ok(tx.each::<PlacedRow>(&queries).await?.into_iter().flatten().collect())
}
