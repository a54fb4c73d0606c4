//! What is wrong with a rulebook file, and where (SPEC 3: every fault, with what was found and expected).

use crate::text::Lang;
use std::fmt;

/// One fault of a rulebook file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Which entry, as a dotted path: `editions.2020-10-16.products.ecs.quota`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is no TOML here; the detail is the parser's, in English.
    Syntax(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        found: String,
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
        found: String,
        /// What was expected.
        expected: Expected,
    },
    /// A text that exists in one language only.
    OneLanguage {
        /// The language that is missing.
        missing: Lang,
    },
    /// Two editions have the same id.
    EditionTwice(String),
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
        found: String,
        /// The editions before this one.
        earlier: Vec<String>,
    },
    /// A product that the edition does not have.
    UnknownProduct(String),
    /// A document that `[documents]` does not list.
    UnknownDocument(String),
    /// Two products answer to the same id, name or alias.
    NameTwice {
        /// The name.
        name: String,
        /// The product that has it already.
        other: String,
    },
    /// `without` names a condition that the edition below does not set.
    NothingToDrop(String),
    /// `confirms` names a condition that the edition below does not set.
    NothingToConfirm(String),
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
    RegionTwice(String),
    /// The rulebook has no edition.
    NoEditions,
    /// More of something than is read.
    TooMany {
        /// How many there are.
        found: usize,
        /// How many are read.
        limit: usize,
    },
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

/// Every fault of a rulebook file, in the order of the file; never empty.
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
