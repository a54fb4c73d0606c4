//! New keys in the place of old ones, while every process goes on issuing.
//!
//! **No value is left under a key that is deleted.** A rotation is four kinds of units, each of which can be the last before
//! a crash; whoever rotates next finds the retired keys and goes on from there.
//!
//! 1. *Begin*: old keys are retired, new ones added, and the generation grows. What is sealed for the ledger is one row, which
//!    is sealed anew here.
//!    Every unit that seals or hashes compares the generation in its own transaction, so that in the order of transactions
//!    no unit after this one writes a value under a retired key: it is made again with the new keys. From here on such
//!    values only become fewer.
//! 2. *Reseal*: a page of codes, or of what else is kept sealed, is read, and each is stored anew where it is still sealed as it was read. Nothing of the sort
//!    is ever held locked, and two processes that reseal the same page do no harm.
//! 3. *Is any left?* A unit of its own that looks at every code, at what else is kept sealed and at the key of the ledger. It is a unit that writes, on purpose: on PostgreSQL one that
//!    only reads sees a state between transactions, and might see *begin* and yet miss a straggler, which read the generation
//!    before it and is going to commit a code under the old key. As a serialisable unit it cannot: the straggler came before
//!    *begin* and this unit after, so either it sees the code, or PostgreSQL rolls one of the two back. It writes nothing, so
//!    that it stands in nobody's way.
//! 4. *Delete*: the retired keys are deleted, if the generation is still the one at which none was left. By 1 none was added
//!    since.

use super::{PURPOSES, ReadKeys};
use crate::{
    Actor, Desk, Operator,
    clock::following,
    failure::{Damage, DeskError, Failed},
    ground::{CODE_LOOKUP, CODES, Ground, Kept, LEDGER, SUBJECTS, Secrets, USERS, unusable},
    ledger_entry::{entry, row, theirs},
};
use jiff::Timestamp;
use keys::{KeyId, KeyState, Keyring, Lookup, Purpose, RotateError, Rotation, StoredKey};
use ledger::Entry;
use std::sync::Arc;
use store::{
    CodeId, EntryId, Sealed, StoreError, Tx, Unit, api_keys,
    codes::{self, Resealed, StoredCode},
    data_keys::{self, KeyRow},
    entries,
    ledger_key::{self, LedgerKeyRow},
    second_factors, sessions, subject_keys, users,
};

/// Codes read and sealed anew at a time: a fraction of a second, and few rows in the way of others.
const PAGE: i64 = 200;
/// How often all codes are gone through before it is given up; the second time finds what stragglers left.
const PASSES: u32 = 8;

/// New keys are put to use.
#[derive(Clone, Debug)]
pub struct RotateKeys {
    /// For what; `None` for everything in [`PURPOSES`](super::PURPOSES).
    pub purpose: Option<Purpose>,
    /// Who does it.
    pub operator: Operator,
}

/// What a rotation came to. Nothing is sealed under a deleted key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// The new keys. None where an earlier rotation had not been finished: it was finished now, and nothing else was done.
    pub added: Vec<KeyId>,
    /// Codes that were sealed and hashed anew, and what else is kept sealed.
    pub resealed: u64,
    /// The old keys, which are no more. Another process may have deleted them first.
    pub deleted: Vec<KeyId>,
}

