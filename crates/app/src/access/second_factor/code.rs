//! What somebody types as his second factor: a code of his app, or one of his recovery codes.

use crate::{
    access::{
        ShownOnce,
        token::{ALPHABET, base32, digest, grouped},
    },
    chance::Draw,
};
use rulebook::folded;
use std::fmt;

/// Digits of an app's code.
const DIGITS: usize = 6;
/// How many recovery codes are given at a time.
pub const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: with 112 bits or more a plain hash of it may be stored (OWASP ASVS 5.0, 6.5.2).
const RECOVERY_BYTES: usize = 15;
/// Symbols of so many bytes.
const RECOVERY_SYMBOLS: usize = RECOVERY_BYTES * 8 / 5;

/// A code as it was typed, whatever it is. Only the digest of a recovery code is kept, and `Debug` shows nothing.
#[derive(Clone, Copy)]
pub struct Code(pub(super) Typed);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Six digits.
    OfApp(u32),
    /// What looks like a recovery code, by its digest.
    Recovery([u8; 32]),
    /// Neither.
    Neither,
}

impl Code {
    /// The code in that text, with blanks and dashes, in capitals or full width as it may be.
    pub fn typed(text: &str) -> Self {
        let symbols: String = folded(text).chars().filter(|symbol| !is_dash(*symbol)).collect();
        let is_app = symbols.len() == DIGITS && symbols.bytes().all(|symbol| symbol.is_ascii_digit());
        let is_recovery =
            symbols.len() == RECOVERY_SYMBOLS && symbols.bytes().all(|symbol| ALPHABET.contains(&symbol));
        Self(match symbols.parse() {
            Ok(code) if is_app => Typed::OfApp(code),
            _ if is_recovery => Typed::Recovery(digest(&symbols)),
            _ => Typed::Neither,
        })
    }
}

fn is_dash(symbol: char) -> bool {
    matches!(symbol, '-' | '‐' | '‑' | '–' | '—' | '−')
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// New recovery codes, such as `mzxw-6ytb-oi3a-5dkq-mzxw-6ytb`, and what of each is stored.
pub(super) fn recovery_codes(draw: &mut Draw) -> (Vec<ShownOnce>, Vec<Vec<u8>>) {
    let codes = (0..RECOVERY_CODES).map(|_| {
        let symbols = base32(&draw.bytes::<RECOVERY_BYTES>());
        let stored = digest(&symbols).to_vec();
        (ShownOnce::new(grouped(&symbols, '-')), stored)
    });
    codes.unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        for text in ["081804", " 081 804 ", "081-804", "０８１８０４"] {
            assert_eq!(Code::typed(text).0, Typed::OfApp(81_804), "{text}");
        }
        for text in ["", "81804", "0818040", "+81804", "08180a", "²²²²²²"] {
            assert_eq!(Code::typed(text).0, Typed::Neither, "{text}");
        }
        assert_eq!(format!("{:?}", Code::typed("081804")), "Code(…)");
    }

    #[test]
    fn recovery_codes_are_read_as_they_were_written() {
        let (shown, stored) = recovery_codes(&mut Draw::of([7; 32]));
        assert_eq!((shown.len(), stored.len()), (RECOVERY_CODES, RECOVERY_CODES));
        for (shown, stored) in shown.iter().zip(stored) {
            let text = shown.reveal();
            assert_eq!(text.len(), 29);
            for typed in [text.to_owned(), text.to_uppercase(), text.replace('-', " "), format!("{text} ")] {
                assert!(
                    matches!(Code::typed(&typed).0, Typed::Recovery(digest) if stored == digest),
                    "{typed}"
                );
            }
        }
    }
}
