//! Seals values for their place in the database and opens them there.

use crate::{
    cipher::nonce,
    master::MasterKey,
    sealed::{Header, HeaderError, MAX_PLAINTEXT, Place, bound, sealed_prefix},
    stored::{KeyId, OpenKeys, Purpose, RotateError, Rotation, StoredKey, UnlockError, next_key},
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const LABEL: &str = "kebei v1 seal";

/// The keys of one purpose, ready to seal and open values with XChaCha20-Poly1305.
#[derive(Clone, Debug)]
pub struct Keyring(OpenKeys);

/// Why a value is not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than [`MAX_PLAINTEXT`].
    #[error("{found} bytes are too many to seal, the limit is {MAX_PLAINTEXT}")]
    TooLong {
        /// Bytes given.
        found: usize,
    },
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is no sealed value.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// It names a key that the keyring does not have: deleted, of another purpose, or its header is damaged.
    #[error("sealed under key {id}, which the keyring does not have")]
    UnknownKey {
        /// The id it names.
        id: KeyId,
    },
    /// A byte of it was changed, or it was sealed for another place. Cryptography cannot tell these apart.
    #[error("the value sealed under key {id} is damaged or was sealed for another place")]
    Refused {
        /// The id it names.
        id: KeyId,
    },
}

/// Why a sealed value is not sealed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResealError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens and is longer than what is sealed today.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Keyring {
    /// Takes the keys of `purpose` among `stored` into use; keys of other purposes are left alone.
    pub fn unlock(master: &MasterKey, purpose: &Purpose, stored: &[StoredKey]) -> Result<Self, UnlockError> {
        OpenKeys::unlock(master, purpose, stored, LABEL).map(Self)
    }

    /// A new active key for `purpose`, the first or the one to replace the active one. `stored` are the keys of all
    /// purposes: their ids are taken, and `master` must open every one of them.
    pub fn next_key(
        master: &MasterKey,
        purpose: &Purpose,
        stored: &[StoredKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Rotation, RotateError> {
        next_key(master, purpose, stored, rng)
    }

    /// The key under which new values are sealed.
    pub const fn active(&self) -> KeyId {
        self.0.active.id
    }

    /// The keys that only open what is old.
    pub fn retired(&self) -> impl Iterator<Item = KeyId> {
        self.0.retired.iter().map(|key| key.id)
    }

    /// Seals `plain` for `place` under the active key; [`OVERHEAD`](crate::OVERHEAD) bytes longer than `plain`.
    pub fn seal(
        &self,
        place: Place<'_>,
        plain: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        let too_long = SealError::TooLong { found: plain.len() };
        if plain.len() > MAX_PLAINTEXT {
            return Err(too_long);
        }
        let key = &self.0.active;
        let nonce = nonce(rng);
        let body = key.secret.encrypt(&nonce, &bound(key.id, place), plain).ok_or(too_long)?;
        Ok([sealed_prefix(key.id).as_slice(), &nonce, &body].concat())
    }

    /// Opens a value that stands at `place`, under whichever key it was sealed.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let Header { key: id, nonce, body } = Header::read(sealed)?;
        let mut keys = std::iter::once(&self.0.active).chain(&self.0.retired);
        let key = keys.find(|key| key.id == id).ok_or(OpenError::UnknownKey { id })?;
        key.secret.decrypt(nonce, &bound(id, place), body).ok_or(OpenError::Refused { id })
    }

    /// The same value under the active key with a new nonce. Which values need it, [`key_id_of`](crate::key_id_of) tells.
    pub fn reseal(
        &self,
        place: Place<'_>,
        sealed: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, ResealError> {
        let plain = self.open(place, sealed)?;
        Ok(self.seal(place, &plain, rng)?)
    }
}