/// Why a rotation is not done, or not finished. It can be asked for again at any time and goes on where it was.
#[derive(Debug, thiserror::Error)]
pub enum RotateKeysError {
    /// Nothing is known that is sealed for that purpose.
    #[error("no keys are rotated for `{0}`")]
    UnknownPurpose(Purpose),
    /// No new key could be made.
    #[error("no new key could be made: {0}")]
    Key(#[from] RotateError),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Puts new keys to use, seals and hashes anew what is stored under the old ones, and deletes these. While codes are
    /// issued, granted and found; by any number of processes at once. An earlier rotation that was cut short is finished
    /// instead.
    pub async fn rotate_keys(&self, rotate: RotateKeys) -> Result<Rotated, RotateKeysError> {
        let RotateKeys { purpose, operator } = rotate;
        let mut rotated =
            Rotated { added: self.begin_rotation(purpose, &operator).await?, ..Rotated::default() };
        for _ in 0..PASSES {
            rotated.resealed += self.reseal_all().await?;
            for what in Kept::ALL {
                rotated.resealed += self.reseal_of(what).await?;
            }
            let Some(ground) = self.none_left().await? else { continue };
            if let Some(deleted) = self.delete_retired(ground, &operator).await? {
                return Ok(Rotated { deleted, ..rotated });
            }
        }
        Err(DeskError::Unsettled(PASSES).into())
    }

    /// Adds new keys; none where retired ones are still there.
    async fn begin_rotation(
        &self,
        purpose: Option<Purpose>,
        operator: &Operator,
    ) -> Result<Vec<KeyId>, RotateKeysError> {
        let purposes = match purpose {
            None => PURPOSES.to_vec(),
            // A hash does not tell its key; see `Secrets::reseal`.
            Some(purpose) if purpose == CODE_LOOKUP => vec![CODES, CODE_LOOKUP],
            Some(purpose) if [CODES, LEDGER, USERS, SUBJECTS].contains(&purpose) => vec![purpose],
            Some(purpose) => return Err(RotateKeysError::UnknownPurpose(purpose)),
        };
        let now = self.now();
        let id = self.chance().draw().id(now);
        let begun = self.read_then_write(ReadKeys::<RotateKeysError>::on, |ground, mut stored| {
            if !retired(&stored).is_empty() {
                return Ok(None);
            }
            let mut new = Vec::new();
            for purpose in &purposes {
                let rotation = self.next_key(purpose, &stored)?;
                if let Some(key) = stored.iter_mut().find(|key| Some(key.id) == rotation.retired) {
                    key.state = KeyState::Retired;
                }
                stored.push(rotation.added.clone());
                new.push(rotation);
            }
            let signer =
                purposes.contains(&LEDGER).then(|| self.reseal_signer(&ground, &stored)).transpose()?;
            let actor = Actor::Staff(operator.clone());
            Ok(Some(Begin { ground, new, signer, actor, kind: "keys.rotated", now, id }))
        });
        Ok(begun.await?.unwrap_or_default())
    }

    /// Sees to it that there is a key of that purpose: on a desk that was set up before there was any use for it, the first is made
    /// when it is needed.
    pub(crate) async fn have_key(&self, purpose: &Purpose) -> Result<(), DeskError> {
        if self.ground().secrets.has(purpose) {
            return Ok(());
        }
        let now = self.now();
        let id = self.chance().draw().id(now);
        let made = self.read_then_write(ReadKeys::<RotateKeysError>::on, |ground, stored| {
            if stored.iter().any(|key| key.purpose == *purpose) {
                return Ok(None);
            }
            let new = vec![self.next_key(purpose, &stored)?];
            Ok(Some(Begin { ground, new, signer: None, actor: Actor::Kebei, kind: "keys.added", now, id }))
        });
        made.await.map_err(|error| match error {
            RotateKeysError::Desk(error) => error,
            error => Damage::Keys { purpose: purpose.word().to_owned(), fault: error.to_string() }.into(),
        })?;
        self.follow().await
    }

    fn next_key(&self, purpose: &Purpose, stored: &[StoredKey]) -> Result<Rotation, RotateError> {
        let mut draw = self.chance().draw();
        if *purpose == CODE_LOOKUP {
            Lookup::next_key(self.master(), purpose, stored, &mut draw.0)
        } else {
            Keyring::next_key(self.master(), purpose, stored, &mut draw.0)
        }
    }

    /// The key of the ledger, sealed under the newest of those keys.
    fn reseal_signer(&self, ground: &Ground, keys: &[StoredKey]) -> Result<LedgerKeyRow, DeskError> {
        let secrets = Secrets::unlock(self.master(), keys)?;
        Ok(secrets.seal_signer(&ground.signer, &mut self.chance().draw().0)?)
    }

    /// Goes through all codes once; how many were sealed anew.
    async fn reseal_all(&self) -> Result<u64, DeskError> {
        let mut after = CodeId::new(uuid::Uuid::nil());
        let mut resealed = 0;
        loop {
            let page = self.read_then_write(
                |ground| ReadPage { ground, after },
                |ground, page| {
                    let Some(last) = page.last().map(|stored| stored.id) else { return Ok(None) };
                    let mut draw = self.chance().draw();
                    let anew = |stored| ground.secrets.reseal(stored, &mut draw.0);
                    let codes = page.into_iter().map(anew).collect::<Result<_, Damage>>()?;
                    Ok::<_, DeskError>(Some(Reseal { ground, codes, last }))
                },
            );
            let Some((last, stored)) = page.await? else { return Ok(resealed) };
            (after, resealed) = (last, resealed + stored);
        }
    }

    /// Goes once through that of what is kept sealed; how many were sealed anew.
    async fn reseal_of(&self, what: Kept) -> Result<u64, DeskError> {
        let mut after = uuid::Uuid::nil();
        let mut resealed = 0;
        loop {
            let page = self.read_then_write(
                |ground| ReadKeptPage { ground, what, after },
                |ground, page| {
                    let Some(last) = page.last().map(|value| value.id) else { return Ok(None) };
                    let mut draw = self.chance().draw();
                    let anew = |before: Sealed| {
                        let sealed = ground.secrets.reseal_kept(what, &before, &mut draw.0)?;
                        Ok((before, sealed))
                    };
                    let values = page.into_iter().map(anew).collect::<Result<_, Damage>>()?;
                    Ok::<_, DeskError>(Some(ResealKept { ground, what, values, last }))
                },
            );
            let Some((last, stored)) = page.await? else { return Ok(resealed) };
            (after, resealed) = (last, resealed + stored);
        }
    }

    /// The ground on which no code needs a retired key; `None` when one does.
    async fn none_left(&self) -> Result<Option<Arc<Ground>>, DeskError> {
        self.write(|ground| Ok(NoneLeft(ground))).await
    }

    /// Deletes the retired keys. `None` when the ground has moved after it was seen that nothing needs them: another rotation
    /// may have retired others since, so it is to be seen again.
    async fn delete_retired(
        &self,
        ground: Arc<Ground>,
        operator: &Operator,
    ) -> Result<Option<Vec<KeyId>>, DeskError> {
        let now = self.now();
        let id = self.chance().draw().id(now);
        let delete = DeleteRetired { ground, operator: operator.clone(), now, id };
        match self.store().write(delete).await {
            Err(Failed::Moved) => Ok(None),
            deleted => deleted.map(Some).map_err(Failed::told),
        }
    }
}

/// The retired keys of the purposes that are rotated.
fn retired(stored: &[StoredKey]) -> Vec<KeyId> {
    let of_ours = |key: &&StoredKey| key.state == KeyState::Retired && PURPOSES.contains(&key.purpose);
    stored.iter().filter(of_ours).map(|key| key.id).collect()
}

struct Begin {
    ground: Arc<Ground>,
    new: Vec<Rotation>,
    /// The key of the ledger, where it is to be sealed under a new one.
    signer: Option<LedgerKeyRow>,
    actor: Actor,
    /// How the ledger calls it.
    kind: &'static str,
    now: Timestamp,
    id: EntryId,
}

impl Unit for Begin {
    type Output = Vec<KeyId>;
    type Error = Failed<RotateKeysError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<KeyId>, Self::Error> {
        let Self { ground, new, signer, actor, kind, now, id } = self;
        let desk = ground.check::<RotateKeysError>(tx).await?;
        let at = following(*now, [desk.changed_at])?.as_microsecond();
        // First: two who begin at once give the same ids to their keys, and here one of them is made to run again.
        ground.moves_on(tx, at).await?;
        for Rotation { added, retired } in new {
            // One after the other: the database keeps one active key for each purpose.
            if let Some(retired) = retired {
                data_keys::retire(tx, *retired).await?;
            }
            tx.together(&[data_keys::adding(&KeyRow::new(added, at))]).await?;
        }
        if let Some(signer) = signer
            && !ledger_key::reseal(tx, signer).await?
        {
            return Err(unusable(&"it is missing").into());
        }
        let added: Vec<KeyId> = new.iter().map(|rotation| rotation.added.id).collect();
        log(tx, *id, actor, at, kind, &added).await?;
        Ok(added)
    }
}

struct ReadPage {
    ground: Arc<Ground>,
    after: CodeId,
}

impl Unit for ReadPage {
    type Output = Vec<StoredCode>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<StoredCode>, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let held = codes::not_under(tx, self.after, self.ground.secrets.prefix(), PAGE).await?;
        Ok(held.into_iter().map(|held| held.code).collect())
    }
}

