//! Whose order it is: the subject as it is filled in or, where the order starts from a filed one, as it is filed.

use super::{Checking, Filed};
use crate::{
    orders::{Part, Subject},
    tables::INDIVIDUAL,
};

impl<'a> Checking<'a> {
    /// The subject that is filled in.
    pub(super) fn filled_subject(self) -> Option<&'a Subject> {
        self.form.subject.as_ref().filter(|_| self.asks(Part::Subject))
    }

    /// What is filed under the number that the order starts from, where the desk knows it.
    pub(super) fn filed(self) -> Option<&'a Filed> {
        self.known.target.as_ref()?.as_ref()
    }

    /// The nature of the subject.
    pub(super) fn nature(self) -> Option<u16> {
        let filled = self.filled_subject().and_then(|subject| subject.nature);
        filled.or_else(|| self.filed().map(|filed| filed.nature))
    }

    /// Whether somebody files for himself.
    pub(super) fn by_an_individual(self) -> bool {
        self.nature() == Some(INDIVIDUAL)
    }

    /// Whether an organisation files. Neither is so where nobody said who files.
    pub(super) fn by_an_organisation(self) -> bool {
        self.nature().is_some_and(|nature| nature != INDIVIDUAL)
    }

    /// The region of the subject, six digits.
    pub(super) fn subject_region(self) -> Option<u32> {
        let filled = self.filled_subject().and_then(|subject| subject.region.as_deref());
        let filled = filled.and_then(super::region::digits);
        filled.or_else(|| self.filed().map(|filed| filed.region))
    }
}
