//! The four duties that keep a number alive (SPEC 7; 004). They are shown with every number.

use super::State;
use rulebook::Lang;

/// A duty of whoever has a number. A number does not expire as long as all four are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// What is filed is true and accurate.
    True,
    /// What changes is filed as changed in time (变更备案).
    Change,
    /// Where the provider changes, the access is filed there in time (接入备案).
    Access,
    /// Nothing unlawful is on the website.
    Lawful,
}

impl Duty {
    /// All four.
    pub const ALL: [Self; 4] = [Self::True, Self::Change, Self::Access, Self::Lawful];

    /// Those that keep a number alive that stands there: all four, and none once it is cancelled.
    pub fn of(state: State) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |_| !state.is_final())
    }

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::True => "true-information",
            Self::Change => "file-changes",
            Self::Access => "file-access",
            Self::Lawful => "lawful-content",
        }
    }

    /// What is to be done.
    pub const fn sentence(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::duty(self),
            Lang::En => super::en::duty(self),
        }
    }
}
