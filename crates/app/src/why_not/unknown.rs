//! Nothing was found: what was understood of what somebody typed.

use super::{en, zh};
use filing::codes::{Malformed, ServiceCode};
use jiff::Timestamp;
use rulebook::Lang;

/// Typed symbols up to this many fewer or more than a code has are taken for a code with some lost or doubled.
const NEARLY: usize = 3;

/// What was understood of something that was not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The name of an instance or an account as which it was looked for.
    pub name: String,
    /// Whether it reads as a service code, well formed or not.
    pub reads_as_code: bool,
    /// What is wrong with it as a service code; `None` where it is well formed.
    pub malformed: Option<Malformed>,
    /// When the desk first heard of what was meant, where that was later than the time asked about.
    pub not_before: Option<Timestamp>,
}

impl Unknown {
    pub(super) fn new(what: &str, not_before: Option<Timestamp>) -> Self {
        let malformed = ServiceCode::parse(what).err();
        let symbols = what.chars().filter(|found| found.is_alphanumeric()).count();
        let nearly = symbols.abs_diff(ServiceCode::SYMBOLS) <= NEARLY;
        Self { name: what.trim().to_owned(), reads_as_code: nearly, malformed, not_before }
    }

    /// That it was not found, and what was understood, as support reads it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::unknown(self),
            Lang::En => en::unknown(self),
        }
    }

    /// What is wrong with it as a service code, where it reads as one.
    pub fn mistyped(&self) -> Option<&Malformed> {
        self.malformed.as_ref().filter(|_| self.reads_as_code)
    }
}
