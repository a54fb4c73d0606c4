//! What every refusal can say: which it is, what is wrong, what to do.

use rulebook::Lang;

/// One reason why something was refused.
pub trait Refusal {
    /// Which reason: a stable word for programs. For a finding of the rulebook, the finding's code.
    fn word(&self) -> &'static str;

    /// What to do about it: a stable word for programs. For a finding, its remedy's.
    fn action(&self) -> &'static str;

    /// Which part of what was asked it is about, as requests name it: `count`, `instance`, `code`, `account`, `reason`.
    fn path(&self) -> &'static str;

    /// What is wrong, as a customer reads it.
    fn message(&self, lang: Lang) -> String;

    /// What to do about it, as a customer reads it.
    fn suggestion(&self, lang: Lang) -> String;
}

/// Every reason why something was refused, at once; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused<R> {
    reasons: Vec<R>,
}

impl<R> Refused<R> {
    /// The reasons, in the order in which they are told.
    pub fn reasons(&self) -> &[R] {
        &self.reasons
    }

    /// `granted` when nothing stands against it, else the refusal.
    pub(crate) fn unless_none<T>(reasons: Vec<R>, granted: T) -> Result<T, Self> {
        if reasons.is_empty() { Ok(granted) } else { Err(Self { reasons }) }
    }

    /// A refusal for `first` and the rest.
    pub(crate) fn of(first: R, rest: impl IntoIterator<Item = R>) -> Self {
        Self { reasons: std::iter::once(first).chain(rest).collect() }
    }
}
