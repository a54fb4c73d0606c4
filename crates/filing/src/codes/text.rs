//! A service code as it is made, written, typed and kept: 19 random symbols and one that checks them.

use rulebook::{Lang, half_width};
use std::{fmt, str::FromStr};

/// A service code (备案服务号): `XXXXX-XXXXX-XXXXX-XXXXX` in Crockford's base 32.
///
/// Nineteen symbols carry 95 random bits; the twentieth, the last, checks them. With the values s₀…s₁₉ of the symbols
/// from left to right, Σ αⁱ·sᵢ = 0 over GF(32), where α is x in GF(2)\[x\]/(x⁵+x²+1). The powers α⁰…α¹⁹ are all
/// different and none is zero, so that one wrong symbol and two swapped ones always show.
///
/// A code is a secret: [`fmt::Display`] writes it for its owner, [`fmt::Debug`] never does.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServiceCode([u8; ServiceCode::SYMBOLS]);

/// Why a text is no service code; known without asking a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It has a character that no code has. U is one: it is left out so that it is not read as V.
    #[error("`{found}` at place {at} is no symbol of a service code")]
    Character {
        /// Its place, from 1, with dashes and spaces not counted.
        at: usize,
        /// The character as it was typed.
        found: char,
    },
    /// It has not 20 symbols.
    #[error("a service code has {} symbols, not {symbols}", ServiceCode::SYMBOLS)]
    Length {
        /// How many it has.
        symbols: usize,
    },
    /// The symbols do not fit together: at least one is wrong, or some are swapped.
    #[error("the symbols of the service code do not fit together")]
    Check,
}

impl Malformed {
    /// The stable code of the error, the same for all: SPEC 5 names it.
    pub const WORD: &'static str = "malformed-code";

    /// What is wrong, for whoever typed it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::malformed(self),
            Lang::En => super::en::malformed(self),
        }
    }

    /// What to look at.
    pub const fn suggestion(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::past_malformed(self),
            Lang::En => super::en::past_malformed(self),
        }
    }
}

/// Crockford's base 32: digits, then letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl ServiceCode {
    /// How many symbols a code has, dashes not counted.
    pub const SYMBOLS: usize = 20;

    /// How many symbols stand between two dashes.
    pub const GROUP: usize = 5;

    /// Makes a code of 95 of these 96 bits, which must come from a generator fit for secrets. The highest bit of the
    /// first byte is not used.
    pub fn generate(random: [u8; 12]) -> Self {
        let bits = random.into_iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(byte));
        let mut code = [0; Self::SYMBOLS];
        let [symbols @ .., check] = &mut code;
        for (place, symbol) in symbols.iter_mut().enumerate() {
            *symbol = letter((bits >> (5 * place) & 31) as u8);
        }
        // α³¹ = 1, so dividing the sum by α¹⁹, the factor of the check symbol, is multiplying it by α¹².
        *check = letter((0..12).fold(sum(symbols), |value, _| times_alpha(value)));
        Self(code)
    }

    /// Reads a code as people type and paste it: in any case, with dashes and spaces or without, full-width too, and
    /// with O, I and L for 0, 1 and 1. Characters that cannot be seen are passed over.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut code = [0; Self::SYMBOLS];
        let mut symbols = 0;
        for found in text.chars().filter(|c| !is_passed_over(*c)) {
            let symbol = symbol(found).ok_or(Malformed::Character { at: symbols + 1, found })?;
            if let Some(place) = code.get_mut(symbols) {
                *place = symbol;
            }
            symbols += 1;
        }
        if symbols != Self::SYMBOLS {
            return Err(Malformed::Length { symbols });
        }
        if sum(&code) != 0 {
            return Err(Malformed::Check);
        }
        Ok(Self(code))
    }

    /// The bytes to encrypt and to hash: the 20 symbols in ASCII, upper case, without dashes. So whatever a customer
    /// typed gives one hash, and any other program can make the same from the code as it is printed.
    pub const fn to_bytes(&self) -> [u8; Self::SYMBOLS] {
        self.0
    }

    /// The code of which these are [`ServiceCode::to_bytes`]; `None` when they are of none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let code = Self(bytes.try_into().ok()?);
        let canonical = code.0.iter().all(|symbol| ALPHABET.contains(symbol));
        (canonical && sum(&code.0) == 0).then_some(code)
    }

    /// The code as lists show it: the first group, enough to tell one's own codes apart, and dots. The 70 bits that are
    /// not shown are out of anybody's reach.
    pub fn masked(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| {
            for (at, group) in self.groups().enumerate() {
                f.write_str(if at == 0 { group } else { "-•••••" })?;
            }
            Ok(())
        })
    }

    /// The code as those talk about it who may not have it: the last group, and dots for the others.
    pub fn ending(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| {
            let last = Self::SYMBOLS / Self::GROUP - 1;
            for (at, group) in self.groups().enumerate() {
                f.write_str(if at == 0 { "" } else { "-" })?;
                f.write_str(if at == last { group } else { "•••••" })?;
            }
            Ok(())
        })
    }

    fn groups(&self) -> impl Iterator<Item = &str> {
        self.0.chunks(Self::GROUP).map(|group| str::from_utf8(group).unwrap_or_default())
    }
}

impl FromStr for ServiceCode {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

impl fmt::Display for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, group) in self.groups().enumerate() {
            f.write_str(if at == 0 { "" } else { "-" })?;
            f.write_str(group)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceCode(•••••-•••••-•••••-•••••)")
    }
}

/// The symbol of a value of five bits.
#[expect(clippy::indexing_slicing, reason = "five bits are within the 32 symbols")]
const fn letter(value: u8) -> u8 {
    ALPHABET[(value & 31) as usize]
}

/// The symbol that somebody meant who typed `c`.
fn symbol(c: char) -> Option<u8> {
    let typed = u8::try_from(half_width(c)).ok()?.to_ascii_uppercase();
    let meant = match typed {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.contains(&meant).then_some(meant)
}

/// Whether `c` only parts the symbols, or cannot be seen at all and came along with a paste.
fn is_passed_over(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}');
    let unseen =
        matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}');
    c.is_whitespace() || dash || unseen
}

/// Σ αⁱ·sᵢ over the values of `symbols`, from left to right; α⁰ goes with the first.
fn sum(symbols: &[u8]) -> u8 {
    symbols.iter().rev().fold(0, |sum, symbol| times_alpha(sum) ^ value(*symbol))
}

/// The value of a symbol of the alphabet.
fn value(symbol: u8) -> u8 {
    ALPHABET.iter().zip(0..).find_map(|(here, value)| (*here == symbol).then_some(value)).unwrap_or(0)
}

/// `value` times x in GF(2)\[x\]/(x⁵+x²+1).
const fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ 0b10_0101 }
}
