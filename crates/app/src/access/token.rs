//! Tokens that prove who somebody is: what they look like, and what of them is stored.

use super::Unrecognised;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Lower-case base 32 of RFC 4648: it survives being read out, and a double click takes all of it.
pub(super) const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Random bytes of a token: nobody guesses 256 bits, so that a plain SHA-256 of it can be stored.
pub(crate) const TOKEN_BYTES: usize = 32;
/// Symbols of so many bytes.
const SYMBOLS: usize = (TOKEN_BYTES * 8).div_ceil(5);

/// What is shown once and kept by nobody here: a token, a key's secret, a one-time password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownOnce(Zeroizing<String>);

impl ShownOnce {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the eyes of whom it is for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ShownOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownOnce(…)")
    }
}

/// What kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Of a session.
    Session,
    /// A bearer key.
    Key,
    /// The secret of a signing key.
    Signing,
}

impl TokenKind {
    /// How such tokens begin, so that whoever finds one in a file knows what leaked.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "kbs_",
            Self::Key => "kbk_",
            Self::Signing => "kbr_",
        }
    }

    /// The token of those random bytes.
    pub(crate) fn token(self, bytes: &[u8; TOKEN_BYTES]) -> ShownOnce {
        ShownOnce::new(format!("{}{}", self.prefix(), base32(bytes)))
    }
}

/// What was presented as a bearer token. Only its digest is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Credential {
    pub(crate) kind: TokenKind,
    pub(crate) digest: [u8; 32],
}

impl Credential {
    /// The credential of that text, such as it stands behind `Bearer`; [`Unrecognised::Malformed`] when no session and no key
    /// has such a token.
    pub fn parse(text: &str) -> Result<Self, Unrecognised> {
        let kind = [TokenKind::Session, TokenKind::Key].into_iter().find(|kind| {
            text.strip_prefix(kind.prefix()).is_some_and(|symbols| {
                symbols.len() == SYMBOLS && symbols.bytes().all(|symbol| ALPHABET.contains(&symbol))
            })
        });
        let kind = kind.ok_or(Unrecognised::Malformed)?;
        Ok(Self { kind, digest: digest(text) })
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({:?})", self.kind)
    }
}

/// What of a token is stored.
pub(crate) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// `bytes` in base 32, without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let symbol = |first: usize| (first..first + 5).fold(0, |symbol, at| symbol << 1 | bit(at));
    let symbols = (0..bytes.len() * 8).step_by(5).map(symbol);
    symbols.filter_map(|symbol| ALPHABET.get(usize::from(symbol))).map(|symbol| char::from(*symbol)).collect()
}

/// Symbols in groups of four, for whoever reads or types them.
pub(super) fn grouped(symbols: &str, between: char) -> String {
    let mut text = String::new();
    for (at, symbol) in symbols.chars().enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            text.push(between);
        }
        text.push(symbol);
    }
    text
}

/// The 16 bytes of 26 symbols; `None` when they are none, or not written as [`base32`] writes them.
pub(crate) fn unbase32_16(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0_u8; 16];
    for (at, symbol) in text.bytes().enumerate() {
        let value = ALPHABET.iter().position(|known| *known == symbol)?;
        for bit in 0..5 {
            let place = at * 5 + bit;
            let set = u8::from(value >> (4 - bit) & 1 == 1);
            match bytes.get_mut(place / 8) {
                Some(byte) => *byte |= set << (7 - place % 8),
                None if set == 0 => {}
                None => return None,
            }
        }
    }
    (base32(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32_is_that_of_rfc_4648() {
        for (plain, text) in [("f", "my"), ("fo", "mzxq"), ("foobar", "mzxw6ytboi")] {
            assert_eq!(base32(plain.as_bytes()), text);
        }
        let bytes = *b"0123456789abcdef";
        assert_eq!(unbase32_16(&base32(&bytes)), Some(bytes));
        assert_eq!(unbase32_16(&base32(&bytes[..15])), None);
        assert_eq!(unbase32_16("0123"), None);
        assert_eq!(unbase32_16(&format!("{}b", &base32(&bytes)[..25])), None);
    }

    #[test]
    fn only_what_a_token_looks_like_is_looked_for() {
        let token = TokenKind::Key.token(&[7; 32]);
        assert_eq!(token.reveal().len(), 4 + 52);
        assert_eq!(Credential::parse(token.reveal()).unwrap().digest, digest(token.reveal()));
        let signing = TokenKind::Signing.token(&[7; 32]);
        let upper = token.reveal().to_uppercase();
        let short = &token.reveal()[..55];
        for text in ["", "kbk_", short, &upper, signing.reveal(), &format!("{}a", token.reveal())] {
            assert!(matches!(Credential::parse(text), Err(Unrecognised::Malformed)), "{text}");
        }
        for shown in [format!("{token:?}"), format!("{:?}", Credential::parse(token.reveal()).unwrap())] {
            assert!(!shown.contains(&token.reveal()[4..20]), "{shown}");
        }
    }
}
