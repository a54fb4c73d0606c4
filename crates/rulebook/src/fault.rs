//! What is wrong with a rulebook file, and where (SPEC 3: every fault, with what was found and expected).

use crate::text::Lang;
use std::{fmt, ops::Deref};

/// One fault of a rulebook file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Which entry, as a dotted path of [`Shown`] keys: `editions.2020-10-16.products.ecs.quota`; empty for the file as
    /// a whole.
    pub path: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The bytes are no UTF-8 here.
    NotUtf8,
    /// The text is no TOML here; the detail is the parser's, in English.
    Syntax(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        found: Shown,
        /// The keys that mean something here.
        known: Vec<&'static str>,
    },
    /// A key that must be there.
    Missing {
        /// The key.
        key: &'static str,
        /// What it would hold.
        expected: Expected,
    },
    /// A value of another kind or range than expected.
    Unexpected {
        /// The value as the file has it.
        found: Shown,
        /// What was expected.
        expected: Expected,
    },
    /// A text that exists in one language only.
    OneLanguage {
        /// The language that is missing.
        missing: Lang,
    },
    /// Two editions have the same id.
    EditionTwice(Shown),
    /// An edition that does not come after the one before it.
    OutOfOrder {
        /// The day of the edition before.
        before: String,
        /// Its own day.
        day: String,
    },
    /// `based_on` names no earlier edition.
    UnknownBase {
        /// What it names.
        found: Shown,
        /// The editions before this one.
        earlier: Vec<Shown>,
    },
    /// A product that the edition does not have.
    UnknownProduct(Shown),
    /// A document that `[documents]` does not list.
    UnknownDocument(Shown),
    /// Two products answer to the same id, name or alias.
    NameTwice {
        /// The name.
        name: Shown,
        /// The product that has it already.
        other: Shown,
    },
    /// `without` names a condition or a place that the edition below does not set.
    NothingToDrop(Shown),
    /// `confirms` names a condition that the edition below does not set.
    NothingToConfirm(Shown),
    /// A purchased or remaining term is asked, but not that the instance is a subscription.
    TermWithoutBilling,
    /// Two entries that can never count together.
    Contradiction {
        /// One entry, as the file would write it.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// One entry needs another.
    Needs {
        /// The entry that needs it.
        one: &'static str,
        /// What is needed.
        other: &'static str,
    },
    /// No document is named and the value is not marked as assumed.
    NoSource,
    /// A region listed both in the mainland and outside it.
    RegionTwice(Shown),
    /// The rulebook has no edition.
    NoEditions,
    /// More of something than is read.
    TooMany {
        /// How many there are.
        found: usize,
        /// How many are read.
        limit: usize,
    },
    /// More faults than are told. Those before it are the first of the file.
    TooManyFaults {
        /// How many are not told.
        more: usize,
    },
}

/// What a file says, as messages repeat it: what could steer a terminal is escaped, what is long is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// Characters of a file that a message repeats: enough to find the place by.
    const MOST: usize = 60;
}

/// Whether a character moves, hides or reorders what is printed around it.
fn steers(c: char) -> bool {
    let bidirectional =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || bidirectional || matches!(c, '\u{2028}' | '\u{2029}')
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        let mut shown = String::new();
        let mut left = Self::MOST;
        for c in text.chars() {
            let escaped = steers(c).then(|| c.escape_default().to_string());
            let length = escaped.as_ref().map_or(1, String::len);
            if length > left {
                shown.push('…');
                break;
            }
            left -= length;
            match escaped {
                Some(escaped) => shown.push_str(&escaped),
                None => shown.push(c),
            }
        }
        Self(shown)
    }
}

impl Deref for Shown {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl PartialEq<str> for Shown {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Shown {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// Some ids in a row, with `comma` between them.
pub(crate) fn listed(ids: &[Shown], comma: &str) -> String {
    ids.iter().map(|id| &**id).collect::<Vec<_>>().join(comma)
}

/// What an entry of a rulebook should have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A table.
    Table,
    /// The value of an entry that also says where it is stated.
    Value,
    /// A table of editions, `[[editions]]`.
    Editions,
    /// A text that is not empty.
    Text,
    /// A text in both languages: `{ zh = "…", en = "…" }`.
    BothLanguages,
    /// A list of texts.
    Texts,
    /// A calendar day: `2020-10-16`.
    Day,
    /// `true` or `false`.
    Truth,
    /// A whole number from 1 to the limit.
    WholeNumber(u32),
    /// An amount above 0 in quotation marks: `"99.00"`.
    Amount,
    /// One of these words.
    OneOf(Vec<&'static str>),
    /// An id: letters, digits, `-`, `_` and `.`.
    Id,
    /// A name of a region, or a beginning and `*`.
    Region,
}

impl Fault {
    /// The fault as a person reads it, without its place.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh_fault::fault(&self.kind),
            Lang::En => crate::en_fault::fault(&self.kind),
        }
    }
}

/// Every fault of a rulebook file, in the order of the file; never empty. Beyond the first two hundred they are only
/// counted ([`FaultKind::TooManyFaults`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let Fault { line, column, path, .. } = fault;
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{line}:{column}: {path}: {}", fault.message(Lang::En))?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