struct Reseal {
    ground: Arc<Ground>,
    codes: Vec<Resealed>,
    last: CodeId,
}

impl Unit for Reseal {
    /// The last code of the page, and how many were stored anew.
    type Output = (CodeId, u64);
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let writes: Vec<_> = self.codes.iter().map(codes::resealing).collect();
        let changed = tx.together(&writes).await?;
        Ok((self.last, changed.iter().sum()))
    }
}

struct ReadKeptPage {
    ground: Arc<Ground>,
    what: Kept,
    after: uuid::Uuid,
}

impl Unit for ReadKeptPage {
    type Output = Vec<Sealed>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Sealed>, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        Ok(kept_left(tx, &self.ground, self.what, self.after, PAGE).await?)
    }
}

/// What of that is sealed under a retired key, after the row `after`, no more than `most`.
async fn kept_left(
    tx: &mut Tx<'_>,
    ground: &Ground,
    what: Kept,
    after: uuid::Uuid,
    most: i64,
) -> Result<Vec<Sealed>, StoreError> {
    let Some(prefix) = ground.secrets.kept_prefix(what) else { return Ok(Vec::new()) };
    match what {
        Kept::Emails => users::emails_not_under(tx, after, prefix, most).await,
        Kept::SigningKeys => api_keys::secrets_not_under(tx, after, prefix, most).await,
        Kept::SubjectKeys => subject_keys::not_under(tx, after, prefix, most).await,
        Kept::SecondFactors => second_factors::not_under(tx, after, prefix, most).await,
        Kept::SessionAddresses => sessions::addresses_not_under(tx, after, prefix, most).await,
    }
}

