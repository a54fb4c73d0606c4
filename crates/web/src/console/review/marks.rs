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

/// What can be chosen for a field, each with the key by which a keyboard finds it in front.
pub(super) fn choices(field: &Field, w: &Words, lang: Lang) -> Vec<(&'static str, String)> {
    let usual = (1..).zip(Reason::of(field));
    let usual = usual.map(|(nth, reason)| (reason.word, format!("{nth} {}", reason.problem(lang))));
    let passes = [(PASSES, format!("P {}", w.passes))];
    passes.into_iter().chain(usual).chain([(OWN, format!("0 {}", w.own))]).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};
    use filing::orders::FIELDS;

    #[test]
    fn whatever_can_be_chosen_is_read_as_what_was_chosen_and_has_a_key_of_its_own() {
        for field in FIELDS {
            let choices = choices(field, words(Lang::Zh), Lang::Zh);
            let mut keys: Vec<_> =
                choices.iter().map(|(_, label)| label.split_once(' ').unwrap().0).collect();
            assert!(keys.iter().all(|key| key.len() == 1), "{} {keys:?}", field.pattern);
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), choices.len(), "{}", field.pattern);
            for (word, _) in choices {
                assert_eq!(Mark::read(word).map(Mark::word), Some(word));
            }
        }
        assert_eq!(Mark::read(""), Some(Mark::Nothing));
        assert_eq!(Mark::read("<b>"), None);
    }
}
