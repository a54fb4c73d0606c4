//! The eighteen symbols of GB 11643, which ID cards, residence permits and cards of permanent residents share: six digits of where,
//! the day of birth, a serial number of three digits, and a check symbol (ISO 7064 MOD 11-2).

use jiff::{ToSpan, civil::Date};

/// Symbols of a number.
pub(super) const SYMBOLS: usize = 18;
/// What each of the first 17 digits counts in the check symbol: 2¹⁷⁻ⁱ modulo 11.
const WEIGHTS: [u32; SYMBOLS - 1] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check symbols by the remainder.
const CHECKS: [u8; 11] = *b"10X98765432";

/// What eighteen symbols say, whether it makes sense or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Symbols {
    /// The first six digits.
    pub(super) region: u32,
    /// The eight digits of the day of birth.
    pub(super) day: u32,
    /// Whether the serial number is a woman's: even.
    pub(super) female: bool,
    /// Whether the last symbol belongs to the others.
    pub(super) fits: bool,
}

/// Why symbols are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misshapen {
    /// They are not eighteen.
    Length {
        /// How many they are.
        found: usize,
    },
    /// One is no digit, and no X in the last place.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
}

impl Symbols {
    /// Reads eighteen symbols.
    pub(super) fn read(number: &str) -> Result<Self, Misshapen> {
        let symbols = number.chars().count();
        if symbols != SYMBOLS {
            return Err(Misshapen::Length { found: symbols });
        }
        if let Some(at) = number.chars().enumerate().position(|(at, symbol)| !is_symbol(at, symbol)) {
            return Err(Misshapen::Symbol { at: at + 1 });
        }
        let digits =
            |from, to| number.get(from..to).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(0);
        Ok(Self {
            region: digits(0, 6),
            day: digits(6, 14),
            female: digits(16, 17) % 2 == 0,
            fits: check_symbol(number) == number.bytes().last(),
        })
    }

    /// The day of birth; `None` where the digits are no day, or one that is to come.
    pub(super) fn born(&self, today: Date) -> Option<Date> {
        let part = |value: u32| i8::try_from(value).ok();
        let year = i16::try_from(self.day / 10_000).ok().filter(|year| *year >= 1800)?;
        let born = Date::new(year, part(self.day / 100 % 100)?, part(self.day % 100)?).ok()?;
        (born <= today).then_some(born)
    }

    /// Whole years of the holder; `None` where the digits are no day. Who was born on 29 February is a year older on the last day of
    /// that month.
    pub(super) fn years(&self, today: Date) -> Option<i16> {
        let born = self.born(today)?;
        let years = today.year() - born.year();
        let reached = born.checked_add(years.years()).is_ok_and(|birthday| birthday <= today);
        Some(if reached { years } else { years - 1 })
    }
}

fn is_symbol(at: usize, symbol: char) -> bool {
    symbol.is_ascii_digit() || (at == SYMBOLS - 1 && symbol == 'X')
}

/// The check symbol that belongs to the first 17 digits.
fn check_symbol(number: &str) -> Option<u8> {
    let digits = number.bytes().map(|digit| u32::from(digit.wrapping_sub(b'0')));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest).copied())
}
