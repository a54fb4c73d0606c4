//! Marks: what a reviewer chooses for a field, and how it becomes a remark that its owner reads.

use super::words::Words;
use app::orders::review::{Said, SaidOf};
use filing::orders::{Field, REASONS, Reason};
use rulebook::Lang;

/// What is chosen where a field passes.
const PASSES: &str = "passes";
/// What is chosen where the reviewer says it in words of his own.
const OWN: &str = "own";

/// What is chosen for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    Nothing,
    /// It passes.
    Passes,
    /// A usual remark.
    Usual(&'static Reason),
    /// Words of the reviewer's own, which he writes on the next page.
    Own,
}

impl Mark {
    /// What was sent; `None` where it is nothing that could be chosen.
    pub(super) fn read(sent: &str) -> Option<Self> {
        Some(match sent {
            "" => Self::Nothing,
            PASSES => Self::Passes,
            OWN => Self::Own,
            word => Self::Usual(REASONS.iter().find(|reason| reason.word == word)?),
        })
    }

    /// What was said of a field before.
    pub(super) fn of(said: Option<&SaidOf>) -> Self {
        let Some(said) = said else { return Self::Nothing };
        let Some(mend) = &said.mend else { return Self::Passes };
        let says = |reason: &&Reason| {
            [Lang::Zh, Lang::En].iter().any(|lang| {
                reason.problem(*lang) == mend.problem && reason.suggestion(*lang) == mend.suggestion
            })
        };
        REASONS.iter().find(says).map_or(Self::Own, Self::Usual)
    }

    /// As forms send it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Passes => PASSES,
            Self::Own => OWN,
            Self::Usual(reason) => reason.word,
        }
    }

    /// What is kept of it; `None` for words that are not written yet. Its owner reads it, who is asked in Chinese whatever the language
    /// of the reviewer.
    pub(super) fn said(self) -> Option<Said> {
        match self {
            Self::Nothing => Some(Said::Nothing),
            Self::Passes => Some(Said::Passes),
            Self::Usual(reason) => Some(Said::Mend {
                problem: reason.problem(Lang::Zh).to_owned(),
                suggestion: reason.suggestion(Lang::Zh).to_owned(),
            }),
            Self::Own => None,
        }
    }
}

/// What can be chosen for a field, with a number in front by which a keyboard finds it.
pub(super) fn choices(field: &Field, w: &Words, lang: Lang) -> Vec<(&'static str, String)> {
    let usual = Reason::of(field).map(|reason| (reason.word, reason.problem(lang)));
    let all = [(PASSES, w.passes)].into_iter().chain(usual).chain([(OWN, w.own_words)]);
    all.enumerate().map(|(nth, (word, label))| (word, format!("{nth} {label}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use filing::orders::FIELDS;

    #[test]
    fn whatever_can_be_chosen_is_read_as_what_was_chosen() {
        for field in FIELDS {
            for (nth, (word, label)) in
                choices(field, super::super::words::words(Lang::Zh), Lang::Zh).iter().enumerate()
            {
                assert_eq!(Mark::read(word).map(Mark::word), Some(*word));
                assert!(label.starts_with(&format!("{nth} ")), "{label}");
            }
            assert!(
                choices(field, super::super::words::words(Lang::En), Lang::En).len() < 10,
                "a digit is enough: {}",
                field.pattern
            );
        }
        assert_eq!(Mark::read(""), Some(Mark::Nothing));
        assert_eq!(Mark::read("<b>"), None);
    }
}
