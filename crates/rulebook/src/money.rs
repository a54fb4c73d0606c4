//! Amounts of money: Chinese yuan, kept as whole fen.

use std::{fmt, str::FromStr};

/// An amount in CNY, kept in fen (1/100 yuan). Shown and read as yuan with two decimals: `99.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(i64);

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Something other than digits with at most one decimal point.
    NotANumber,
    /// More than two decimals.
    TooPrecise,
    /// More than 92 quadrillion yuan.
    TooLarge,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not an amount such as `99.00`",
            Self::TooPrecise => "more than two decimals",
            Self::TooLarge => "too large an amount",
        })
    }
}

impl std::error::Error for AmountError {}

impl Fen {
    /// `fen` hundredths of a yuan.
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl FromStr for Fen {
    type Err = AmountError;

    /// Reads `99`, `99.5` or `99.00`. Never negative, no sign, no grouping, no currency.
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (yuan, decimals) = text.split_once('.').unwrap_or((text, "00"));
        if yuan.is_empty() || decimals.is_empty() {
            return Err(AmountError::NotANumber);
        }
        if !yuan.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        if decimals.len() > 2 {
            return Err(AmountError::TooPrecise);
        }
        let yuan: i64 = yuan.parse().map_err(|_| AmountError::TooLarge)?;
        let fen: i64 = decimals.parse().map_err(|_| AmountError::NotANumber)?;
        let fen = if decimals.len() == 1 { fen * 10 } else { fen };
        yuan.checked_mul(100).and_then(|y| y.checked_add(fen)).map(Self).ok_or(AmountError::TooLarge)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_with_up_to_two_decimals() {
        assert_eq!("99.00".parse(), Ok(Fen::new(9900)));
        assert_eq!("99".parse(), Ok(Fen::new(9900)));
        assert_eq!("0.5".parse(), Ok(Fen::new(50)));
        assert_eq!("99.005".parse::<Fen>(), Err(AmountError::TooPrecise));
        for bad in ["", ".", "1.", ".5", "-1", "1,000", "￥9", "9e3", "1.0.0"] {
            assert_eq!(bad.parse::<Fen>(), Err(AmountError::NotANumber), "{bad}");
        }
        assert_eq!("92233720368547758.08".parse::<Fen>(), Err(AmountError::TooLarge));
    }

    proptest! {
        #[test]
        fn an_amount_is_read_back_as_it_was_written(fen in 0..=i64::MAX) {
            prop_assert_eq!(Fen::new(fen).to_string().parse(), Ok(Fen::new(fen)));
        }
    }
}
