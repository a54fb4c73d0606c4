//! The two languages in which Kebei speaks to people, and a text that exists in both.

use std::fmt;

/// A language that Kebei speaks. Chinese is the house's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order in which documents offer them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The short tag that options and file names use: `zh`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The tag of BCP 47 that headers and pages carry: `zh-CN`, `en`.
    pub const fn bcp47(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A text that a rulebook gives in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The text in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Writes `name` as it is compared: without white space, full-width forms as their ASCII twins, in lower case.
///
/// Product names, aliases and regions are compared this way (SPEC 3.1, 3.4), so that `ＮＡＴ 网关` is `nat网关`
/// and `华东1（杭州）` is `华东1(杭州)`.
pub fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).map(half_width).flat_map(char::to_lowercase).collect()
}

/// The ASCII twin of a full-width character; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Whether `name` is written as [`folded`] would write it, told without allocating.
pub(crate) fn is_folded(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_space_case_and_width() {
        assert_eq!(folded("ＮＡＴ 网关"), "nat网关");
        assert_eq!(folded("华东 1（杭州）"), "华东1(杭州)");
        assert_eq!(folded(" Elastic\u{3000}Web\tHosting "), "elasticwebhosting");
    }

    #[test]
    fn what_is_told_to_be_folded_is_left_as_it_is() {
        for name in ["cn-hangzhou", "ecs", "", "Cn-hangzhou", "a b", "华东1"] {
            assert!(!is_folded(name) || folded(name) == name, "{name}");
        }
        assert!(is_folded("cn-hangzhou") && !is_folded("CN-Hangzhou"));
    }
}
