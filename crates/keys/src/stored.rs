//! Keys as the database stores them: wrapped by the master key, each with an id, a purpose and a state.

use crate::{
    cipher::{NONCE_LEN, SECRET_LEN, Secret, TAG_LEN, nonce, push_part},
    master::{Fingerprint, MasterKey},
};
use rand_core::CryptoRng;
use std::{borrow::Cow, fmt};

/// Version byte, fingerprint of the master key, nonce, the wrapped key and its tag.
const WRAP_VERSION: u8 = 1;

/// Bytes of a wrapped key.
pub const WRAPPED_LEN: usize = 1 + Fingerprint::LEN + NONCE_LEN + SECRET_LEN + TAG_LEN;

/// The number of a key, unique among all keys of a database, whatever their purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u32);

impl KeyId {
    /// The key with that number.
    pub const fn new(id: u32) -> Self {
        Self(id)
    }

    /// Its number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a key is for, as one word: `code`, `subject`, `code-lookup`. Keys of one purpose replace each other; those of
/// another purpose are never tried. The word is bound into the wrapped key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purpose(Cow<'static, str>);

impl Purpose {
    /// The purpose with that word.
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Its word.
    pub fn word(&self) -> &str {
        &self.0
    }
}

impl From<String> for Purpose {
    /// The purpose that a row names. One that this program does not know is kept and left alone.
    fn from(word: String) -> Self {
        Self(Cow::Owned(word))
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a key is still used for what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// Seals and hashes what is new. One for each purpose.
    Active,
    /// Opens and finds what is old.
    Retired,
}

impl KeyState {
    /// As it stands in the database: `active`, `retired`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }

    /// The state with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Retired].into_iter().find(|state| state.word() == word)
    }
}

/// One key as the database stores it. It is of no use without the master key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// Its number, bound into `wrapped`.
    pub id: KeyId,
    /// What it is for, bound into `wrapped`.
    pub purpose: Purpose,
    /// Whether it is used for what is new.
    pub state: KeyState,
    /// The key under the master key, [`WRAPPED_LEN`] bytes.
    pub wrapped: Vec<u8>,
}

impl StoredKey {
    /// Never `None`: 32 bytes are not too long for the cipher.
    fn wrap(
        master: &MasterKey,
        id: KeyId,
        purpose: Purpose,
        state: KeyState,
        key: &Secret,
        rng: &mut impl CryptoRng,
    ) -> Option<Self> {
        let nonce = nonce(rng);
        let fingerprint = master.fingerprint();
        let body = master.wrapping().encrypt(&nonce, &bound(fingerprint, id, &purpose), key.bytes())?;
        let wrapped = [&[WRAP_VERSION], fingerprint.as_bytes().as_slice(), &nonce, &body].concat();
        Some(Self { id, purpose, state, wrapped })
    }

    /// Which master key it says it was wrapped under; `None` when it is no wrapped key at all.
    pub fn wrapped_under(&self) -> Option<Fingerprint> {
        self.parts().ok().map(|parts| parts.fingerprint)
    }

    /// Whether `master` unwraps it.
    pub fn check(&self, master: &MasterKey) -> Result<(), UnwrapError> {
        self.unwrap_key(master).map(drop)
    }

    fn parts(&self) -> Result<Parts<'_>, UnwrapError> {
        let id = self.id;
        let (version, rest) = self.wrapped.split_first().ok_or(UnwrapError::Length { id, found: 0 })?;
        if *version != WRAP_VERSION {
            return Err(UnwrapError::UnknownVersion { id, found: *version });
        }
        let wrong_length = UnwrapError::Length { id, found: self.wrapped.len() };
        let (fingerprint, rest) = rest.split_first_chunk().ok_or(wrong_length)?;
        let (nonce, body) = rest.split_first_chunk().ok_or(wrong_length)?;
        if body.len() != SECRET_LEN + TAG_LEN {
            return Err(wrong_length);
        }
        Ok(Parts { fingerprint: Fingerprint::new(*fingerprint), nonce, body })
    }

    pub(crate) fn unwrap_key(&self, master: &MasterKey) -> Result<Secret, UnwrapError> {
        let id = self.id;
        let Parts { fingerprint, nonce, body } = self.parts()?;
        let given = master.fingerprint();
        // Tried also when the fingerprint is another: a key that opens nevertheless shows that only that was damaged.
        match master.wrapping().decrypt(nonce, &bound(given, id, &self.purpose), body) {
            Some(key) if fingerprint == given => Secret::from_slice(&key).ok_or(UnwrapError::Damaged { id }),
            None if fingerprint != given => {
                Err(UnwrapError::WrongMasterKey { id, wrapped_under: fingerprint, given })
            }
            Some(_) | None => Err(UnwrapError::Damaged { id }),
        }
    }
}

