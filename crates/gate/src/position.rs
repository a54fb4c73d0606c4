//! Up to where in the desk's ledger something is known.

use crate::{
    bytes::{Cursor, Malformed},
    record::KeepError,
};
use std::{fmt, str::FromStr};

/// A position in the desk's ledger: how long it was, and what stood at its end. Two ledgers that were one and went on apart, as after the
/// restoring of a backup, may be as long as each other; their ends are not the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// How many entries the ledger had.
    pub size: u64,
    /// The id of the last of them; zero where there was none.
    pub last: u128,
}

/// A text is no position: that is a number, a dash and 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a number, a dash and 32 hexadecimal digits")]
pub struct NoPosition;

impl Position {
    /// Whether something may go on from here to there.
    pub(crate) const fn leads_to(self, next: Self) -> Result<(), KeepError> {
        let other_end = next.size == self.size && next.last != self.last;
        if next.size < self.size || next.size > ledger::MAX_SIZE || other_end {
            Err(KeepError::Position { now: self, asked: next })
        } else {
            Ok(())
        }
    }

    pub(crate) fn put(self, into: &mut Vec<u8>) {
        into.extend(self.size.to_le_bytes());
        into.extend(self.last.to_be_bytes());
    }

    pub(crate) fn read(from: &mut Cursor<'_>) -> Result<Self, Malformed> {
        Ok(Self { size: from.u64()?, last: u128::from_be_bytes(from.array()?) })
    }
}

/// As it is asked for: `41-019adf0c2b7f7d3c8e1f5a6b7c8d9e0f`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:032x}", self.size, self.last)
    }
}

impl FromStr for Position {
    type Err = NoPosition;

    fn from_str(text: &str) -> Result<Self, NoPosition> {
        let (size, last) = text.split_once('-').ok_or(NoPosition)?;
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !are_digits(size) || last.len() != 32 || !are_digits(last) {
            return Err(NoPosition);
        }
        let size = size.parse().map_err(|_| NoPosition)?;
        Ok(Self { size, last: u128::from_str_radix(last, 16).map_err(|_| NoPosition)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_is_written_and_nothing_else_is_one() {
        let position = Position { size: 41, last: 0x019a_df0c_2b7f_7d3c_8e1f_5a6b_7c8d_9e0f };
        let text = position.to_string();
        assert_eq!(text, "41-019adf0c2b7f7d3c8e1f5a6b7c8d9e0f");
        assert_eq!(text.parse(), Ok(position));
        assert_eq!(Position::default().to_string().parse(), Ok(Position::default()));
        let cut = text.replace("0f", "0");
        for bad in ["", "41", "41-", "-0", "+41-019adf0c2b7f7d3c8e1f5a6b7c8d9e0f", "41-g", cut.as_str()] {
            assert_eq!(bad.parse::<Position>(), Err(NoPosition), "{bad}");
        }
    }
}
