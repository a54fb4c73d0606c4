//! A fault: where it is, what is wrong, what to do. Every check adds its own kind.

use super::id_card::IdCardFault;
use crate::orders::Part;
use rulebook::Lang;

/// Something that is wrong with what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: `subject.certificate.number`, `websites[0].domains[1]`.
    pub path: String,
    /// What.
    pub what: What,
}

/// Whether an order can be submitted with a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It cannot.
    Error,
    /// It can: it may be right, and a reviewer looks at it.
    Warning,
}

/// What can be wrong, by the check that finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The number of an ID card.
    IdCard(IdCardFault),
}

/// What every kind of fault can say.
pub(crate) trait Told {
    /// A stable word for programs.
    fn code(&self) -> &'static str;
    /// Whether an order can be submitted with it.
    fn weight(&self) -> Weight {
        Weight::Error
    }
    /// What is wrong, as a customer reads it.
    fn message(&self, lang: Lang) -> String;
    /// What to do about it, as a customer reads it.
    fn suggestion(&self, lang: Lang) -> String;
}

impl What {
    fn told(&self) -> &dyn Told {
        match self {
            Self::IdCard(fault) => fault,
        }
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        self.told().code()
    }

    /// Whether an order can be submitted with it.
    pub fn weight(&self) -> Weight {
        self.told().weight()
    }

    /// What is wrong, as a customer reads it.
    pub fn message(&self, lang: Lang) -> String {
        self.told().message(lang)
    }

    /// What to do about it, as a customer reads it.
    pub fn suggestion(&self, lang: Lang) -> String {
        self.told().suggestion(lang)
    }
}

impl Fault {
    /// The part of the form that it is in; `None` for a path that names none.
    pub fn part(&self) -> Option<Part> {
        let end = self.path.find(['.', '[']).unwrap_or(self.path.len());
        self.path.get(..end).and_then(Part::from_word)
    }

    /// The website that it is about, counted from 0.
    pub fn website(&self) -> Option<usize> {
        let (nth, _) = self.path.strip_prefix("websites[")?.split_once(']')?;
        nth.parse().ok()
    }
}

impl Weight {
    /// As answers carry it: `error`, `warning`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl From<IdCardFault> for What {
    fn from(fault: IdCardFault) -> Self {
        Self::IdCard(fault)
    }
}