struct Parts<'a> {
    fingerprint: Fingerprint,
    nonce: &'a [u8; NONCE_LEN],
    body: &'a [u8],
}

/// What a wrapped key is bound to beside its bytes.
fn bound(fingerprint: Fingerprint, id: KeyId, purpose: &Purpose) -> Vec<u8> {
    let mut aad = vec![WRAP_VERSION];
    aad.extend_from_slice(fingerprint.as_bytes());
    aad.extend_from_slice(&id.get().to_be_bytes());
    push_part(&mut aad, purpose.word().as_bytes());
    aad
}

/// Why a stored key cannot be unwrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnwrapError {
    /// It was wrapped under another master key than the one at hand.
    #[error("key {id} was wrapped under master key `{wrapped_under}`, given was `{given}`")]
    WrongMasterKey {
        /// The key.
        id: KeyId,
        /// The master key that is needed.
        wrapped_under: Fingerprint,
        /// The master key that was tried.
        given: Fingerprint,
    },
    /// It was written by a newer Kebei, or its first byte is damaged.
    #[error("key {id} is wrapped in version {found}, expected version {WRAP_VERSION}")]
    UnknownVersion {
        /// The key.
        id: KeyId,
        /// The version it claims.
        found: u8,
    },
    /// It was cut or grew.
    #[error("key {id} has {found} wrapped bytes, expected {WRAPPED_LEN}")]
    Length {
        /// The key.
        id: KeyId,
        /// Bytes found.
        found: usize,
    },
    /// The master key is right and the bytes are not, or the row carries another id or purpose than it was made with.
    /// Cryptography cannot tell these apart.
    #[error("key {id} is damaged, or stands under another id or purpose than its own")]
    Damaged {
        /// The key.
        id: KeyId,
    },
}

/// Why the keys of a purpose cannot be put to use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// One of them cannot be unwrapped.
    #[error(transparent)]
    Unwrap(#[from] UnwrapError),
    /// None of them is active.
    #[error("no active key for `{purpose}`")]
    NoActiveKey {
        /// The purpose.
        purpose: Purpose,
    },
    /// Two of them are active.
    #[error("keys {one} and {other} are both active for `{purpose}`")]
    TwoActiveKeys {
        /// The purpose.
        purpose: Purpose,
        /// One of them.
        one: KeyId,
        /// The other.
        other: KeyId,
    },
    /// Two of them have the same id.
    #[error("two keys have the id {id}")]
    IdTwice {
        /// The id.
        id: KeyId,
    },
}

/// A key put to use.
#[derive(Clone, Debug)]
pub(crate) struct OpenKey {
    pub(crate) id: KeyId,
    pub(crate) secret: Secret,
}

/// All keys of one purpose.
#[derive(Clone, Debug)]
pub(crate) struct OpenKeys {
    pub(crate) active: OpenKey,
    pub(crate) retired: Vec<OpenKey>,
}

