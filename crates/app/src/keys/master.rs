//! Another master key: every key is wrapped anew, in one unit.

use super::ReadKeys;
use crate::{
    Actor, Desk, Operator,
    clock::following,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
    ledger_entry::{entry, row, theirs},
};
use jiff::Timestamp;
use keys::{MasterKey, StoredKey, UnwrapError, rewrap};
use ledger::Entry;
use std::sync::Arc;
use store::{EntryId, Tx, Unit, data_keys, entries};

/// Another master key is put to use.
#[derive(Clone, Debug)]
pub struct ChangeMasterKey {
    /// The new one. It must be kept safely already: once this is done the old one opens nothing.
    pub to: MasterKey,
    /// Who does it.
    pub operator: Operator,
}

/// What changing the master key came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MasterKeyChange {
    /// So many keys were wrapped anew.
    Changed {
        /// How many.
        keys: usize,
    },
    /// It is the one in use.
    Same,
}

/// Why the master key is not changed. Nothing was changed, and the old one is needed as before.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyChangeError {
    /// A key does not unwrap.
    #[error(transparent)]
    Unwrap(#[from] UnwrapError),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Wraps every key under another master key. From then on every process that has the old one, this desk included, fails
    /// with [`DeskError::WrongMasterKey`] and must be started with the new one. What is sealed under the keys stays as it is.
    pub async fn change_master_key(
        &self,
        change: ChangeMasterKey,
    ) -> Result<MasterKeyChange, MasterKeyChangeError> {
        let ChangeMasterKey { to, operator } = &change;
        if to.fingerprint() == self.master().fingerprint() {
            return Ok(MasterKeyChange::Same);
        }
        let now = self.now();
        let id = self.chance().draw().id(now);
        let changed = self
            .read_then_write(ReadKeys::<MasterKeyChangeError>::on, |ground, before| {
                let after = rewrap(&before, self.master(), to, &mut self.chance().draw().0)?;
                let keys = before.into_iter().zip(after).collect();
                let to = to.fingerprint().to_string();
                Ok(Some(Rewrap { ground, keys, to, operator: operator.clone(), now, id }))
            })
            .await?;
        Ok(changed.map_or(MasterKeyChange::Same, |keys| MasterKeyChange::Changed { keys }))
    }
}

struct Rewrap {
    ground: Arc<Ground>,
    /// Each before and after.
    keys: Vec<(StoredKey, StoredKey)>,
    /// What may be shown of the new master key.
    to: String,
    operator: Operator,
    now: Timestamp,
    id: EntryId,
}

impl Unit for Rewrap {
    type Output = usize;
    type Error = Failed<MasterKeyChangeError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize, Self::Error> {
        let Self { ground, keys, to, operator, now, id } = self;
        let desk = ground.check::<MasterKeyChangeError>(tx).await?;
        for (before, after) in keys {
            // The generation is the one at which they were read: nobody else can have touched them.
            if !data_keys::rewrap(tx, before, after).await? {
                let fault = format!("key {} changed although the generation did not", before.id);
                return Err(Damage::Keys { purpose: before.purpose.word().to_owned(), fault }.into());
            }
        }
        let at = following(*now, [desk.changed_at])?.as_microsecond();
        ground.moves_on(tx, at).await?;
        let changed = Entry {
            ids: vec![theirs("master_key", to)],
            ..entry(at, &Actor::Staff(operator.clone()), "keys.master-changed")
        };
        tx.together(&[entries::adding(&row(*id, &changed)?)]).await?;
        Ok(keys.len())
    }
}
