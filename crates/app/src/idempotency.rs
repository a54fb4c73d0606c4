//! Requests that may be sent again: with the same key they are done once, and the first answer is given again.

/// What a caller names a request by, so that sending it again does nothing again. Kept for ever where codes are issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

/// Longest key: a UUID takes 36 characters, and callers put a word before it.
const LONGEST: usize = 255;

/// A text that is no idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to {LONGEST} characters of ASCII without spaces, such as a UUID")]
pub struct BadIdempotencyKey;

impl IdempotencyKey {
    /// The key of that text.
    pub fn parse(text: &str) -> Result<Self, BadIdempotencyKey> {
        let right = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        right.then(|| Self(text.to_owned())).ok_or(BadIdempotencyKey)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
