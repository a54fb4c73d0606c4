//! Which lines of a rulebook are others than in the one in force: whatever else its text changes is seen here, beside what its new editions
//! say.

use similar::{ChangeTag, TextDiff};
use std::time::Duration;

/// Lines that are shown.
const MOST: usize = 400;
/// After so long the rest is told as it is found at first sight.
const PATIENCE: Duration = Duration::from_millis(500);

/// The lines that are others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) shown: Vec<Line>,
    /// How many more there are.
    pub(super) more: usize,
}

/// A line that is there no more, or is new.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) is_new: bool,
    /// Where it stands: in the text before, or in the new one; counted from 1.
    pub(super) nth: usize,
    pub(super) text: String,
}

/// What is other in `after` than in `before`.
pub(super) fn between(before: &str, after: &str) -> Lines {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let others = diff.iter_all_changes().filter_map(|change| {
        let (is_new, nth) = match change.tag() {
            ChangeTag::Equal => return None,
            ChangeTag::Delete => (false, change.old_index()?),
            ChangeTag::Insert => (true, change.new_index()?),
        };
        Some(Line { is_new, nth: nth + 1, text: change.value().trim_end_matches('\n').to_owned() })
    });
    let mut shown: Vec<_> = others.collect();
    let more = shown.len().saturating_sub(MOST);
    shown.truncate(MOST);
    Lines { shown, more }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &Lines) -> Vec<(bool, usize, &str)> {
        lines.shown.iter().map(|line| (line.is_new, line.nth, &*line.text)).collect()
    }

    #[test]
    fn lines_that_are_others_are_told_with_their_places_and_no_more_than_can_be_read() {
        let lines = between("a\nb\nc\n", "a\nB\nc\nd\n");
        assert_eq!(told(&lines), [(false, 2, "b"), (true, 2, "B"), (true, 4, "d")]);
        assert_eq!(between("a\n", "a\n"), Lines::default());
        let long = "a\n".repeat(MOST + 7);
        let lines = between("", &long);
        assert_eq!((lines.shown.len(), lines.more), (MOST, 7));
    }
}
