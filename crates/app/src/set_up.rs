//! Setting up a desk in an empty database: its keys, its first rulebook, and the first entry of its ledger.

use crate::{
    Actor,
    desk::Surroundings,
    failure::{DeskError, Failed},
    ground::{Published, Secrets},
    keys::PURPOSES,
    ledger_entry::{entry, row},
};
use keys::{Keyring, RotateError, StoredKey};
use ledger::{KeyError, Signer};
use store::{
    Store, Tx, Unit,
    data_keys::{self, KeyRow},
    desk, entries,
    entries::EntryRow,
    ledger_key::{self, LedgerKeyRow},
    rulebooks,
};

/// A desk is set up.
#[derive(Clone, Copy, Debug)]
pub struct SetUp<'a> {
    /// The text of the rulebook that is in force at first.
    pub rulebook: &'a [u8],
    /// The name of the ledger, the origin of its checkpoints: an address without scheme, `kebei.example/ledger`. It is never
    /// changed.
    pub ledger_name: &'a str,
}

/// Why a desk is not set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The database has a desk already.
    #[error("a desk was set up in this database before")]
    Already,
    /// The rulebook has faults; the linter tells them.
    #[error("the rulebook has faults")]
    FaultyRulebook,
    /// The ledger cannot have that name.
    #[error("the ledger cannot be named so: {0}")]
    LedgerName(#[from] KeyError),
    /// Keys could not be made.
    #[error("keys could not be made: {0}")]
    Keys(#[from] RotateError),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl SetUp<'_> {
    /// Sets up a desk in `store`, which has none.
    pub async fn run(self, store: &Store, surroundings: &Surroundings) -> Result<(), SetUpError> {
        let published = Published::read(self.rulebook).ok_or(SetUpError::FaultyRulebook)?;
        let now = surroundings.clock.now();
        let at = now.as_microsecond();
        let mut draw = surroundings.chance.draw();
        let mut keys: Vec<StoredKey> = Vec::new();
        for purpose in &PURPOSES {
            let made = Keyring::next_key(&surroundings.master, purpose, &keys, &mut draw.0);
            keys.push(made?.added);
        }
        let secrets = Secrets::unlock(&surroundings.master, &keys)?;
        let signer = Signer::generate(self.ledger_name, &mut draw.0)?;
        let ledger_key = secrets.seal_signer(&signer, &mut draw.0).map_err(DeskError::from)?;
        let opened =
            ledger::Entry { rulebook: Some(*published.digest()), ..entry(at, &Actor::Kebei, "desk.opened") };
        let id = draw.id(now);
        let unit = Open {
            at,
            text: self.rulebook.to_vec(),
            digest: *published.digest(),
            keys: keys.iter().map(|key| KeyRow::new(key, at)).collect(),
            ledger_key,
            entry: row(id, &opened)?,
        };
        store.write(unit).await.map_err(Failed::told)
    }
}

struct Open {
    at: i64,
    text: Vec<u8>,
    digest: [u8; 32],
    keys: Vec<KeyRow>,
    ledger_key: LedgerKeyRow,
    entry: EntryRow,
}

impl Unit for Open {
    type Output = ();
    type Error = Failed<SetUpError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        rulebooks::add(tx, &self.digest, &self.text, self.at).await?;
        if !desk::open(tx, self.at, &self.digest).await? {
            return Err(Failed::Because(SetUpError::Already));
        }
        let keys = self.keys.iter().map(data_keys::adding);
        let writes: Vec<_> =
            keys.chain([ledger_key::adding(&self.ledger_key), entries::adding(&self.entry)]).collect();
        tx.together(&writes).await?;
        Ok(())
    }
}
