//! By what orders and subjects are found, and what may not be filed is known: keyed hashes, so that no name, number or domain can be
//! read from them, or tried against a stolen database.

use crate::{ground::Ground, marks::mark};
use filing::checks::{FilingNumber, Wanted};

/// Under which what is filed is found.
const FILED: &str = "kebei v1 what is filed";

/// Symbols of a certificate number from which on it stands for its owner whatever it is said to be: shorter ones are given by many.
const TELLING: usize = 8;

/// The kind and the keyed hash of something that is looked up.
pub(crate) fn of(ground: &Ground, wanted: &Wanted) -> (&'static str, Vec<u8>) {
    let (kind, value) = match wanted {
        Wanted::Domain(domain) => ("domain", domain.clone()),
        // An ID card is no other for being entered as an officer's.
        Wanted::Certificate { number, .. } if number.chars().count() >= TELLING => {
            ("certificate", number.clone())
        }
        Wanted::Certificate { kind, number } => ("certificate", format!("{kind} {number}")),
        Wanted::SubjectName(name) => ("subject-name", name.clone()),
        Wanted::WebsiteName(name) => ("website-name", name.clone()),
    };
    marked(ground, kind, &value)
}

/// The same of the subject that has a number.
pub(super) fn of_subject(ground: &Ground, number: &FilingNumber) -> (&'static str, Vec<u8>) {
    marked(ground, "subject-number", &number.subject)
}

/// The same of a number, where it is a website's.
pub(super) fn of_website(ground: &Ground, number: &FilingNumber) -> Option<(&'static str, Vec<u8>)> {
    let nth = number.website?;
    Some(marked(ground, "website-number", &format!("{}-{nth}", number.subject)))
}

fn marked(ground: &Ground, kind: &'static str, value: &str) -> (&'static str, Vec<u8>) {
    (kind, mark(ground, FILED, &[kind.as_bytes(), value.as_bytes()]).to_vec())
}
