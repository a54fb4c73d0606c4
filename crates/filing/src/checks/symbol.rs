//! Characters that stand where they do not belong, as people call them.

use rulebook::Lang;

/// How far the full-width forms of Unicode stand behind ASCII.
const FULL_WIDTH: u32 = 0xFEE0;

/// The character of ASCII that one stands for which Chinese input makes in its place: `,` for `，` and `、`, a space for a full-width one.
pub(super) fn half_width(symbol: char) -> Option<char> {
    match symbol {
        '\u{3000}' | '\u{a0}' => Some(' '),
        '。' => Some('.'),
        '、' => Some(','),
        '！'..='～' => u32::from(symbol).checked_sub(FULL_WIDTH).and_then(char::from_u32),
        _ => None,
    }
}

/// What people call a character, at the beginning of a sentence as well: what cannot be seen by its name.
pub(super) fn called(symbol: char, lang: Lang) -> String {
    let half = half_width(symbol);
    match (lang, symbol) {
        (Lang::Zh, ' ' | '\u{a0}') => "空格".to_owned(),
        (Lang::Zh, '\u{3000}') => "全角空格".to_owned(),
        (Lang::Zh, '\t') => "制表符".to_owned(),
        (Lang::Zh, '\n' | '\r') => "换行".to_owned(),
        (Lang::Zh, _) if symbol.is_control() => format!("看不见的字符（U+{:04X}）", u32::from(symbol)),
        (Lang::Zh, _) if half.is_some() => format!("全角的“{symbol}”"),
        (Lang::Zh, _) => format!("“{symbol}”"),
        (Lang::En, ' ' | '\u{a0}') => "A space".to_owned(),
        (Lang::En, '\u{3000}') => "A full-width space".to_owned(),
        (Lang::En, '\t') => "A tab".to_owned(),
        (Lang::En, '\n' | '\r') => "A line break".to_owned(),
        (Lang::En, _) if symbol.is_control() => {
            format!("An invisible character (U+{:04X})", u32::from(symbol))
        }
        (Lang::En, _) => half.map_or_else(|| format!("`{symbol}`"), |half| format!("A full-width `{half}`")),
    }
}
