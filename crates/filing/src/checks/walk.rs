//! Going through a form: every certificate, person and website with its path.

use super::Checking;
use crate::orders::{Certificate, Part, Person, Website};

/// Somebody in charge, with where he stands in the form.
#[derive(Clone, Debug)]
pub(super) struct Someone<'a> {
    /// `subject.person`, `websites[0].person`.
    pub(super) path: String,
    /// Who.
    pub(super) person: &'a Person,
}

impl<'a> Checking<'a> {
    /// Whether that part is filled in for an order of this kind.
    pub(super) fn asks(&self, part: Part) -> bool {
        self.kind.needs().has(part)
    }

    /// The websites with their paths.
    pub(super) fn websites(self) -> impl Iterator<Item = (String, &'a Website)> {
        let websites = if self.asks(Part::Websites) { self.form.websites.as_slice() } else { &[] };
        websites.iter().enumerate().map(|(nth, website)| (format!("websites[{nth}]"), website))
    }

    /// Everybody in charge: of the subject, then of each website.
    pub(super) fn people(self) -> impl Iterator<Item = Someone<'a>> {
        let subject = self.form.subject.as_ref().filter(|_| self.asks(Part::Subject));
        let subject =
            subject.map(|subject| Someone { path: "subject.person".to_owned(), person: &subject.person });
        let of_websites = self
            .websites()
            .map(|(path, website)| Someone { path: format!("{path}.person"), person: &website.person });
        subject.into_iter().chain(of_websites)
    }

    /// Every certificate with its path: the subject's, then those of the people.
    pub(super) fn certificates(self) -> impl Iterator<Item = (String, &'a Certificate)> {
        let subject = self.form.subject.as_ref().filter(|_| self.asks(Part::Subject));
        let subject = subject.map(|subject| ("subject.certificate".to_owned(), &subject.certificate));
        let people = self.people().map(|one| (format!("{}.certificate", one.path), &one.person.certificate));
        subject.into_iter().chain(people)
    }
}
