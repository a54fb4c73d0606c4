//! A key that belongs to one owner alone: what is sealed under it is erased, wherever it was copied to, by destroying the key.

use crate::{
    cipher::{NONCE_LEN, SECRET_LEN, Secret, TAG_LEN, nonce, push_part},
    keyring::SealError,
    sealed::{MAX_PLAINTEXT, Place},
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Told apart from what a keyring seals.
const VERSION: u8 = 2;
const SEALING: &str = "kebei v1 own seal";
const COMMITTING: &str = "kebei v1 own commitment";

/// How many bytes a value sealed under a key of its owner's own is longer than the value.
pub const OWN_OVERHEAD: usize = 1 + NONCE_LEN + TAG_LEN;

/// The key of one owner. It is stored sealed by a [`Keyring`](crate::Keyring), so that rotating that costs one row an owner.
#[derive(Clone, Debug)]
pub struct OwnKey {
    stored: Secret,
    sealing: Secret,
    committing: Secret,
}

/// Why a value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnOpenError {
    /// It is no value sealed under a key of its owner's own.
    #[error("no value sealed under a key of its owner's own")]
    Header,
    /// A byte of it was changed, or it was sealed for another place or under another key. Cryptography cannot tell these apart.
    #[error("the value is damaged, or was sealed for another place or another owner")]
    Refused,
}

impl OwnKey {
    /// A new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self::of(Secret::generate(rng))
    }

    /// The key that was kept as these bytes; `None` when they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Secret::from_slice(bytes).map(Self::of)
    }

    fn of(stored: Secret) -> Self {
        Self { sealing: stored.derive(SEALING), committing: stored.derive(COMMITTING), stored }
    }

    /// The bytes that are kept of it: secret, to be sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; SECRET_LEN]> {
        Zeroizing::new(*self.stored.bytes())
    }

    /// Seals `plain` for `place`; [`OWN_OVERHEAD`] bytes longer than `plain`.
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
        let nonce = nonce(rng);
        let body = self.sealing.encrypt(&nonce, &bound(place), plain).ok_or(too_long)?;
        Ok([[VERSION].as_slice(), &nonce, &body].concat())
    }

    /// Opens a value that stands at `place`.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OwnOpenError> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(OwnOpenError::Header)?;
        let (nonce, body) = rest.split_first_chunk().ok_or(OwnOpenError::Header)?;
        self.sealing.decrypt(nonce, &bound(place), body).ok_or(OwnOpenError::Refused)
    }
}

impl OwnKey {
    /// A commitment to `value` as what `field` holds. Whoever has the key can show that a value is the one that was meant; without it
    /// nobody can try values, and once it is destroyed nothing is left of the value.
    pub fn commitment(&self, field: &str, value: &[u8]) -> [u8; 32] {
        let length = (field.len() as u64).to_be_bytes();
        self.committing.mac(&[&length, field.as_bytes(), value])
    }
}

/// What a value is bound to beside its bytes.
fn bound(place: Place<'_>) -> Vec<u8> {
    let mut aad = vec![VERSION];
    for part in [place.table.as_bytes(), place.column.as_bytes(), place.row] {
        push_part(&mut aad, part);
    }
    aad
}
