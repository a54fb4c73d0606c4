//! Keyed hashes: how a row is found by a value that the database does not know.

use crate::{
    master::MasterKey,
    stored::{
        KeyId, KeyState, OpenKey, OpenKeys, Purpose, RotateError, Rotation, StoredKey, UnlockError, next_key,
    },
};
use rand_core::CryptoRng;

const LABEL: &str = "kebei v1 lookup";

/// The keys of one purpose, ready to hash values with HMAC-SHA-256.
///
/// Without the key nobody can try values against the stored hashes, however few values there are. Two generations at most:
/// while rows are hashed anew, each is found by one of two.
#[derive(Clone, Debug)]
pub struct Lookup {
    current: OpenKey,
    previous: Option<OpenKey>,
}

/// Why lookup keys cannot be put to use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// For the same reasons as the keys of a keyring.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// More than one retired key.
    #[error("keys {one} and {other} are both retired, only one generation before the active key is tried")]
    TooManyGenerations {
        /// One of them.
        one: KeyId,
        /// The other.
        other: KeyId,
    },
}

/// The hashes by which the row of one value may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashes {
    /// Under the active key: what a new row stores.
    pub current: [u8; 32],
    /// Under the retired key, during a rotation: what a row not yet hashed anew stores.
    pub previous: Option<[u8; 32]>,
}

impl Hashes {
    /// Both hashes for `WHERE hash IN ($1, $2)`; twice the same outside a rotation.
    pub fn pair(&self) -> [[u8; 32]; 2] {
        [self.current, self.previous.unwrap_or(self.current)]
    }
}

impl Lookup {
    /// Takes the keys of `purpose` among `stored` into use; keys of other purposes are left alone.
    pub fn unlock(master: &MasterKey, purpose: &Purpose, stored: &[StoredKey]) -> Result<Self, LookupError> {
        let OpenKeys { active, mut retired } = OpenKeys::unlock(master, purpose, stored, LABEL)?;
        let previous = retired.pop();
        if let (Some(one), Some(other)) = (retired.pop(), &previous) {
            return Err(LookupError::TooManyGenerations { one: one.id, other: other.id });
        }
        Ok(Self { current: active, previous })
    }

    /// A new active key for `purpose`, as [`Keyring::next_key`](crate::Keyring::next_key) gives it, but refused while the
    /// key retired by the rotation before is still there.
    pub fn next_key(
        master: &MasterKey,
        purpose: &Purpose,
        stored: &[StoredKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Rotation, RotateError> {
        let mut own = stored.iter().filter(|key| key.purpose == *purpose);
        if let Some(key) = own.find(|key| key.state == KeyState::Retired) {
            return Err(RotateError::Unfinished { retired: key.id });
        }
        next_key(master, purpose, stored, rng)
    }

    /// The key of [`Hashes::current`].
    pub const fn current(&self) -> KeyId {
        self.current.id
    }

    /// The key of [`Hashes::previous`].
    pub fn previous(&self) -> Option<KeyId> {
        self.previous.as_ref().map(|key| key.id)
    }

    /// Hashes `value` as what `field` holds: the same value hashes differently in another field. The caller brings a value
    /// into one form first (case, spaces), for equal bytes only are found.
    pub fn hashes(&self, field: &str, value: &[u8]) -> Hashes {
        let length = (field.len() as u64).to_be_bytes();
        let hash = |key: &OpenKey| key.secret.mac(&[&length, field.as_bytes(), value]);
        Hashes { current: hash(&self.current), previous: self.previous.as_ref().map(hash) }
    }
}
