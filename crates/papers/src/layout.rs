//! Where lines break: between any two Chinese characters, between words of other scripts, and never so that a line begins with what closes
//! or ends with what opens (GB/T 15834).

/// What no line begins with.
const CLOSES: &str = "，。、；：？！）》〉」』】〕”’…—·％,.;:?!)]}%";
/// What no line ends with.
const OPENS: &str = "（《〈「『【〔“‘([{";

/// A character as it is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measured {
    pub(crate) symbol: char,
    /// Its width, in whatever unit the width of lines is in.
    pub(crate) width: f32,
}

/// The lines of a paragraph that are no wider than `most`, as ranges of its characters; blanks at breaks belong to no line. What has no
/// place to break and is wider is broken anywhere.
pub(crate) fn lines(text: &[Measured], most: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut from = 0;
    while let Some(line) = text.get(from..).filter(|rest| !rest.is_empty()) {
        if let Some(skipped) =
            line.iter().position(|one| one.symbol != ' ').filter(|blanks| *blanks > 0 && from > 0)
        {
            from += skipped;
            continue;
        }
        let fits = fitting(line, most);
        let broken = if fits == line.len() { fits } else { break_in(line, fits) };
        let blanks = line.iter().take(broken).rev().take_while(|one| one.symbol == ' ').count();
        lines.push(from..from + broken - blanks.min(broken.saturating_sub(1)));
        from += broken;
    }
    if lines.is_empty() {
        lines.push(0..0);
    }
    lines
}

/// How many characters fit, at least one.
fn fitting(line: &[Measured], most: f32) -> usize {
    let mut width = 0.0;
    let fits = line.iter().take_while(|one| {
        width += one.width;
        // A blank at the end of a line has no width.
        width <= most || one.symbol == ' '
    });
    fits.count().max(1)
}

/// The last place at or before `fits` at which the line may break.
fn break_in(line: &[Measured], fits: usize) -> usize {
    let at = |nth: usize| line.get(nth).map(|one| one.symbol);
    let may = |nth: usize| match (at(nth.wrapping_sub(1)), at(nth)) {
        (Some(before), Some(after)) => may_break(before, after),
        _ => false,
    };
    (1..=fits).rev().find(|nth| may(*nth)).unwrap_or(fits)
}

fn may_break(before: char, after: char) -> bool {
    if CLOSES.contains(after) || OPENS.contains(before) {
        return false;
    }
    before == ' ' || after == ' ' || is_wide(before) || is_wide(after)
}

/// Whether it is written without blanks around it: Chinese characters and their marks.
fn is_wide(symbol: char) -> bool {
    matches!(symbol, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        || CLOSES.chars().chain(OPENS.chars()).any(|mark| mark == symbol && !mark.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, most: f32) -> Vec<String> {
        let measured: Vec<_> = text
            .chars()
            .map(|symbol| Measured { symbol, width: if symbol.is_ascii() { 0.5 } else { 1.0 } })
            .collect();
        let said: Vec<char> = text.chars().collect();
        lines(&measured, most).into_iter().map(|line| said[line].iter().collect()).collect()
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_what_closes_and_after_what_opens() {
        assert_eq!(broken("备案主体核验单", 3.0), ["备案主", "体核验", "单"]);
        assert_eq!(broken("核验单，已填写", 3.0), ["核验", "单，已", "填写"]);
        assert_eq!(broken("核验（单）", 3.0), ["核验", "（单）"]);
    }

    #[test]
    fn words_stay_whole_and_what_is_longer_than_a_line_is_broken_anywhere() {
        assert_eq!(broken("file a website", 4.0), ["file a", "website"]);
        assert_eq!(broken("域名 example.com", 4.0), ["域名", "example.", "com"]);
        assert_eq!(broken("abcdefgh", 2.0), ["abcd", "efgh"]);
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide() {
        let text = "网站“远山茶业（深圳）”的域名是 example.com，备案号 粤ICP备12345678号-1。Nothing is lost, whatever stands in it…";
        for most in 2..30u8 {
            let most = f32::from(most);
            let lines = broken(text, most);
            let all: String = lines.concat().chars().filter(|symbol| *symbol != ' ').collect();
            assert_eq!(all, text.chars().filter(|symbol| *symbol != ' ').collect::<String>(), "{most}");
            for line in &lines {
                let width: f32 = line.chars().map(|symbol| if symbol.is_ascii() { 0.5 } else { 1.0 }).sum();
                assert!(width <= most, "{most} {line}");
            }
        }
        assert_eq!(broken("", 3.0), [""]);
    }
}
