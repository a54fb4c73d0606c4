//! Reasons: one line that is in the ledger, in every snapshot and on every page.

/// Characters of a reason at most: it is in every snapshot.
pub const LONGEST_REASON: usize = 60;

/// Whether that is one line that reads as it is written, wherever it is shown.
pub fn is_reason(reason: &str) -> bool {
    (1..=LONGEST_REASON).contains(&reason.chars().count()) && !reason.contains(is_unseen)
}

/// Controls, what breaks lines or turns the direction of writing, and what nobody sees.
fn is_unseen(symbol: char) -> bool {
    symbol.is_control()
        || matches!(
            symbol,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_reads_as_it_is_written() {
        assert!(is_reason("搬迁 moving – 2026/3") && is_reason(&"因".repeat(60)));
        for reason in
            ["", "a\nb", "a\u{2028}b", "a\u{2029}b", "a\u{202e}b", "a\u{2066}b", "a\u{200b}", "\u{feff}a"]
        {
            assert!(!is_reason(reason), "{reason:?}");
        }
        assert!(!is_reason(&"因".repeat(61)));
    }
}
