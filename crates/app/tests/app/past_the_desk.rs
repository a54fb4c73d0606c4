//! What stands in the database, seen and changed past the desk.

use crate::{Story, master, rand_chacha_of};
use app::Clock;
use keys::{Keyring, Purpose};
use ledger::Entry;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{
    Columns, EntryId, Param, Row, Sql, StoreError, Tx, Unit,
    data_keys::{self, KeyRow},
    desk, entries, rulebooks,
};

const fn sql(text: &'static str) -> Sql {
    Sql { name: "PAST_THE_DESK", sqlite: text, postgres: text }
}

/// A statement of a story.
struct Say(Sql, Vec<Box<dyn Param>>);

impl Unit for Say {
    type Output = u64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let parameters: Vec<&dyn Param> = self.1.iter().map(AsRef::as_ref).collect();
        tx.execute(&self.0, &parameters).await
    }
}

/// A query of a story.
struct Ask<R>(Sql, std::marker::PhantomData<fn() -> R>);

impl<R: Row + 'static> Unit for Ask<R> {
    type Output = Vec<R>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<R>, StoreError> {
        tx.all(&self.0, &[]).await
    }
}

/// How much there is of what issuing writes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) entries: i64,
    pub(crate) requests: i64,
    pub(crate) codes: i64,
    pub(crate) places: Vec<Places>,
}

/// The places of a scope; `product` is empty for an instance.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) product: String,
    pub(crate) taken: i64,
    pub(crate) used: i64,
    pub(crate) changed_at: i64,
}

impl Snapshot {
    /// The places that are taken in all scopes.
    pub(crate) fn taken(&self) -> i64 {
        self.places.iter().map(|places| places.taken).sum()
    }
}

impl Row for Places {
    fn read(columns: &Columns<'_>) -> Result<Self, StoreError> {
        let (taken, used, changed_at) = (columns.get(1)?, columns.get(2)?, columns.get(3)?);
        Ok(Self { product: columns.get(0)?, taken, used, changed_at })
    }
}

impl Story {
    /// Changes something; how many rows.
    pub(crate) async fn say(&self, text: &'static str, parameters: Vec<Box<dyn Param>>) -> u64 {
        self.store.write(Say(sql(text), parameters)).await.unwrap()
    }

    /// Tries to change something that the database itself may refuse.
    pub(crate) async fn tries(&self, text: &'static str) -> Result<u64, StoreError> {
        self.store.write(Say(sql(text), Vec::new())).await
    }

    /// Looks something up.
    pub(crate) async fn look<R: Row + 'static>(&self, text: &'static str) -> Vec<R> {
        self.store.read(Ask(sql(text), std::marker::PhantomData)).await.unwrap()
    }

    async fn count(&self, text: &'static str) -> i64 {
        self.look::<(i64,)>(text).await[0].0
    }

    /// How much there is of what issuing writes.
    pub(crate) async fn snapshot(&self) -> Snapshot {
        Snapshot {
            entries: self.count("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ledger_entries").await,
            requests: self.count("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM requests").await,
            codes: self.count("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM codes").await,
            places: self
                .look("SELECT product, taken, used, changed_at FROM quota_places ORDER BY owner, product")
                .await,
        }
    }

    /// The entry of the ledger with that id.
    pub(crate) async fn entry(&self, id: EntryId) -> Entry {
        struct Find(EntryId);
        impl Unit for Find {
            type Output = Vec<u8>;
            type Error = StoreError;

            async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<u8>, StoreError> {
                Ok(entries::by_id(tx, self.0).await?.unwrap().bytes)
            }
        }
        let bytes = self.store.read(Find(id)).await.unwrap();
        ledger::EntryRef::decode(&bytes).unwrap().to_entry()
    }

    /// Marks an instance as gone.
    pub(crate) async fn mark_gone(&self, name: &'static str) {
        let now = self.clock.now().as_microsecond();
        let gone = "UPDATE instances SET gone_at = $2, changed_at = $2 WHERE name = $1";
        assert_eq!(self.say(gone, vec![Box::new(name), Box::new(now)]).await, 1);
    }

    /// Puts another rulebook in force.
    pub(crate) async fn publish(&self, rulebook: &str) {
        self.advance(Some(rulebook.as_bytes().to_vec()), &[]).await;
    }

    /// Gives a purpose a new key and retires the one before.
    pub(crate) async fn rotate(&self, purposes: &[&'static str]) {
        self.advance(None, purposes).await;
    }

    async fn advance(&self, rulebook: Option<Vec<u8>>, purposes: &[&'static str]) {
        let at = self.clock.now().as_microsecond();
        let purposes = purposes.iter().map(|word| Purpose::new(word)).collect();
        self.store.write(Advance { at, rulebook: rulebook.map(Arc::new), purposes }).await.unwrap();
    }
}

/// Begins the next generation.
struct Advance {
    at: i64,
    rulebook: Option<Arc<Vec<u8>>>,
    purposes: Vec<Purpose>,
}

impl Unit for Advance {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        const RETIRE: Sql = sql("UPDATE data_keys SET state = 'retired' WHERE id = $1");
        let found = desk::find(tx).await?.unwrap();
        let mut digest = found.rulebook;
        if let Some(text) = &self.rulebook {
            digest = Sha256::digest(text.as_slice()).to_vec();
            rulebooks::add(tx, &digest, text, self.at).await?;
        }
        for purpose in &self.purposes {
            let stored = data_keys::all(tx).await?;
            let made = Keyring::next_key(&master(), purpose, &stored, &mut rand_chacha_of(9)).unwrap();
            if let Some(retired) = made.retired {
                tx.execute(&RETIRE, &[&i64::from(retired.get())]).await?;
            }
            tx.together(&[data_keys::adding(&KeyRow::new(&made.added, self.at))]).await?;
        }
        assert!(desk::next_generation(tx, found.generation, self.at, &digest).await?);
        Ok(())
    }
}
