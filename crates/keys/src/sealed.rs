//! What a sealed value looks like: version byte, id of its key, nonce, ciphertext and tag.

use crate::{
    cipher::{NONCE_LEN, TAG_LEN, push_part},
    stored::KeyId,
};

const VERSION: u8 = 1;
const PREFIX_LEN: usize = 1 + size_of::<u32>();

/// How many bytes a sealed value is longer than the value.
pub const OVERHEAD: usize = PREFIX_LEN + NONCE_LEN + TAG_LEN;

/// The longest value that is sealed, in bytes. A value is held in memory whole, twice while it is sealed; the largest are
/// uploaded documents, and this is several times what a scan needs.
pub const MAX_PLAINTEXT: usize = 32 << 20;

/// Where a sealed value stands. What was sealed for one place is refused in every other, so that rows cannot be swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The id of the row, in the same bytes every time.
    pub row: &'a [u8],
}

/// Why bytes are no sealed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Fewer bytes than any sealed value has.
    #[error("a sealed value has at least {OVERHEAD} bytes, found {found}")]
    TooShort {
        /// Bytes found.
        found: usize,
    },
    /// Sealed by a newer Kebei, or never sealed.
    #[error("sealed in version {found}, expected version {VERSION}")]
    UnknownVersion {
        /// The first byte.
        found: u8,
    },
}

/// The first five bytes of everything sealed under the key `id`: version and id. An index on the first five bytes of a
/// column finds the rows that still use a retired key.
pub fn sealed_prefix(id: KeyId) -> [u8; 5] {
    let mut prefix = [VERSION; PREFIX_LEN];
    for (to, from) in prefix.iter_mut().skip(1).zip(id.get().to_be_bytes()) {
        *to = from;
    }
    prefix
}

/// Under which key a value is sealed, read without opening it. Trusted only once the value was opened.
pub fn key_id_of(sealed: &[u8]) -> Result<KeyId, HeaderError> {
    Header::read(sealed).map(|header| header.key)
}

pub(crate) struct Header<'a> {
    pub(crate) key: KeyId,
    pub(crate) nonce: &'a [u8; NONCE_LEN],
    pub(crate) body: &'a [u8],
}

impl<'a> Header<'a> {
    pub(crate) fn read(sealed: &'a [u8]) -> Result<Self, HeaderError> {
        let too_short = HeaderError::TooShort { found: sealed.len() };
        let (&[version, ref id @ ..], rest) = sealed.split_first_chunk::<PREFIX_LEN>().ok_or(too_short)?;
        if version != VERSION {
            return Err(HeaderError::UnknownVersion { found: version });
        }
        let (nonce, body) = rest.split_first_chunk().ok_or(too_short)?;
        if body.len() < TAG_LEN {
            return Err(too_short);
        }
        Ok(Self { key: KeyId::new(u32::from_be_bytes(*id)), nonce, body })
    }
}

/// What a sealed value is bound to beside its bytes: its prefix and its place.
pub(crate) fn bound(key: KeyId, place: Place<'_>) -> Vec<u8> {
    let mut aad = sealed_prefix(key).to_vec();
    for part in [place.table.as_bytes(), place.column.as_bytes(), place.row] {
        push_part(&mut aad, part);
    }
    aad
}
