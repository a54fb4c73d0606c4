//! What can be on the blacklist, as it is typed, and how it is compared: exactly as the checks of an order compare it.

use filing::{
    checks::{Checking, Fault, Known, Wanted, Weight, check, lookups},
    orders::{Certificate, Form, Kind, Subject, Website},
    tables::certificate,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of a value at most: a domain has 253.
const LONGEST: usize = 255;

/// Something that may be on the blacklist, as it is typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thing {
    /// A domain; what counts is the registrable one that it belongs to.
    Domain(String),
    /// The certificate of a subject.
    Certificate {
        /// Its kind: a number of [`filing::tables::CERTIFICATES`].
        kind: u16,
        /// Its number.
        number: String,
    },
    /// The name of a subject.
    SubjectName(String),
    /// The name of a website.
    WebsiteName(String),
}

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThingKind {
    /// A registrable domain.
    Domain,
    /// The certificate of a subject.
    Certificate,
    /// The name of a subject.
    SubjectName,
    /// The name of a website.
    WebsiteName,
}

/// Why something cannot be compared with anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThingFault {
    /// Nothing is left of it, or it is too long, or it is no domain.
    #[error("there is nothing in it that could be compared")]
    Unreadable(ThingKind),
    /// There is no such kind of certificate.
    #[error("there is no kind of certificate {0}")]
    NoSuchCertificate(u16),
    /// The number is none of that kind: somebody else would be meant, or nobody.
    #[error("the number is none of that kind of certificate")]
    BadNumber(Vec<Fault>),
}

impl fmt::Debug for Thing {
    /// The value itself goes into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thing({})", self.kind().word())
    }
}

impl ThingKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Domain, Self::Certificate, Self::SubjectName, Self::WebsiteName];

    /// As the database and answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Certificate => "certificate",
            Self::SubjectName => "subject-name",
            Self::WebsiteName => "website-name",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Thing {
    /// What kind of thing it is.
    pub const fn kind(&self) -> ThingKind {
        match self {
            Self::Domain(_) => ThingKind::Domain,
            Self::Certificate { .. } => ThingKind::Certificate,
            Self::SubjectName(_) => ThingKind::SubjectName,
            Self::WebsiteName(_) => ThingKind::WebsiteName,
        }
    }

    /// What was typed.
    pub fn value(&self) -> &str {
        match self {
            Self::Domain(value) | Self::SubjectName(value) | Self::WebsiteName(value) => value,
            Self::Certificate { number, .. } => number,
        }
    }

    /// The form in which it is compared.
    pub(super) fn wanted(&self, today: Date) -> Result<Wanted, ThingFault> {
        let unreadable = || ThingFault::Unreadable(self.kind());
        if self.value().chars().count() > LONGEST {
            return Err(unreadable());
        }
        let form = self.form().tidied();
        if let Self::Certificate { kind, .. } = self {
            certificate(*kind).ok_or(ThingFault::NoSuchCertificate(*kind))?;
            let faults = faults_of_number(&form, today);
            if !faults.is_empty() {
                return Err(ThingFault::BadNumber(faults));
            }
        }
        lookups(Kind::FirstFiling, &form).pop().map(|lookup| lookup.wanted).ok_or_else(unreadable)
    }

    /// A form with nothing but this.
    fn form(&self) -> Form {
        let (mut subject, mut website) = (None, None);
        match self.clone() {
            Self::Domain(domain) => website = Some(Website { domains: vec![domain], ..Website::default() }),
            Self::WebsiteName(name) => website = Some(Website { name: Some(name), ..Website::default() }),
            Self::SubjectName(name) => subject = Some(Subject { name: Some(name), ..Subject::default() }),
            Self::Certificate { kind, number } => {
                let certificate = Certificate { kind: Some(kind), number: Some(number) };
                subject = Some(Subject { certificate, ..Subject::default() });
            }
        }
        Form { subject, websites: website.into_iter().collect(), ..Form::default() }
    }
}

/// What the checks of an order would say of the number.
fn faults_of_number(form: &Form, today: Date) -> Vec<Fault> {
    let known = Known::default();
    let faults = check(Checking { kind: Kind::FirstFiling, form, known: &known, today });
    let stops =
        |fault: &Fault| fault.path == "subject.certificate.number" && fault.what.weight() == Weight::Error;
    faults.into_iter().filter(stops).collect()
}
