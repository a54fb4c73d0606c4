//! A reviewer's remarks on an order that he gives back: where, what is wrong, what to do.

use super::{Form, Kind, fields};
use rulebook::Lang;
use serde::{Deserialize, Serialize};

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Where: a field of the form, or a group of them.
    pub path: String,
    /// What is wrong there, 1 to [`Remark::LONGEST_PROBLEM`] characters.
    pub problem: String,
    /// What to do about it, 1 to [`Remark::LONGEST_SUGGESTION`] characters.
    pub suggestion: String,
}

/// Something that is wrong with remarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkFault {
    /// Of which remark, counted from 0; `None` for all of them.
    pub nth: Option<usize>,
    /// What.
    pub what: RemarkWrong,
}

/// What can be wrong with remarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkWrong {
    /// There is none: nobody could mend anything.
    None,
    /// There are more than [`Remark::MOST`].
    TooMany,
    /// Its path names nothing that the order has.
    NoSuchField,
    /// It does not say that.
    Empty(Says),
    /// It says more than fits.
    TooLong(Says),
    /// It has characters that cannot be shown.
    Unprintable(Says),
}

/// One of the two things that a remark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// What is wrong.
    Problem,
    /// What to do.
    Suggestion,
}

impl Remark {
    /// Characters of a problem at most: it is read on a phone, and goes into a text message.
    pub const LONGEST_PROBLEM: usize = 200;
    /// Characters of a suggestion at most.
    pub const LONGEST_SUGGESTION: usize = 400;
    /// Remarks of one return at most: there are fewer fields than that in an order with two websites, and nobody mends more at once.
    pub const MOST: usize = 100;

    /// What the place is called: `主体负责人的手机号码`; the path itself where the form has it no more.
    pub fn label(&self, lang: Lang) -> String {
        fields::field(&self.path).map_or_else(|| self.path.clone(), |place| place.label(lang))
    }
}

/// The remarks with spaces around their words taken away, or everything that is wrong with them, to give back an order of that kind
/// with that form.
pub fn remarks(kind: Kind, form: &Form, given: &[Remark]) -> Result<Vec<Remark>, Vec<RemarkFault>> {
    if given.is_empty() {
        return Err(vec![RemarkFault { nth: None, what: RemarkWrong::None }]);
    }
    if given.len() > Remark::MOST {
        return Err(vec![RemarkFault { nth: None, what: RemarkWrong::TooMany }]);
    }
    let trimmed = given.iter().map(|remark| Remark {
        path: remark.path.clone(),
        problem: remark.problem.trim().to_owned(),
        suggestion: remark.suggestion.trim().to_owned(),
    });
    let trimmed: Vec<_> = trimmed.collect();
    let faults = trimmed.iter().enumerate().flat_map(|(nth, remark)| {
        wrong(kind, form, remark).map(move |what| RemarkFault { nth: Some(nth), what })
    });
    let faults: Vec<_> = faults.collect();
    if faults.is_empty() { Ok(trimmed) } else { Err(faults) }
}

fn wrong(kind: Kind, form: &Form, remark: &Remark) -> impl Iterator<Item = RemarkWrong> {
    let nowhere = fields::field_in(&remark.path, kind, form).is_none().then_some(RemarkWrong::NoSuchField);
    let problem = wrong_words(&remark.problem, Says::Problem);
    nowhere.into_iter().chain(problem).chain(wrong_words(&remark.suggestion, Says::Suggestion))
}

fn wrong_words(words: &str, says: Says) -> Option<RemarkWrong> {
    if words.is_empty() {
        Some(RemarkWrong::Empty(says))
    } else if words.chars().count() > says.longest() {
        Some(RemarkWrong::TooLong(says))
    } else if words.chars().any(|c| c.is_control() && c != '\n') {
        Some(RemarkWrong::Unprintable(says))
    } else {
        None
    }
}

impl Says {
    /// As requests name it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Suggestion => "suggestion",
        }
    }

    /// Characters at most.
    pub const fn longest(self) -> usize {
        match self {
            Self::Problem => Remark::LONGEST_PROBLEM,
            Self::Suggestion => Remark::LONGEST_SUGGESTION,
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::says(self),
            Lang::En => super::en::says(self),
        }
    }
}

impl RemarkFault {
    /// Which part of the request it is about: `remarks[2].path`.
    pub fn path(&self) -> String {
        let Some(nth) = self.nth else { return "remarks".to_owned() };
        let part = match self.what {
            RemarkWrong::Empty(says) | RemarkWrong::TooLong(says) | RemarkWrong::Unprintable(says) => {
                says.word()
            }
            RemarkWrong::NoSuchField | RemarkWrong::None | RemarkWrong::TooMany => "path",
        };
        format!("remarks[{nth}].{part}")
    }

    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self.what {
            RemarkWrong::None => "no-remarks",
            RemarkWrong::TooMany => "too-many-remarks",
            RemarkWrong::NoSuchField => "no-such-field",
            RemarkWrong::Empty(_) => "remark-empty",
            RemarkWrong::TooLong(_) => "remark-too-long",
            RemarkWrong::Unprintable(_) => "remark-unprintable",
        }
    }

    /// What is wrong, as a reviewer reads it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::remark_wrong(&self.what),
            Lang::En => super::en::remark_wrong(&self.what),
        }
    }

    /// What to do about it, as a reviewer reads it.
    pub const fn suggestion(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::remark_mend(&self.what),
            Lang::En => super::en::remark_mend(&self.what),
        }
    }
}
