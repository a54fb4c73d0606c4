//! Codes of authenticator apps: TOTP (RFC 6238) with HMAC-SHA-1, six digits and steps of half a minute. Apps read other choices from
//! the address and many ignore them, so that none is made.

use crate::access::{ShownOnce, token::base32};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha1::Sha1;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226, section 4).
pub(crate) const SECRET_BYTES: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;
/// Steps by which an app's clock may be ahead or behind.
const SKEW: i64 = 1;
/// Codes are below it.
const CODES: u32 = 1_000_000;
/// HMAC pads its key with zeros to a block of the hash.
const SHA1_BLOCK: usize = 64;

/// What an app makes codes of, wiped when dropped and never shown by `Debug`.
#[derive(Clone)]
pub(crate) struct TotpSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

impl TotpSecret {
    pub(super) fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret that was kept as these bytes; `None` when they are none.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As apps take it: base 32 in capitals.
    pub(super) fn text(&self) -> ShownOnce {
        ShownOnce::new(base32(self.bytes()).to_ascii_uppercase())
    }

    /// The code of a step (RFC 4226, section 5.3).
    pub(super) fn code(&self, step: i64) -> u32 {
        let mut block = Zeroizing::new([0; SHA1_BLOCK]);
        for (to, from) in block.iter_mut().zip(self.bytes()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha1> as hmac::KeyInit>::new((&*block).into());
        mac.update(&step.to_be_bytes());
        let digest: [u8; SECRET_BYTES] = mac.finalize().into_bytes().into();
        let from = digest.last().map_or(0, |last| usize::from(last & 0xf));
        let four = digest.get(from..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        (u32::from_be_bytes(four) & 0x7fff_ffff) % CODES
    }

    /// The step of which `code` is, after the step `after`: the present one or one beside it.
    pub(super) fn step_of(&self, code: u32, now: Timestamp, after: i64) -> Option<i64> {
        let present = now.as_second().div_euclid(STEP);
        let near = present.saturating_sub(SKEW)..=present.saturating_add(SKEW);
        near.filter(|step| *step > after).find(|step| self.code(*step) == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: the last six of its eight digits.
        let secret = TotpSecret::new(*b"12345678901234567890");
        for (second, code) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(secret.code(second / STEP), code, "{second}");
            assert_eq!(secret.step_of(code, at(second), 0), Some(second / STEP), "{second}");
        }
        assert_eq!(secret.text().reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_clock_may_be_a_step_off_and_no_step_is_taken_again() {
        let secret = TotpSecret::new([7; SECRET_BYTES]);
        let code = secret.code(1000);
        let step = |second, after| secret.step_of(code, at(second), after);
        let near: Vec<_> = [29_969, 29_970, 30_000, 30_059, 30_060].map(|second| step(second, 0)).into();
        assert_eq!(near, [None, Some(1000), Some(1000), Some(1000), None]);
        assert_eq!((step(30_000, 999), step(30_000, 1000), step(30_000, 1001)), (Some(1000), None, None));
    }
}
