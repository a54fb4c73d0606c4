//! A sign-in that is half done: the password was right, and the code is still asked.
//!
//! Between the two pages the desk hands out a sealed ticket and keeps nothing. A half-open row among the sessions would be one forgotten
//! condition away from a session; a ticket is of another form, opens nothing without a code, and is void with the password that was right.

use super::ShownOnce;
use crate::{failure::DeskError, ground::Ground, hex};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use std::fmt;
use store::UserId;
use uuid::Uuid;

/// How long the code can be shown: time to find the phone.
pub const HALF_OPEN: SignedDuration = SignedDuration::from_mins(10);
/// Hex digits of a ticket at most: more is not read.
const LONGEST: usize = 400;

/// What whoever gave the right password brings with the code. `Debug` does not show it.
#[derive(Clone)]
pub struct HalfOpen(ShownOnce);

impl HalfOpen {
    /// What was handed out, as it comes back.
    pub fn brought(text: &str) -> Self {
        Self(ShownOnce::new(text.to_owned()))
    }

    /// The text to hand out.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

impl fmt::Debug for HalfOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HalfOpen(…)")
    }
}

/// What a ticket says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PasswordShown {
    /// Whose password was right.
    pub(super) user: UserId,
    /// The SHA-256 of the hash with which it was compared.
    pub(super) password: [u8; 32],
}

impl PasswordShown {
    /// The ticket for it.
    pub(super) fn ticket(
        self,
        ground: &Ground,
        now: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<HalfOpen, DeskError> {
        let until = now.saturating_add(HALF_OPEN).unwrap_or(now).as_microsecond();
        let plain = [self.user.as_bytes().as_slice(), &self.password, &until.to_be_bytes()].concat();
        let sealed = ground.secrets.seal_ticket(&plain, rng)?;
        Ok(HalfOpen(ShownOnce::new(hex(&sealed))))
    }

    /// What a ticket says, if it is ours and good at `now`.
    pub(super) fn read(ticket: &HalfOpen, ground: &Ground, now: Timestamp) -> Option<Self> {
        let plain = ground.secrets.open_ticket(&unhex(ticket.reveal())?)?;
        let (user, rest) = plain.split_first_chunk()?;
        let (password, until) = rest.split_first_chunk()?;
        let until = i64::from_be_bytes(until.try_into().ok()?);
        let shown = Self { user: UserId::new(Uuid::from_bytes(*user)), password: *password };
        (now.as_microsecond() < until).then_some(shown)
    }
}

/// The bytes of hex digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.len() > LONGEST || !digits.len().is_multiple_of(2) {
        return None;
    }
    let nibble = |digit: u8| char::from(digit).to_digit(16).and_then(|nibble| u8::try_from(nibble).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(nibble(*high)? << 4 | nibble(*low)?),
        _ => None,
    };
    digits.chunks_exact(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_as_it_is_written() {
        assert_eq!(unhex(&hex(&[0, 0x7f, 0xff])), Some(vec![0, 0x7f, 0xff]));
        for text in ["0", "0g", "é", &"00".repeat(LONGEST)] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
