//! What a desk looks up before it checks an order: what may be on the blacklist, filed here, or asked for in another order. What it
//! finds goes into [`super::Known::hits`] under the same paths.

use super::{FilingNumber, fault::website_of, registrable};
use crate::orders::{Form, Kind, Part, Target};
use rulebook::folded;

/// One thing to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Where it stands in the form.
    pub path: String,
    /// What it is, in the form in which such things are compared.
    pub wanted: Wanted,
}

impl Lookup {
    /// The website that it is of, counted from 0.
    pub fn website(&self) -> Option<usize> {
        website_of(&self.path)
    }
}

/// What is looked up. Personal data: it goes into no log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A registrable domain, as ASCII in lower case.
    Domain(String),
    /// The certificate of a subject.
    Certificate {
        /// Its kind: a number of [`crate::tables::CERTIFICATES`].
        kind: u16,
        /// Its number, without spaces and dashes, in capitals.
        number: String,
    },
    /// The name of a subject, without spaces, narrow, in lower case.
    SubjectName(String),
    /// The name of a website, likewise.
    WebsiteName(String),
}

/// What to look up for a form that was tidied ([`Form::tidied`]), in the order of the form. What cannot be read is left out: a check says
/// what is wrong with it.
pub fn lookups(kind: Kind, form: &Form) -> Vec<Lookup> {
    let mut all = Vec::new();
    let mut add = |path: String, wanted| all.push(Lookup { path, wanted });
    if let Some(subject) = form.subject.as_ref().filter(|_| kind.needs().has(Part::Subject)) {
        if let Some(name) = &subject.name {
            add("subject.name".to_owned(), Wanted::SubjectName(folded(name)));
        }
        if let (Some(kind), Some(number)) = (subject.certificate.kind, &subject.certificate.number) {
            let number = number.to_uppercase();
            add("subject.certificate.number".to_owned(), Wanted::Certificate { kind, number });
        }
    }
    let websites = form.websites.iter().filter(|_| kind.needs().has(Part::Websites));
    for (nth, website) in websites.enumerate() {
        if let Some(name) = &website.name {
            add(format!("websites[{nth}].name"), Wanted::WebsiteName(folded(name)));
        }
        for (at, domain) in website.domains.iter().enumerate() {
            if let Ok(domain) = registrable(domain) {
                add(format!("websites[{nth}].domains[{at}]"), Wanted::Domain(domain));
            }
        }
    }
    all
}

/// A filing number that an order names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberNamed {
    /// Where it stands in the form.
    pub path: String,
    /// The number.
    pub number: FilingNumber,
}

/// The numbers that an order is about, in the order of the form: that which it starts from, and those of the websites that it changes.
/// The form was tidied; what cannot be read is left out.
pub fn numbers(kind: Kind, form: &Form) -> Vec<NumberNamed> {
    let mut all = Vec::new();
    let mut add = |path: String, number: Option<&str>| {
        let number = number.and_then(|number| FilingNumber::read(number).ok());
        all.extend(number.map(|number| NumberNamed { path, number }));
    };
    if kind.needs().target != Target::Nothing {
        let target = form.target.as_ref().and_then(|target| target.number.as_deref());
        add("target.number".to_owned(), target);
    }
    if kind == Kind::Change {
        for (nth, website) in form.websites.iter().enumerate() {
            add(format!("websites[{nth}].number"), website.number.as_deref());
        }
    }
    all
}
