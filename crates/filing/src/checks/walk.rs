//! Going through a form: every certificate, person and website with its path.

use super::Checking;
use crate::{
    orders::{Certificate, Part, Person, Subject, Website},
    tables::{INDIVIDUAL, NumberForm, certificate},
};

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

    /// The subject, where one is filled in.
    pub(super) fn subject(self) -> Option<&'a Subject> {
        self.form.subject.as_ref().filter(|_| self.asks(Part::Subject))
    }

    /// The nature of the subject: what is filled in, or else what is filed; `None` where neither is known.
    pub(super) fn nature(self) -> Option<u16> {
        let filled = self.subject().and_then(|subject| subject.nature);
        filled.or_else(|| self.filed()?.nature)
    }

    /// Whether the subject is a person who files for himself.
    pub(super) fn individual(self) -> bool {
        self.nature() == Some(INDIVIDUAL)
    }

    /// Everybody in charge: of the subject, then of each website.
    pub(super) fn people(self) -> impl Iterator<Item = Someone<'a>> {
        let subject = self
            .subject()
            .map(|subject| Someone { path: "subject.person".to_owned(), person: &subject.person });
        let of_websites = self
            .websites()
            .map(|(path, website)| Someone { path: format!("{path}.person"), person: &website.person });
        subject.into_iter().chain(of_websites)
    }

    /// Every certificate with its path: the subject's, then those of the people. Where a person files for himself, his own is not
    /// gone through twice.
    pub(super) fn certificates(self) -> impl Iterator<Item = (String, &'a Certificate)> {
        let own = self.subject().map(|subject| &subject.certificate);
        let of_people = self
            .people()
            .map(|one| (format!("{}.certificate", one.path), &one.person.certificate))
            .filter(move |(path, held)| {
                !(self.individual() && path == "subject.person.certificate" && Some(*held) == own)
            });
        own.map(|own| ("subject.certificate".to_owned(), own)).into_iter().chain(of_people)
    }

    /// Every number of a certificate of a known kind, with its path and what it should look like.
    pub(super) fn numbers(self) -> impl Iterator<Item = (String, NumberForm, &'a str)> {
        self.certificates().filter_map(|(path, held)| {
            let form = certificate(held.kind?)?.number;
            Some((format!("{path}.number"), form, held.number.as_deref()?))
        })
    }
}