impl OpenKeys {
    /// Unwraps the keys of `purpose` among `stored` and derives from each the one for `label`.
    pub(crate) fn unlock(
        master: &MasterKey,
        purpose: &Purpose,
        stored: &[StoredKey],
        label: &str,
    ) -> Result<Self, UnlockError> {
        let mut active: Option<OpenKey> = None;
        let mut retired: Vec<OpenKey> = Vec::new();
        for key in stored.iter().filter(|key| key.purpose == *purpose) {
            if active.iter().chain(&retired).any(|known| known.id == key.id) {
                return Err(UnlockError::IdTwice { id: key.id });
            }
            let open = OpenKey { id: key.id, secret: key.unwrap_key(master)?.derive(label) };
            match (key.state, &active) {
                (KeyState::Retired, _) => retired.push(open),
                (KeyState::Active, None) => active = Some(open),
                (KeyState::Active, Some(other)) => {
                    let purpose = purpose.clone();
                    return Err(UnlockError::TwoActiveKeys { purpose, one: other.id, other: key.id });
                }
            }
        }
        let active = active.ok_or_else(|| UnlockError::NoActiveKey { purpose: purpose.clone() })?;
        Ok(Self { active, retired })
    }
}

/// What to store when a purpose gets a new key, in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The new key, active.
    pub added: StoredKey,
    /// The key that becomes [`KeyState::Retired`]; `None` for the first key of a purpose.
    pub retired: Option<KeyId>,
}

/// Why there is no new key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotateError {
    /// A key of another purpose or the same cannot be unwrapped: the new one would be wrapped under a master key that does
    /// not fit the database.
    #[error(transparent)]
    Unwrap(#[from] UnwrapError),
    /// The purpose has two active keys.
    #[error("keys {one} and {other} are both active")]
    TwoActiveKeys {
        /// One of them.
        one: KeyId,
        /// The other.
        other: KeyId,
    },
    /// The rotation before is not over: rows are still found by the key it retired, and only two generations are tried.
    #[error("retired key {retired} is still in use")]
    Unfinished {
        /// That key. Delete it once no row is found by it.
        retired: KeyId,
    },
    /// All ids are used up.
    #[error("no key id is left after {}", u32::MAX)]
    NoIdLeft,
}

/// A new key for `purpose`, with the id after the largest among `stored`, which are the keys of all purposes.
pub(crate) fn next_key(
    master: &MasterKey,
    purpose: &Purpose,
    stored: &[StoredKey],
    rng: &mut impl CryptoRng,
) -> Result<Rotation, RotateError> {
    let mut retired: Option<KeyId> = None;
    let mut last = 0;
    for key in stored {
        key.unwrap_key(master)?;
        last = last.max(key.id.get());
        if key.purpose != *purpose || key.state != KeyState::Active {
            continue;
        }
        if let Some(one) = retired.replace(key.id) {
            return Err(RotateError::TwoActiveKeys { one, other: key.id });
        }
    }
    let id = KeyId(last.checked_add(1).ok_or(RotateError::NoIdLeft)?);
    let key = Secret::generate(rng);
    let added = StoredKey::wrap(master, id, purpose.clone(), KeyState::Active, &key, rng);
    Ok(Rotation { added: added.ok_or(UnwrapError::Damaged { id })?, retired })
}

/// The keys of all purposes, wrapped under another master key; ids, purposes and states stay. The old rows are replaced
/// in one transaction, after which the old master key opens nothing.
pub fn rewrap(
    stored: &[StoredKey],
    from: &MasterKey,
    to: &MasterKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<StoredKey>, UnwrapError> {
    let rewrapped = stored.iter().map(|key| {
        let StoredKey { id, ref purpose, state, .. } = *key;
        StoredKey::wrap(to, id, purpose.clone(), state, &key.unwrap_key(from)?, rng)
            .ok_or(UnwrapError::Damaged { id })
    });
    rewrapped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    #[test]
    fn ids_end_before_they_repeat() {
        const CODES: Purpose = Purpose::new("code");
        let rng = &mut ChaCha20Rng::from_seed([1; 32]);
        let master = MasterKey::generate(rng);
        let key = Secret::generate(rng);
        let last = StoredKey::wrap(&master, KeyId(u32::MAX), CODES, KeyState::Active, &key, rng).unwrap();
        assert_eq!(next_key(&master, &CODES, &[last], rng), Err(RotateError::NoIdLeft));
    }

    #[test]
    fn a_state_is_found_by_its_word() {
        for state in [KeyState::Active, KeyState::Retired] {
            assert_eq!(KeyState::from_word(state.word()), Some(state));
        }
        assert_eq!(KeyState::from_word("deleted"), None);
    }
}
