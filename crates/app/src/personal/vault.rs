//! The key of one subject, opened: it seals and opens what is personal about him.

use crate::{
    chance::Draw,
    failure::{Damage, DeskError},
    ground::{Ground, Kept},
};
use keys::{OwnKey, Place};
use serde::{Serialize, de::DeserializeOwned};
use store::{SubjectKeyId, Tx, subject_keys};
use zeroize::Zeroizing;

/// The key of one subject.
#[derive(Clone, Debug)]
pub(crate) struct Vault {
    /// Its id.
    pub(crate) id: SubjectKeyId,
    key: OwnKey,
}

/// The key of a subject as it is found: erased ones open nothing any more.
#[derive(Debug)]
pub(crate) enum Locked {
    /// It is there.
    Open(Vault),
    /// It was destroyed, and with it all that was personal.
    Erased,
}

impl Locked {
    /// The key, if it is there.
    pub(crate) fn vault(self) -> Option<Vault> {
        match self {
            Self::Open(vault) => Some(vault),
            Self::Erased => None,
        }
    }
}

impl Vault {
    /// The row of a new key; `at` is when, in microseconds since 1970.
    pub(crate) fn generate(
        ground: &Ground,
        id: SubjectKeyId,
        at: i64,
        draw: &mut Draw,
    ) -> Result<subject_keys::SubjectKey, DeskError> {
        let key = OwnKey::generate(&mut draw.0);
        let bytes = key.to_bytes();
        let sealed = ground.secrets.seal_kept(Kept::SubjectKeys, id.uuid(), bytes.as_slice(), &mut draw.0)?;
        Ok(subject_keys::SubjectKey { id, sealed: Some(sealed), made_at: at, erased_at: None })
    }

    /// The key with that id.
    pub(crate) async fn find(
        tx: &mut Tx<'_>,
        ground: &Ground,
        id: SubjectKeyId,
    ) -> Result<Locked, DeskError> {
        let row = subject_keys::by_id(tx, id).await?;
        let damage = |fault: &str| Damage::Sealed { row: id.uuid(), fault: fault.to_owned() };
        let row = row.ok_or_else(|| damage("it is missing"))?;
        let Some(sealed) = row.sealed else { return Ok(Locked::Erased) };
        let bytes = ground.secrets.open_kept(Kept::SubjectKeys, id.uuid(), &sealed)?;
        let key = OwnKey::from_bytes(&bytes).ok_or_else(|| damage("what was sealed is no key"))?;
        Ok(Locked::Open(Self { id, key }))
    }

    /// Something personal, as JSON, as it is kept at `place`.
    pub(crate) fn seal_json(
        &self,
        place: Place<'_>,
        value: &impl Serialize,
        draw: &mut Draw,
    ) -> Result<Vec<u8>, DeskError> {
        let plain = serde_json::to_vec(value).map(Zeroizing::new);
        let plain = plain.map_err(|error| DeskError::unwritable(&error))?;
        self.seal(place, &plain, draw)
    }

    /// Something personal as it is kept at `place`.
    pub(crate) fn seal(&self, place: Place<'_>, plain: &[u8], draw: &mut Draw) -> Result<Vec<u8>, DeskError> {
        let sealed = self.key.seal(place, plain, &mut draw.0);
        Ok(sealed.map_err(|error| self.damage(&error))?)
    }

    /// What is kept at `place`.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DeskError> {
        Ok(self.key.open(place, sealed).map_err(|error| self.damage(&error))?)
    }

    /// What is kept at `place`, as JSON.
    pub(crate) fn open_json<T: DeserializeOwned>(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<T, DeskError> {
        let plain = self.open(place, sealed)?;
        // What serde says would quote what is personal.
        let read = serde_json::from_slice(&plain);
        Ok(read.map_err(|_| self.damage(&"what was sealed is not what is kept there"))?)
    }

    /// A commitment for the ledger to something personal: erased with the key.
    pub(crate) fn commitment(&self, field: &str, value: &impl Serialize) -> Result<[u8; 32], DeskError> {
        let plain = serde_json::to_vec(value).map(Zeroizing::new);
        let plain = plain.map_err(|error| DeskError::unwritable(&error))?;
        Ok(self.key.commitment(field, &plain))
    }

    fn damage(&self, fault: &dyn std::fmt::Display) -> Damage {
        Damage::Sealed { row: self.id.uuid(), fault: fault.to_string() }
    }
}
