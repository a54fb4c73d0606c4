//! What the program says of filing orders in files, beside their faults.

use super::{filing_en, filing_zh};
use filing::checks::Weight;
use rulebook::Lang;

/// Something that is said of an order in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FilingSay<'a> {
    /// A file that was put in the place of built-in data has faults.
    FaultyData { file: &'a str, faults: usize },
    /// The text is no JSON from there on.
    NotJson { line: usize, column: usize },
    /// It is JSON, but no object.
    NotAnOrder,
    /// The kind is missing, or none of these.
    NoKind { words: &'a str },
    /// The form has no such field.
    UnknownField { path: &'a str },
    /// Something else must stand in a field.
    Expected { path: &'a str, expected: Form },
    /// Which file it is, and what it asks for.
    Order { file: &'a str, kind: &'a str },
    /// A fault: whether it must be corrected, where it is, what is wrong and what to do.
    Fault { weight: &'a str, place: &'a str, message: &'a str, suggestion: &'a str },
    /// How much was found.
    Found { errors: usize, warnings: usize },
    /// What no file can show.
    NotLookedAt,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A text.
    Text,
    /// A number of one of the code tables.
    Number,
    /// An object.
    Group,
    /// An array.
    List,
}

impl FilingSay<'_> {
    /// The words.
    pub(crate) fn to_text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => filing_zh::say(self),
            Lang::En => filing_en::say(self),
        }
    }
}

/// Whether something must be corrected, in a word.
pub(crate) const fn weight(weight: Weight, lang: Lang) -> &'static str {
    match (weight, lang) {
        (Weight::Error, Lang::Zh) => "须修改",
        (Weight::Error, Lang::En) => "to correct",
        (Weight::Warning, Lang::Zh) => "请核对",
        (Weight::Warning, Lang::En) => "to look at",
    }
}
