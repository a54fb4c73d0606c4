//! The master key: the one secret outside the database.

use crate::cipher::{SECRET_LEN, Secret};
use base64::{Engine, engine::general_purpose::STANDARD};
use rand_core::CryptoRng;
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

const HEX_LEN: usize = 2 * SECRET_LEN;
const BASE64_LEN: usize = 44;

/// The key that wraps all others: 32 random bytes that the operator keeps outside the database and its backups.
///
/// Wiped when dropped. `Debug` shows its fingerprint only.
#[derive(Clone)]
pub struct MasterKey {
    wrapping: Secret,
    secret: Secret,
    fingerprint: Fingerprint,
}

impl MasterKey {
    /// A new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self::from_secret(Secret::generate(rng))
    }

    fn from_secret(secret: Secret) -> Self {
        let wrapping = secret.derive("kebei v1 wrap");
        let mut fingerprint = Fingerprint([0; Fingerprint::LEN]);
        for (to, from) in fingerprint.0.iter_mut().zip(secret.derive("kebei v1 fingerprint").bytes()) {
            *to = *from;
        }
        Self { wrapping, secret, fingerprint }
    }

    /// What may be shown of the key: enough to see whether it is the one that a database was made with.
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The key as 64 hex digits, for the file in which the operator keeps it; reads back with `parse`.
    pub fn to_hex(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(HEX_LEN));
        for byte in self.secret.bytes() {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(digit.into(), 16));
            }
        }
        text
    }

    pub(crate) const fn wrapping(&self) -> &Secret {
        &self.wrapping
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.fingerprint)
    }
}

/// Why a text is no master key. Says lengths and places, never what was found there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MasterKeyError {
    /// Neither of the two lengths. White space around the text does not count.
    #[error("expected 64 hex digits or 44 characters of base64, found {found} characters")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// 64 characters, but not all of them hex digits.
    #[error("expected 64 hex digits, found something else at character {at}")]
    NotHex {
        /// Which character, from 1.
        at: usize,
    },
    /// 44 characters that are not the base64 (RFC 4648, section 4, padded) of 32 bytes.
    #[error("expected the base64 of 32 bytes, found 44 characters that are not")]
    NotBase64,
    /// The same byte 32 times: a placeholder, not a key.
    #[error("expected 32 random bytes, found one byte repeated")]
    Placeholder,
}

impl FromStr for MasterKey {
    type Err = MasterKeyError;

    /// Reads 64 hex digits or 44 characters of base64, with white space around them.
    fn from_str(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let secret = match text.chars().count() {
            HEX_LEN => from_hex(text),
            BASE64_LEN => from_base64(text),
            found => Err(MasterKeyError::Length { found }),
        }?;
        if secret.bytes().windows(2).all(|pair| pair.first() == pair.last()) {
            return Err(MasterKeyError::Placeholder);
        }
        Ok(Self::from_secret(secret))
    }
}

fn from_hex(text: &str) -> Result<Secret, MasterKeyError> {
    let mut bytes = Zeroizing::new([0u8; SECRET_LEN]);
    for (at, digit) in text.chars().enumerate() {
        let not_hex = MasterKeyError::NotHex { at: at + 1 };
        let value = digit.to_digit(16).and_then(|value| u8::try_from(value).ok()).ok_or(not_hex)?;
        let byte = bytes.get_mut(at / 2).ok_or(not_hex)?;
        *byte = *byte << 4 | value;
    }
    Secret::from_slice(bytes.as_ref()).ok_or(MasterKeyError::Length { found: text.len() })
}

fn from_base64(text: &str) -> Result<Secret, MasterKeyError> {
    let mut bytes = Zeroizing::new([0u8; SECRET_LEN + 1]); // as many as 44 characters could give
    let decoded = STANDARD.decode_slice(text, bytes.as_mut()).ok().and_then(|len| bytes.get(..len));
    decoded.and_then(Secret::from_slice).ok_or(MasterKeyError::NotBase64)
}

/// The fingerprint of a master key, shown as 16 hex digits. Derived one way, so that it may be stored, logged and read out
/// over the telephone.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; Self::LEN]);

impl Fingerprint {
    pub(crate) const LEN: usize = 8;

    pub(crate) const fn new(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// Its eight bytes.
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1F";
    const BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    #[test]
    fn the_same_key_is_read_from_hex_and_from_base64_with_space_around() {
        let hex: MasterKey = HEX.parse().unwrap();
        let base64: MasterKey = format!(" {BASE64}\r\n").parse().unwrap();
        assert_eq!(hex.fingerprint(), base64.fingerprint());
        assert_eq!(*hex.to_hex(), HEX.to_lowercase());
    }

    #[test]
    fn a_text_that_is_no_key_is_refused_with_what_was_expected() {
        let refused = |text: &str| text.parse::<MasterKey>().unwrap_err();
        assert_eq!(refused(""), MasterKeyError::Length { found: 0 });
        assert_eq!(refused(&HEX[1..]), MasterKeyError::Length { found: 63 });
        assert_eq!(refused(&format!("{HEX}0")), MasterKeyError::Length { found: 65 });
        assert_eq!(refused(&BASE64[..43]), MasterKeyError::Length { found: 43 });
        assert_eq!(refused(&HEX.replace("1c", "1g")), MasterKeyError::NotHex { at: 58 });
        assert_eq!(refused(&HEX.replace("1c", "1é")), MasterKeyError::NotHex { at: 58 });
        assert_eq!(refused(&BASE64.replace("8=", "9=")), MasterKeyError::NotBase64, "left-over bits");
        assert_eq!(refused(&BASE64.replace("8=", "88")), MasterKeyError::NotBase64, "33 bytes");
        assert_eq!(refused(&BASE64.replace('A', "-")), MasterKeyError::NotBase64, "another alphabet");
        assert_eq!(refused(&"00".repeat(32)), MasterKeyError::Placeholder);
        assert_eq!(refused(&format!("{}=", "A".repeat(43))), MasterKeyError::Placeholder);
        assert_eq!(
            refused("secret").to_string(),
            "expected 64 hex digits or 44 characters of base64, found 6 characters"
        );
    }

    #[test]
    fn debug_and_display_show_the_fingerprint_and_nothing_else() {
        let key: MasterKey = HEX.parse().unwrap();
        assert_eq!(format!("{key:?}"), format!("MasterKey({})", key.fingerprint()));
        assert_eq!(key.fingerprint().to_string().len(), 16);
        assert!(!HEX.contains(&key.fingerprint().to_string()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,70}") {
            let _ = text.parse::<MasterKey>();
        }

        #[test]
        fn a_key_reads_back_as_it_was_written(bytes: [u8; 32]) {
            prop_assume!(bytes.iter().any(|byte| *byte != bytes[0]));
            let key: MasterKey = STANDARD.encode(bytes).parse().unwrap();
            let again: MasterKey = key.to_hex().parse().unwrap();
            prop_assert_eq!(key.fingerprint(), again.fingerprint());
        }
    }
}