struct ResealKept {
    ground: Arc<Ground>,
    what: Kept,
    values: Vec<(Sealed, Vec<u8>)>,
    last: uuid::Uuid,
}

impl Unit for ResealKept {
    /// The last row of the page, and how many were stored anew.
    type Output = (uuid::Uuid, u64);
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let writes = self.values.iter().map(|(before, sealed)| match self.what {
            Kept::Emails => users::resealing_email(before, sealed),
            Kept::SigningKeys => api_keys::resealing(before, sealed),
            Kept::SubjectKeys => subject_keys::resealing(before, sealed),
            Kept::SecondFactors => second_factors::resealing(before, sealed),
            Kept::SessionAddresses => sessions::resealing_address(before, sealed),
        });
        let changed = tx.together(&writes.collect::<Vec<_>>()).await?;
        Ok((self.last, changed.iter().sum()))
    }
}

/// Sees whether any code is sealed, and so perhaps hashed, under a retired key, or anything else that is kept sealed, or the key of the ledger.
struct NoneLeft(Arc<Ground>);

impl Unit for NoneLeft {
    type Output = Option<Arc<Ground>>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.0.check::<DeskError>(tx).await?;
        let Self(ground) = self;
        let mut left = codes::any_not_under(tx, ground.secrets.prefix()).await?;
        for what in Kept::ALL {
            left |= !kept_left(tx, ground, what, uuid::Uuid::nil(), 1).await?.is_empty();
        }
        let signer = ledger_key::find(tx).await?;
        let left = left || !signer.is_some_and(|row| row.sealed.starts_with(&ground.secrets.signer_prefix()));
        Ok((!left).then(|| Arc::clone(&self.0)))
    }
}

struct DeleteRetired {
    ground: Arc<Ground>,
    operator: Operator,
    now: Timestamp,
    id: EntryId,
}

impl Unit for DeleteRetired {
    type Output = Vec<KeyId>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<KeyId>, Self::Error> {
        let Self { ground, operator, now, id } = self;
        let desk = ground.check::<DeskError>(tx).await?;
        let retired = retired(&data_keys::all(tx).await?);
        if retired.is_empty() {
            return Ok(retired);
        }
        for key in &retired {
            data_keys::delete(tx, *key).await?;
        }
        let at = following(*now, [desk.changed_at])?.as_microsecond();
        ground.moves_on(tx, at).await?;
        log(tx, *id, &Actor::Staff(operator.clone()), at, "keys.deleted", &retired).await?;
        Ok(retired)
    }
}

/// Writes an entry of the ledger about those keys.
async fn log<E>(
    tx: &mut Tx<'_>,
    id: EntryId,
    actor: &Actor,
    at: i64,
    kind: &'static str,
    keys: &[KeyId],
) -> Result<(), Failed<E>>
where
    Failed<E>: From<StoreError>,
{
    let ids = keys.iter().map(|key| theirs("key", &key.to_string())).collect();
    let row = row(id, &Entry { ids, ..entry(at, actor, kind) })?;
    tx.together(&[entries::adding(&row)]).await?;
    Ok(())
}
