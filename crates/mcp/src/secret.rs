//! What is never shown: the key with which the desk is asked, and the token with which an assistant asks here.

use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Bytes of a key at most: those of the desk have 56, the tokens of other systems before it may be longer.
const LONGEST: usize = 1024;
/// Characters of a token that somebody chose himself, at least: as many as 128 random bits have in hexadecimal digits.
pub const SHORTEST_TOKEN: usize = 32;

/// Why a text is no secret. It never says what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSecret {
    /// There is nothing.
    #[error("there is nothing in it")]
    Empty,
    /// It is too short to be guessed by nobody.
    #[error("it has fewer than {SHORTEST_TOKEN} characters")]
    TooShort,
    /// It cannot stand in a header: it has spaces, control characters or others than ASCII in it, or is far too long.
    #[error("it has characters that no key has, or too many")]
    Malformed,
}

fn read(text: &str) -> Result<Zeroizing<String>, BadSecret> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadSecret::Empty);
    }
    if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BadSecret::Malformed);
    }
    Ok(Zeroizing::new(text.to_owned()))
}

/// The key (or the token of a session) with which the desk is asked. It is not shown.
pub struct Key(Zeroizing<String>);

impl Key {
    /// The key in `text`, with white space around it.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        read(text).map(Self)
    }

    /// As the `Authorization` of a request has it.
    pub(crate) fn authorization(&self) -> String {
        format!("Bearer {}", self.0.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The token that whoever speaks with this server over HTTP has to present. It is not shown.
pub struct Token(Zeroizing<String>);

impl Token {
    /// The token in `text`, with white space around it.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        let text = read(text)?;
        if text.len() < SHORTEST_TOKEN { Err(BadSecret::TooShort) } else { Ok(Self(text)) }
    }

    /// Whether `found` is it, in a time that says nothing of how much of it is right.
    pub(crate) fn is(&self, found: &str) -> bool {
        self.0.as_bytes().ct_eq(found.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_one_word_of_some_length_and_never_shown() {
        assert_eq!(Key::parse(" \n").unwrap_err(), BadSecret::Empty);
        assert_eq!(Key::parse("kbk_a b").unwrap_err(), BadSecret::Malformed);
        assert_eq!(Key::parse("kbk_é").unwrap_err(), BadSecret::Malformed);
        assert_eq!(Key::parse(&"k".repeat(LONGEST + 1)).unwrap_err(), BadSecret::Malformed);
        let key = Key::parse("kbk_canary\n").unwrap();
        assert_eq!(key.authorization(), "Bearer kbk_canary");
        assert_eq!(format!("{key:?}"), "Key(…)");
        assert_eq!(Token::parse(&"t".repeat(SHORTEST_TOKEN - 1)).unwrap_err(), BadSecret::TooShort);
        let token = Token::parse(&"t".repeat(SHORTEST_TOKEN)).unwrap();
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(token.is(&"t".repeat(SHORTEST_TOKEN)));
        assert!(!token.is(&"t".repeat(SHORTEST_TOKEN + 1)) && !token.is("") && !token.is(&"T".repeat(32)));
    }
}
