//! Whose order it is: the subject as it is filled in or, where the order starts from a filed one, as it is filed.

use super::{Checking, Filed};
use crate::tables::INDIVIDUAL;

impl<'a> Checking<'a> {
    /// What is filed under the number that the order starts from, where the desk knows it.
    pub(super) fn filed(self) -> Option<&'a Filed> {
        self.known.target.as_ref()?.as_ref()
    }

    /// Whether an organisation files. Neither is so where nobody said who files.
    pub(super) fn by_an_organisation(self) -> bool {
        self.nature().is_some_and(|nature| nature != INDIVIDUAL)
    }

    /// The region of the subject, six digits.
    pub(super) fn subject_region(self) -> Option<u32> {
        let filled = self.subject().and_then(|subject| subject.region.as_deref());
        let filled = filled.and_then(super::region::digits);
        filled.or_else(|| self.filed()?.region)
    }
}
